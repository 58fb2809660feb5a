package dev.rtel.analysis.items;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the models of a run fared on one sample.
 *
 * @param task its task
 * @param sample its id
 * @param models models with a counted trial
 * @param n counted trials: graded or failed, not quarantined
 * @param passed of them, twins considered
 * @param failed of them without a completion
 * @param unscored trials beside them that the grader could not decide
 * @param noAnswer replies in which no answer was found
 * @param ambiguous replies that offer several
 * @param truncated replies that were cut off
 * @param discrimination correlation, -1..1, between passing this sample and passing the others, over the models; empty
 *     for fewer than three of them, or where all are alike
 * @param flags why it should be looked at, if it should
 */
public record Item(
        String task,
        String sample,
        int models,
        int n,
        int passed,
        int failed,
        int unscored,
        int noAnswer,
        int ambiguous,
        int truncated,
        OptionalDouble discrimination,
        List<Flag> flags) {
    /** Copies the list. */
    public Item {
        flags = List.copyOf(flags);
    }
}
