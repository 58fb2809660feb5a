package dev.rtel.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The text of an option of the form {@code head[:key=value[,key=value]...]}; every mistake is reported with the whole text.
 *
 * @param what what the option is, for messages
 * @param text the whole text
 * @param head what stands before the colon
 * @param pairs what stands behind it, in order
 */
record KeyValues(String what, String text, String head, Map<String, String> pairs) {
    /** Takes one more pair into account. */
    interface Step<T> {
        T with(T value, String key, String text);
    }

    static KeyValues parse(String what, String text) {
        int colon = text.indexOf(':');
        Map<String, String> pairs = new LinkedHashMap<>();
        if (colon >= 0) {
            for (String pair : text.substring(colon + 1).split(",")) {
                int equals = pair.indexOf('=');
                if (equals < 0) {
                    throw new IllegalArgumentException(what + " \"" + text + "\": \"" + pair + "\" must be key=value");
                }
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new KeyValues(what, text, colon < 0 ? text : text.substring(0, colon), pairs);
    }

    /** Applies all pairs to a value, one after the other. */
    <T> T apply(T start, Step<T> step, List<String> known) {
        T value = start;
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            T before = value;
            value = checked(() -> {
                if (!known.contains(pair.getKey())) {
                    throw new IllegalArgumentException("unknown key \"" + pair.getKey() + "\"; known: " + known);
                }
                return number(pair, () -> step.with(before, pair.getKey(), pair.getValue()));
            });
        }
        return value;
    }

    /** Returns the value of a key that is a whole number. */
    OptionalInt number(String key) {
        String value = pairs.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        return checked(() -> number(Map.entry(key, value), () -> OptionalInt.of(Integer.parseInt(value))));
    }

    <T> T checked(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (ScriptException | IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " \"" + text + "\": " + e.getMessage(), e);
        }
    }

    private static <T> T number(Map.Entry<String, String> pair, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(pair.getKey() + " must be a number, was \"" + pair.getValue() + "\"", e);
        }
    }
}
