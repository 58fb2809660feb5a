package dev.rtel.spi;

import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Providers of one kind of component by name. Immutable once built, thread-safe.
 *
 * @param <T> the component
 * @param <P> its provider type
 */
public final class ComponentRegistry<T, P extends ComponentProvider<T>> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private final String kind;
    private final Map<String, P> byName = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();

    private ComponentRegistry(String kind) {
        this.kind = kind;
    }

    /**
     * Collects the given providers and, unless the loader is null, those listed in service files. A service entry that
     * cannot be loaded is remembered and named in later messages; it does not hide the others.
     *
     * @throws ConfigException if a name is malformed or given twice
     */
    public static <T, P extends ComponentProvider<T>> ComponentRegistry<T, P> of(
            Class<P> type, Optional<ClassLoader> loader, Collection<? extends P> explicit) {
        var registry = new ComponentRegistry<T, P>(type.getSimpleName());
        explicit.forEach(registry::add);
        loader.ifPresent(l -> registry.load(ServiceLoader.load(type, l).iterator()));
        return registry;
    }

    private void load(Iterator<P> found) {
        while (true) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                add(found.next());
            } catch (ServiceConfigurationError e) {
                String reason = String.valueOf(e.getMessage());
                if (broken.contains(reason)) {
                    return; // stuck: each entry fails with a message of its own
                }
                broken.add(reason);
            } catch (LinkageError e) {
                // made for a later Java, or a dependency of its own is missing
                broken.add(e.toString());
            }
        }
    }

    private void add(P provider) {
        String name = provider.name();
        if (!NAME.matcher(name).matches()) {
            throw new ConfigException(kind + " " + provider.getClass().getName() + " has the name '" + name
                    + "'; only lower-case letters, digits and hyphens may be used");
        }
        P other = byName.putIfAbsent(name, provider);
        if (other != null) {
            throw new ConfigException("two " + kind + "s are named '" + name + "': "
                    + other.getClass().getName() + " and " + provider.getClass().getName()
                    + "; remove one of the jars");
        }
    }

    /**
     * Finds a provider.
     *
     * @throws ConfigException if there is none of that name; the message lists those there are
     */
    public P provider(String name) {
        P provider = byName.get(name);
        if (provider == null) {
            throw new ConfigException("no " + kind + " named '" + name + "'"
                    + Suggestions.hint(name, byName.keySet())
                    + "; available: " + byName.keySet()
                    + (broken.isEmpty() ? "" : "; could not be loaded: " + broken)
                    + ". Add the jar that provides it to the class path.");
        }
        return provider;
    }

    /** Makes a component of the named provider. */
    public T create(String name, ComponentContext context) {
        return provider(name).create(context);
    }

    /** Returns whether there is a provider of this name. */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Returns all providers, by name. */
    public Collection<P> providers() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Returns why service entries could not be loaded; usually empty. */
    public List<String> broken() {
        return Collections.unmodifiableList(broken);
    }
}
