package dev.rtel.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into plain JSON data of unknown shape: a member of the wrong type counts as absent. */
final class Fields {
    private Fields() {}

    /** Returns the value as an object, or an empty one. */
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // plain data: keys are strings
            Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
            return object;
        }
        return Map.of();
    }

    /** Returns the member as an object, or an empty one. */
    static Map<String, @Nullable Object> object(Map<String, @Nullable Object> parent, String key) {
        return object(parent.get(key));
    }

    /** Returns the member as a list, or an empty one. */
    static List<? extends @Nullable Object> list(Map<String, @Nullable Object> parent, String key) {
        return parent.get(key) instanceof List<?> list ? list : List.of();
    }

    /** Returns the member as text unless it is absent, no string or blank. */
    static Optional<String> text(Map<String, @Nullable Object> parent, String key) {
        return parent.get(key) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
