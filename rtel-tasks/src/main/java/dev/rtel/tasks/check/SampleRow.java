package dev.rtel.tasks.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One sample of a checked task.
 *
 * @param id its id
 * @param rules rules it breaks, errors and warnings, each once; empty = all checks passed
 * @param remark what else to know, e.g. of its programs; may be empty
 * @param chance how often a guesser is right, 0..1; empty = unknown
 * @param workload its work units; empty = not told
 * @param licence its licence; empty = not told
 * @param words words of the prompt with its answer format
 */
public record SampleRow(
        String id,
        List<String> rules,
        String remark,
        OptionalDouble chance,
        OptionalDouble workload,
        Optional<String> licence,
        int words) {
    /** Copies the list. */
    public SampleRow {
        rules = List.copyOf(rules);
    }
}
