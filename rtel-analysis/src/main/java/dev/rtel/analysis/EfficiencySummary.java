package dev.rtel.analysis;

import dev.rtel.eval.Leaderboard;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Accuracy per reasoning token and per dollar of one model. Missing counts, costs and times are left out, never taken
 * as 0; every figure that cannot be told is empty.
 *
 * @param n samples
 * @param correct passed samples
 * @param accuracy {@code correct / n}
 * @param known samples with a valid reasoning count
 * @param invalid samples whose reported reasoning count cannot be used
 * @param coverage {@code known / n}
 * @param meanReasoningTokens over the known ones
 * @param efficiency correct answers per 1,000 reasoning tokens: {@code 1000 * accuracy / meanReasoningTokens}
 * @param matched the same over the known samples alone; far from {@code efficiency} when counts are missing with a bias
 * @param status the first that applies
 * @param costKnown samples with a known cost
 * @param totalKnownCost US dollars
 * @param meanCost US dollars a sample, over the known ones
 * @param costPerCorrect {@code meanCost / accuracy}; empty without a correct answer
 * @param latencyP50 in the unit given
 * @param latencyP95 in the unit given
 * @param latencyKnown samples with a latency
 */
public record EfficiencySummary(
        int n,
        int correct,
        OptionalDouble accuracy,
        int known,
        int invalid,
        OptionalDouble coverage,
        OptionalDouble meanReasoningTokens,
        OptionalDouble efficiency,
        OptionalDouble matched,
        Status status,
        int costKnown,
        OptionalDouble totalKnownCost,
        OptionalDouble meanCost,
        OptionalDouble costPerCorrect,
        OptionalDouble latencyP50,
        OptionalDouble latencyP95,
        int latencyKnown) {
    private static final double PER_TOKENS = 1000;

    /** Why a model has, or has not, an efficiency that can be ranked; the first that applies. */
    public enum Status {
        /** Nothing to count. */
        NO_SAMPLES(Leaderboard.Status.NO_SAMPLES),
        /** No valid reasoning count. */
        NO_TOKEN_DATA(Leaderboard.Status.NOT_REPORTED),
        /** All counts are 0. */
        ZERO_TOKENS(Leaderboard.Status.OFF),
        /** Stray tokens only, see {@link ReasoningMode#OFF}. */
        REASONING_OFF(Leaderboard.Status.OFF),
        /** Too few samples have a count. */
        LOW_COVERAGE(Leaderboard.Status.PARTLY_REPORTED),
        /** Value and rank. */
        OK(Leaderboard.Status.REPORTED);

        private final Leaderboard.Status published;

        Status(Leaderboard.Status published) {
            this.published = published;
        }

        /** Returns the word of published results. */
        public Leaderboard.Status published() {
            return published;
        }

        /** Returns whether a board may rank the efficiency. */
        public boolean rankable() {
            return this == OK;
        }
    }

    /**
     * One sample's outcome.
     *
     * @param passed whether it is right
     * @param reasoningTokens as reported, even if it cannot be valid
     * @param completionTokens billed output, reasoning included
     * @param trusted false for a count that is known to be meaningless, such as 0 beside visible thinking
     * @param cost US dollars
     * @param latency in one unit for all
     */
    public record Item(
            boolean passed,
            OptionalLong reasoningTokens,
            OptionalLong completionTokens,
            boolean trusted,
            OptionalDouble cost,
            OptionalDouble latency) {
        /** Returns whether the reasoning count may enter a mean: present, not negative, not above the completion. */
        public boolean valid() {
            return trusted
                    && reasoningTokens.isPresent()
                    && reasoningTokens.getAsLong() >= 0
                    && (completionTokens.isEmpty() || reasoningTokens.getAsLong() <= completionTokens.getAsLong());
        }
    }

    /** Checks that nothing is null. */
    public EfficiencySummary {
        Objects.requireNonNull(status, "status");
    }

    /**
     * Summarises a model's samples; their order does not matter.
     *
     * @param minCoverage share of samples that must have a valid count for a rank, 0..1
     */
    public static EfficiencySummary of(List<Item> items, double minCoverage) {
        int n = items.size();
        List<Item> known = items.stream().filter(Item::valid).toList();
        int correct = passed(items);
        long reasoning =
                known.stream().mapToLong(i -> i.reasoningTokens().orElseThrow()).sum();
        OptionalDouble accuracy = ratio(correct, n);
        OptionalDouble coverage = ratio(known.size(), n);
        OptionalDouble mean = ratio(reasoning, known.size());
        double[] costs = items.stream().flatMapToDouble(i -> i.cost().stream()).toArray();
        double[] latencies =
                items.stream().flatMapToDouble(i -> i.latency().stream()).toArray();
        OptionalDouble meanCost = CompensatedSum.mean(costs);
        return new EfficiencySummary(
                n,
                correct,
                accuracy,
                known.size(),
                (int) items.stream()
                        .filter(i -> i.reasoningTokens().isPresent() && !i.valid())
                        .count(),
                coverage,
                mean,
                per(accuracy, mean),
                reasoning > 0 ? OptionalDouble.of(PER_TOKENS * passed(known) / reasoning) : OptionalDouble.empty(),
                status(n, known, reasoning, coverage, minCoverage),
                costs.length,
                costs.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(CompensatedSum.of(costs)),
                meanCost,
                correct > 0 && meanCost.isPresent()
                        ? OptionalDouble.of(meanCost.getAsDouble() / accuracy.orElseThrow())
                        : OptionalDouble.empty(),
                Percentile.of(latencies, 0.5),
                Percentile.of(latencies, 0.95),
                latencies.length);
    }

    private static Status status(int n, List<Item> known, long reasoning, OptionalDouble coverage, double minCoverage) {
        if (n == 0) {
            return Status.NO_SAMPLES;
        }
        if (known.isEmpty()) {
            return Status.NO_TOKEN_DATA;
        }
        if (reasoning == 0) {
            return Status.ZERO_TOKENS;
        }
        OptionalLong completion =
                known.stream().allMatch(i -> i.completionTokens().isPresent())
                        ? OptionalLong.of(known.stream()
                                .mapToLong(i -> i.completionTokens().orElseThrow())
                                .sum())
                        : OptionalLong.empty();
        if (ReasoningMode.of(OptionalLong.of(reasoning), completion) == ReasoningMode.OFF) {
            return Status.REASONING_OFF;
        }
        return coverage.orElseThrow() < minCoverage ? Status.LOW_COVERAGE : Status.OK;
    }

    private static int passed(List<Item> items) {
        return (int) items.stream().filter(Item::passed).count();
    }

    private static OptionalDouble ratio(double part, int whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
    }

    private static OptionalDouble per(OptionalDouble accuracy, OptionalDouble meanTokens) {
        return accuracy.isPresent() && meanTokens.orElse(0) > 0
                ? OptionalDouble.of(PER_TOKENS * accuracy.getAsDouble() / meanTokens.getAsDouble())
                : OptionalDouble.empty();
    }
}
