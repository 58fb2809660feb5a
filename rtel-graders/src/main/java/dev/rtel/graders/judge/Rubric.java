package dev.rtel.graders.judge;

import dev.rtel.eval.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a proof has to contain and what voids it.
 *
 * @param checkpoints id to text, in order; never empty
 * @param fatal id to text, in order
 * @param acceptAlso other valid routes; may be empty
 */
record Rubric(Map<String, String> checkpoints, Map<String, String> fatal, String acceptAlso) {
    private static final Set<String> KEYS = Set.of("checkpoints", "fatal", "accept_also", "pass_rule");

    /**
     * Reads {@code rubric} of the sample.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Rubric of(Sample sample) {
        if (!(sample.fields().get("rubric") instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "rubric is missing, expected {checkpoints: [{id, text}], fatal: [{id, text}]}");
        }
        for (Object key : map.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw new IllegalArgumentException("unknown key 'rubric." + key + "'; known: "
                        + KEYS.stream().sorted().toList());
            }
        }
        Object rule = map.get("pass_rule");
        if (rule != null && !rule.equals("all")) {
            throw new IllegalArgumentException("rubric.pass_rule is '" + rule + "', expected all");
        }
        Map<String, String> checkpoints = items(map.get("checkpoints"), "checkpoints");
        if (checkpoints.isEmpty()) {
            throw new IllegalArgumentException("rubric.checkpoints is empty, expected at least one {id, text}");
        }
        Object also = map.get("accept_also");
        return new Rubric(checkpoints, items(map.get("fatal"), "fatal"), also == null ? "" : String.valueOf(also));
    }

    private static Map<String, String> items(@Nullable Object value, String name) {
        Map<String, String> items = new LinkedHashMap<>();
        if (value == null) {
            return items;
        }
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException("rubric." + name + " is no list of {id, text}");
        }
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> map)
                    || !(map.get("id") instanceof String id)
                    || !(map.get("text") instanceof String text)
                    || id.isBlank()
                    || text.isBlank()) {
                throw new IllegalArgumentException("rubric." + name + " holds '" + item + "', expected {id, text}");
            }
            if (items.put(id, text) != null) {
                throw new IllegalArgumentException("rubric." + name + " has the id '" + id + "' twice");
            }
        }
        return items;
    }
}
