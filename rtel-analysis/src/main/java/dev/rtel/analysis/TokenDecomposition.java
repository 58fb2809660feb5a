package dev.rtel.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Correct answers per 1,000 generated tokens and its factors (arXiv 2602.09805): {@code E0 = 1000 * completionRate *
 * conditionalAccuracy / meanTokens}. A cut-off sample is never correct and keeps the tokens it used.
 *
 * @param n samples
 * @param completed samples not cut off by a token or context limit
 * @param correct correct and completed
 * @param truncatedCorrect cut off although its grader liked it
 * @param accuracy {@code correct / n}
 * @param completionRate {@code completed / n}
 * @param conditionalAccuracy {@code correct / completed}; empty when none was completed
 * @param tokenCoverage share of samples with a token count
 * @param meanTokens over those samples
 * @param e0 empty when no token was counted
 * @param identityExact whether the product of the factors is E0 exactly: every sample has a count
 */
public record TokenDecomposition(
        int n,
        int completed,
        int correct,
        int truncatedCorrect,
        OptionalDouble accuracy,
        OptionalDouble completionRate,
        OptionalDouble conditionalAccuracy,
        OptionalDouble tokenCoverage,
        OptionalDouble meanTokens,
        OptionalDouble e0,
        boolean identityExact) {
    private static final double PER_TOKENS = 1000;

    /**
     * One sample.
     *
     * @param correct whether its grader passed it
     * @param completed whether it was not cut off
     * @param tokens all generated tokens, visible and reasoning
     */
    public record Item(boolean correct, boolean completed, OptionalLong tokens) {}

    /** Decomposes a model's samples; their order does not matter. */
    public static TokenDecomposition of(List<Item> items) {
        int n = items.size();
        int completed = (int) items.stream().filter(Item::completed).count();
        int liked = (int) items.stream().filter(Item::correct).count();
        int correct =
                (int) items.stream().filter(i -> i.correct() && i.completed()).count();
        long[] tokens = items.stream().flatMapToLong(i -> i.tokens().stream()).toArray();
        OptionalDouble accuracy = ratio(correct, n);
        OptionalDouble mean = ratio(Arrays.stream(tokens).sum(), tokens.length);
        OptionalDouble e0 = mean.orElse(0) > 0
                ? OptionalDouble.of(PER_TOKENS * accuracy.orElseThrow() / mean.getAsDouble())
                : OptionalDouble.empty();
        return new TokenDecomposition(
                n,
                completed,
                correct,
                liked - correct,
                accuracy,
                ratio(completed, n),
                ratio(correct, completed),
                ratio(tokens.length, n),
                mean,
                e0,
                e0.isPresent() && completed > 0 && tokens.length == n);
    }

    private static OptionalDouble ratio(double part, int whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
    }
}
