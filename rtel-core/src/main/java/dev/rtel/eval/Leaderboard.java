package dev.rtel.eval;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The published result of one or more runs ({@code rtel.leaderboard/1}): data only, computed elsewhere. Unknown is
 * empty, never 0.
 *
 * @param simulated whether any figure comes from a simulator
 * @param runIds the runs it is made of
 * @param generatedAt when it was computed
 * @param policy how it was computed
 * @param rows in the order of the policy
 * @param warnings what a reader must know
 */
public record Leaderboard(
        boolean simulated,
        List<String> runIds,
        Instant generatedAt,
        Policy policy,
        List<Row> rows,
        List<Warning> warnings) {
    /** Copies the lists. */
    public Leaderboard {
        runIds = List.copyOf(runIds);
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    /**
     * How rows are computed and ordered.
     *
     * @param order measure of the default order, {@code efficiency}
     * @param accuracyFloor rows below it are unranked, 0..1
     * @param minCoverage share of samples that must have a valid reasoning count, 0..1
     * @param bootstrapReplicates B; 0 = no bootstrap was made
     * @param seed of every randomised procedure
     */
    public record Policy(String order, double accuracyFloor, double minCoverage, int bootstrapReplicates, long seed) {
        /** Efficiency order, no floor, 95 % coverage, no bootstrap. */
        public static Policy standard() {
            return new Policy("efficiency", 0, 0.95, 0, 0);
        }
    }

    /** A caveat with a stable code and plain words. */
    public record Warning(String code, String text) {}

    /**
     * An estimate with its 95 % interval; bounds are empty where none is given.
     *
     * @param method how the interval was made, e.g. {@code wilson}
     */
    public record Interval(double estimate, OptionalDouble lower, OptionalDouble upper, String method) {}

    /** Whether a model's reasoning tokens are known and usable. */
    public enum Status {
        /** Value and rank. */
        REPORTED("reported"),
        /** Too few samples have a count: value, no rank. */
        PARTLY_REPORTED("partly-reported"),
        /** Reasoning was off: no value. */
        OFF("off"),
        /** No counts at all: no value. */
        NOT_REPORTED("not-reported"),
        /** Nothing to count. */
        NO_SAMPLES("no-samples");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** Returns the word used in files. */
        public String word() {
            return word;
        }
    }

    /** Reasoning tokens of a model: mean over the samples with a valid count, and the share of those. */
    public record ReasoningTokens(Status status, OptionalDouble mean, double coverage) {}

    /** The factors of correct answers per generated token; see {@code E0}. */
    public record Decomposition(
            OptionalDouble completionRate, OptionalDouble conditionalAccuracy, OptionalDouble meanTokens) {}

    /**
     * What a model cost.
     *
     * @param total over the known costs, US dollars; empty when none is known
     * @param perCorrect mean known cost over accuracy; empty without a correct answer or a known cost
     * @param coverage share of samples with a known cost
     */
    public record CostSummary(Optional<BigDecimal> total, OptionalDouble perCorrect, double coverage) {}

    /** Latency percentiles of successful attempts in milliseconds (type 7), over {@code n} samples. */
    public record Latency(OptionalDouble p50, OptionalDouble p95, int n) {}

    /** Measured output speed from a separate workload. */
    public record Speed(double tps, double ttftMs, String run) {}

    /**
     * Where a row stands.
     *
     * @param accuracyLow best rank its accuracy interval allows, from 1; empty without samples
     * @param accuracyHigh worst rank it allows
     * @param efficiency rank by efficiency; empty = not rankable
     */
    public record Rank(OptionalInt accuracyLow, OptionalInt accuracyHigh, OptionalInt efficiency) {}

    /** Whether no other model is at least as good on both accuracy and this resource, and better on one. */
    public record Pareto(boolean tokens, boolean cost, boolean latency) {}

    /**
     * One model's figures on one task.
     *
     * @param chance accuracy that guessing reaches on the counted samples, 0..1; empty when it is unknown for any of them
     */
    public record TaskRow(
            String category,
            int n,
            int scored,
            int unscored,
            int failed,
            int passed,
            Optional<Interval> accuracy,
            ReasoningTokens reasoningTokens,
            Optional<Interval> efficiency,
            CostSummary costUsd,
            OptionalDouble chance) {
        /** A row of a task whose chance level is unknown. */
        public TaskRow(
                String category,
                int n,
                int scored,
                int unscored,
                int failed,
                int passed,
                Optional<Interval> accuracy,
                ReasoningTokens reasoningTokens,
                Optional<Interval> efficiency,
                CostSummary costUsd) {
            this(
                    category,
                    n,
                    scored,
                    unscored,
                    failed,
                    passed,
                    accuracy,
                    reasoningTokens,
                    efficiency,
                    costUsd,
                    OptionalDouble.empty());
        }

        /** What of the distance from chance to 1 was covered; see {@link Leaderboard#aboveChance}. */
        public OptionalDouble aboveChance() {
            return Leaderboard.aboveChance(accuracy, chance);
        }
    }

    /**
     * One model's figures on the tasks of one category.
     *
     * @param chance as of a {@link TaskRow}
     */
    public record CategoryRow(int n, int passed, Optional<Interval> accuracy, OptionalDouble chance) {
        /** What of the distance from chance to 1 was covered; see {@link Leaderboard#aboveChance}. */
        public OptionalDouble aboveChance() {
            return Leaderboard.aboveChance(accuracy, chance);
        }
    }

    /**
     * Returns {@code (accuracy - chance) / (1 - chance)}: 0 for a guesser, 1 for who is always right, negative below
     * chance; empty where either is unknown or the chance is 1.
     */
    public static OptionalDouble aboveChance(Optional<Interval> accuracy, OptionalDouble chance) {
        if (accuracy.isEmpty() || chance.isEmpty() || chance.getAsDouble() >= 1) {
            return OptionalDouble.empty();
        }
        double c = chance.getAsDouble();
        return OptionalDouble.of((accuracy.get().estimate() - c) / (1 - c));
    }

    /**
     * One model's figures: {@code n = scored + failed}; unscored and quarantined stand beside it.
     *
     * @param passed samples passed, twins considered
     * @param efficiency correct answers per 1,000 reasoning tokens
     * @param e0 correct answers per 1,000 generated tokens
     * @param byTask by task name, in plan order
     * @param chance accuracy that guessing reaches on the counted samples, 0..1; empty when it is unknown for any of them
     * @param byCategory by category, in plan order
     */
    public record Row(
            String model,
            String modelId,
            int n,
            int scored,
            int unscored,
            int failed,
            int quarantined,
            int truncated,
            int passed,
            Optional<Interval> accuracy,
            ReasoningTokens reasoningTokens,
            OptionalDouble responseTokens,
            OptionalDouble promptTokens,
            OptionalDouble completionTokens,
            Optional<Interval> efficiency,
            Optional<Interval> e0,
            Decomposition decomposition,
            CostSummary costUsd,
            Latency latencyMs,
            Optional<Speed> speed,
            Rank rank,
            Pareto pareto,
            boolean reasoningLocked,
            boolean baseline,
            Map<String, TaskRow> byTask,
            OptionalDouble chance,
            Map<String, CategoryRow> byCategory) {
        /** Copies the maps, order kept. */
        public Row {
            byTask = Collections.unmodifiableMap(new LinkedHashMap<>(byTask));
            byCategory = Collections.unmodifiableMap(new LinkedHashMap<>(byCategory));
        }

        /** A row whose chance level is unknown. */
        public Row(
                String model,
                String modelId,
                int n,
                int scored,
                int unscored,
                int failed,
                int quarantined,
                int truncated,
                int passed,
                Optional<Interval> accuracy,
                ReasoningTokens reasoningTokens,
                OptionalDouble responseTokens,
                OptionalDouble promptTokens,
                OptionalDouble completionTokens,
                Optional<Interval> efficiency,
                Optional<Interval> e0,
                Decomposition decomposition,
                CostSummary costUsd,
                Latency latencyMs,
                Optional<Speed> speed,
                Rank rank,
                Pareto pareto,
                boolean reasoningLocked,
                boolean baseline,
                Map<String, TaskRow> byTask) {
            this(
                    model,
                    modelId,
                    n,
                    scored,
                    unscored,
                    failed,
                    quarantined,
                    truncated,
                    passed,
                    accuracy,
                    reasoningTokens,
                    responseTokens,
                    promptTokens,
                    completionTokens,
                    efficiency,
                    e0,
                    decomposition,
                    costUsd,
                    latencyMs,
                    speed,
                    rank,
                    pareto,
                    reasoningLocked,
                    baseline,
                    byTask,
                    OptionalDouble.empty(),
                    Map.of());
        }

        /** What of the distance from chance to 1 was covered; see {@link Leaderboard#aboveChance}. */
        public OptionalDouble aboveChance() {
            return Leaderboard.aboveChance(accuracy, chance);
        }

        /** The same with a measured speed. */
        public Row withSpeed(Speed measured) {
            return new Row(
                    model,
                    modelId,
                    n,
                    scored,
                    unscored,
                    failed,
                    quarantined,
                    truncated,
                    passed,
                    accuracy,
                    reasoningTokens,
                    responseTokens,
                    promptTokens,
                    completionTokens,
                    efficiency,
                    e0,
                    decomposition,
                    costUsd,
                    latencyMs,
                    Optional.of(measured),
                    rank,
                    pareto,
                    reasoningLocked,
                    baseline,
                    byTask,
                    chance,
                    byCategory);
        }
    }

    /** The same with further warnings after its own. */
    public Leaderboard withWarnings(List<Warning> more) {
        return new Leaderboard(
                simulated,
                runIds,
                generatedAt,
                policy,
                rows,
                java.util.stream.Stream.concat(warnings.stream(), more.stream()).toList());
    }

    /** The same with speeds measured elsewhere, by entry name. */
    public Leaderboard withSpeeds(Map<String, Speed> measured) {
        return new Leaderboard(
                simulated,
                runIds,
                generatedAt,
                policy,
                rows.stream()
                        .map(row -> measured.containsKey(row.model())
                                ? row.withSpeed(Objects.requireNonNull(measured.get(row.model())))
                                : row)
                        .toList(),
                warnings);
    }

    /** Returns the order's name in lower case. */
    public String order() {
        return policy.order().toLowerCase(Locale.ROOT);
    }
}
