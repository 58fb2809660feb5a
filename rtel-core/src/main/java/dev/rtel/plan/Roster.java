package dev.rtel.plan;

import dev.rtel.config.ConfigException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The models under test and those in roles.
 *
 * @param name of the roster, part of run ids
 * @param models entries with unique names, in order
 * @param roles entries by role name, e.g. {@code judge}
 */
public record Roster(String name, List<ModelEntry> models, Map<String, ModelEntry> roles) {
    /**
     * Copies the collections.
     *
     * @throws ConfigException if two entries share a name
     */
    public Roster {
        models = List.copyOf(models);
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        Set<String> names = new HashSet<>();
        for (ModelEntry entry : models) {
            if (!names.add(entry.name())) {
                throw new ConfigException("two entries of roster '" + name + "' are named '" + entry.name()
                        + "'; give one of them a name of its own");
            }
        }
    }

    /** A roster without roles. */
    public static Roster of(String name, ModelEntry... models) {
        return new Roster(name, List.of(models), Map.of());
    }

    /** The same with a role bound. */
    public Roster withRole(String role, ModelEntry entry) {
        Map<String, ModelEntry> more = new LinkedHashMap<>(roles);
        more.put(role, entry);
        return new Roster(name, models, more);
    }

    /** The same with other models. */
    public Roster withModels(List<ModelEntry> other) {
        return new Roster(name, other, roles);
    }
}
