package dev.rtel.tasks.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value read from a file, with its place. Immutable. */
public sealed interface SourceNode {
    /** Named values, in file order. */
    record Group(Place place, Map<String, SourceNode> members) implements SourceNode {
        /** Copies the map. */
        public Group {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** Values in order. */
    record Items(Place place, List<SourceNode> items) implements SourceNode {
        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A single value.
     *
     * @param value String, Boolean, Long, BigInteger, BigDecimal or null
     * @param text as written, without quotes
     */
    record Scalar(Place place, @Nullable Object value, String text) implements SourceNode {}

    /** Returns where it stands. */
    Place place();

    /** Returns it without places. */
    default @Nullable Object plain() {
        if (this instanceof Group group) {
            return plain(group);
        }
        if (this instanceof Items items) {
            List<@Nullable Object> values = new ArrayList<>();
            items.items().forEach(item -> values.add(item.plain()));
            return values;
        }
        return this instanceof Scalar scalar ? scalar.value() : null;
    }

    /** Returns a group without places. */
    static Map<String, @Nullable Object> plain(Group group) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        group.members().forEach((key, node) -> values.put(key, node.plain()));
        return values;
    }

    /** Returns the {@code file:line} of every path below this one, this one included. */
    default Map<String, String> locations() {
        Map<String, String> found = new LinkedHashMap<>();
        collect(found);
        return found;
    }

    private void collect(Map<String, String> found) {
        if (!place().path().isEmpty()) {
            found.put(place().path(), place().fileAndLine());
        }
        if (this instanceof Group group) {
            group.members().values().forEach(node -> node.collect(found));
        } else if (this instanceof Items items) {
            items.items().forEach(node -> node.collect(found));
        }
    }

    /** Says what it is, for messages: {@code the number 507}, {@code the text 'x'}, {@code a list}. */
    default String describe() {
        if (this instanceof Group) {
            return "a group of keys";
        }
        if (this instanceof Items) {
            return "a list";
        }
        Scalar scalar = (Scalar) this;
        if (scalar.value() == null) {
            return "empty";
        }
        if (scalar.value() instanceof String text) {
            return "the text '" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
        }
        return (scalar.value() instanceof Number ? "the number " : "the truth value ") + scalar.text();
    }
}
