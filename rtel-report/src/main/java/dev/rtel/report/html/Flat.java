package dev.rtel.report.html;

import dev.rtel.common.PlainJson;
import dev.rtel.report.html.Page.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nested plain data as a flat list of terms and values. */
final class Flat {
    private Flat() {}

    /** Lists the leaves of a map as {@code a.b: value}, order kept; lists of plain values stay on one line. */
    static List<Fact> facts(String prefix, Map<String, ? extends @Nullable Object> map) {
        List<Fact> facts = new ArrayList<>();
        map.forEach((key, value) -> add(prefix.isEmpty() ? key : prefix + "." + key, value, facts));
        return facts;
    }

    private static void add(String term, @Nullable Object value, List<Fact> facts) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, inner) -> add(term + "." + key, inner, facts));
        } else {
            facts.add(Fact.mono(term, text(value)));
        }
    }

    /** A value as people read it; null is unknown. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "unknown";
        }
        if (value instanceof List<?> list && list.stream().noneMatch(v -> v instanceof Map || v instanceof List)) {
            return list.isEmpty()
                    ? "none"
                    : String.join(", ", list.stream().map(Flat::text).toList());
        }
        return value instanceof Map || value instanceof List ? PlainJson.write(value) : value.toString();
    }
}
