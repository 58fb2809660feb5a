package dev.rtel.tasks.generated;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of one sample.
 *
 * @param level its difficulty
 * @param values numbers ({@link Long}) and words by name of the parameter
 * @param truths truth values that its claims must have; empty where there are no claims
 */
record Choices(Level level, Map<String, Object> values, List<Boolean> truths) {
    int number(String name) {
        return Math.toIntExact((Long) Objects.requireNonNull(values.get(name), name));
    }

    String word(String name) {
        return (String) Objects.requireNonNull(values.get(name), name);
    }
}
