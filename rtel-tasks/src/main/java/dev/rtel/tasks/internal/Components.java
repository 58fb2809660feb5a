package dev.rtel.tasks.internal;

import dev.rtel.config.Config;
import dev.rtel.config.Suggestions;
import dev.rtel.eval.ComponentSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads components (graders, extractors) that a file names, with the places of their settings. */
public final class Components {
    private static final String NAME = "name";
    private static final String SETTINGS = "settings";

    private Components() {}

    /**
     * Reads {@code key: name} or {@code key: {name: …, setting: …}}; settings may also stand in a group {@code
     * settings}.
     *
     * @param without keys that are not the component's
     */
    public static Optional<ComponentSpec> read(Fields fields, String key, List<String> without) {
        Optional<SourceNode> node = fields.node(key, "a name or {name: …}");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!(node.get() instanceof SourceNode.Group group)) {
            Config none = new Config(node.get().place().path(), Map.of(), named(node.get(), Map.of()));
            return fields.text(node.get()).map(n -> new ComponentSpec(n, none));
        }
        Fields inner = fields.fields(key).orElseThrow();
        Optional<String> name = inner.requiredText(NAME);
        Map<String, @Nullable Object> settings = new LinkedHashMap<>(SourceNode.plain(group));
        settings.remove(NAME);
        without.forEach(settings::remove);
        String path = group.place().path();
        if (settings.containsKey(SETTINGS)) {
            settings.keySet().stream()
                    .filter(other -> !other.equals(SETTINGS))
                    .forEach(other -> inner.problem(other, "stands beside 'settings'; move it into that group"));
            settings = new LinkedHashMap<>(inner.plain(SETTINGS));
            path = path + "." + SETTINGS;
        }
        SourceNode nameNode = group.members().getOrDefault(NAME, group);
        Config config = new Config(path, settings, named(nameNode, group.locations()));
        return name.map(n -> new ComponentSpec(n, config));
    }

    /** The places of the settings, and that at which the component is named. */
    public static Map<String, String> named(SourceNode name, Map<String, String> settings) {
        Map<String, String> places = new HashMap<>(settings);
        places.put(ComponentSpec.NAMED, name.place().fileAndLine());
        return places;
    }

    /** Says that there is no such thing, what the nearest is and what there is. */
    public static String unknown(String kind, String name, Collection<String> known) {
        return "there is no " + kind + " '" + name + "'"
                + Suggestions.hint(name, known)
                + "; there are: " + new TreeSet<>(known);
    }
}
