package dev.rtel.common;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map of {@link PlainData} that nobody can change, all the way down: it needs no copy. */
final class PlainMap extends AbstractMap<String, @Nullable Object> {
    private final Map<String, @Nullable Object> values;

    private static final PlainMap EMPTY = new PlainMap(new LinkedHashMap<>());

    /** Takes the map over; its values must be plain data that nobody can change. Empty ones, of which there are many, are one. */
    static PlainMap of(LinkedHashMap<String, @Nullable Object> values) {
        return values.isEmpty() ? EMPTY : new PlainMap(values);
    }

    private PlainMap(LinkedHashMap<String, @Nullable Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return values.containsKey(key);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return values.get(key);
    }

    @Override
    public Set<String> keySet() {
        return values.keySet();
    }

    @Override
    public Collection<@Nullable Object> values() {
        return values.values();
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return values.entrySet();
    }
}
