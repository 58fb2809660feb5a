package dev.rtel.analysis;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Leaderboard.CostSummary;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.ReasoningTokens;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.Score;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The records of one model, or of one model on one task, sorted into what counts and what stands beside it. */
final class TrialSheet {
    private static final String CONTEXT_OVERFLOW = "context_length_exceeded";
    private static final String NO_INTERVAL = "none";
    private static final double NANOS_PER_MILLI = 1e6;

    /** Graded or failed, not quarantined: the denominator. */
    final List<TrialRecord> counted = new ArrayList<>();

    final List<TrialRecord> unscored = new ArrayList<>();
    final List<TrialRecord> failed = new ArrayList<>();
    final List<TrialRecord> quarantined = new ArrayList<>();
    /** Planned trials that have no outcome to count yet. */
    final int incomplete;

    private final PassRule rule;
    private final double minCoverage;

    TrialSheet(List<TrialRecord> records, int planned, PassRule rule, double minCoverage) {
        this.rule = rule;
        this.minCoverage = minCoverage;
        int completedOnly = 0;
        for (TrialRecord record : records) {
            if (record.quarantined().isPresent()) {
                quarantined.add(record);
            } else if (record.outcome() instanceof Outcome.Failed) {
                failed.add(record);
                counted.add(record);
            } else if (record.outcome() instanceof Outcome.Scored scored) {
                (scored.score() instanceof Score.Graded ? counted : unscored).add(record);
            } else {
                completedOnly++;
            }
        }
        this.incomplete = planned - records.size() + completedOnly;
    }

    int n() {
        return counted.size();
    }

    int scored() {
        return n() - failed.size();
    }

    int passed() {
        return (int) counted.stream().filter(rule::passed).count();
    }

    int truncated() {
        return (int) counted.stream().filter(TrialSheet::cutOff).count();
    }

    private static boolean cutOff(TrialRecord record) {
        return record.completion().filter(Completion::truncated).isPresent()
                || (record.outcome() instanceof Outcome.Failed f
                        && f.failure().type().equals(CONTEXT_OVERFLOW));
    }

    /** Wilson for one observation a sample, clustered by sample (twins together) for several. */
    Optional<Interval> accuracy() {
        return repeated() ? clustered().interval() : Wilson.interval(passed(), n());
    }

    boolean repeated() {
        Set<List<String>> samples = new HashSet<>();
        return !counted.stream()
                .allMatch(r -> samples.add(List.of(r.key().task(), r.key().sample())));
    }

    ClusteredError clustered() {
        Map<String, List<Double>> clusters = new LinkedHashMap<>();
        for (TrialRecord record : counted) {
            clusters.computeIfAbsent(rule.group(record.key()), k -> new ArrayList<>())
                    .add(rule.passed(record) ? 1.0 : 0.0);
        }
        return ClusteredError.of(clusters);
    }

    EfficiencySummary summary() {
        return EfficiencySummary.of(counted.stream().map(this::item).toList(), minCoverage);
    }

    private EfficiencySummary.Item item(TrialRecord record) {
        Optional<TokenUsage> usage = record.usage();
        return new EfficiencySummary.Item(
                rule.passed(record),
                usage.map(u -> u.reasoning().value()).orElse(OptionalLong.empty()),
                usage.map(u -> u.completion().value()).orElse(OptionalLong.empty()),
                usage.filter(TokenUsage::reasoningValid).isPresent(),
                cost(record).map(c -> OptionalDouble.of(c.doubleValue())).orElse(OptionalDouble.empty()),
                record.completion()
                        .flatMap(Completion::latency)
                        .map(TrialSheet::millis)
                        .orElse(OptionalDouble.empty()));
    }

    private static Optional<BigDecimal> cost(TrialRecord record) {
        return record.usage().map(TokenUsage::cost).flatMap(Cost::usd);
    }

    private static OptionalDouble millis(Duration duration) {
        return OptionalDouble.of(duration.toNanos() / NANOS_PER_MILLI);
    }

    TokenDecomposition decomposition() {
        return TokenDecomposition.of(counted.stream()
                .map(r -> new TokenDecomposition.Item(
                        rule.passed(r),
                        !cutOff(r),
                        r.usage().map(u -> u.completion().value()).orElse(OptionalLong.empty())))
                .toList());
    }

    /** Mean of a count over the counted samples that have it. */
    OptionalDouble mean(Function<TokenUsage, Count> count) {
        return CompensatedSum.mean(counted.stream()
                .flatMap(r -> r.usage().stream())
                .map(count)
                .flatMapToLong(c -> c.value().stream())
                .mapToDouble(v -> v)
                .toArray());
    }

    static ReasoningTokens reasoningTokens(EfficiencySummary summary) {
        return new ReasoningTokens(
                summary.status().published(),
                summary.meanReasoningTokens(),
                summary.coverage().orElse(0));
    }

    /** The efficiency as published: no value where reasoning was off or is unknown. */
    static Optional<Interval> efficiency(EfficiencySummary summary) {
        return switch (summary.status().published()) {
            case REPORTED, PARTLY_REPORTED -> plain(summary.efficiency());
            case OFF, NOT_REPORTED, NO_SAMPLES -> Optional.empty();
        };
    }

    /** An estimate whose interval nobody computed. */
    static Optional<Interval> plain(OptionalDouble estimate) {
        return estimate.isPresent()
                ? Optional.of(new Interval(
                        estimate.getAsDouble(), OptionalDouble.empty(), OptionalDouble.empty(), NO_INTERVAL))
                : Optional.empty();
    }

    /** Total over everything paid for and not quarantined, unscored trials too; the rest over the counted samples. */
    CostSummary costs(EfficiencySummary summary) {
        List<BigDecimal> known = new ArrayList<>();
        counted.forEach(r -> cost(r).ifPresent(known::add));
        unscored.forEach(r -> cost(r).ifPresent(known::add));
        return new CostSummary(
                known.stream().reduce(BigDecimal::add),
                summary.costPerCorrect(),
                n() == 0 ? 0 : (double) summary.costKnown() / n());
    }

    /** Answers that were paid for at an unknown price, unscored ones too. */
    int withoutCost() {
        return (int) Stream.concat(counted.stream(), unscored.stream())
                .filter(r -> r.completion().isPresent() && cost(r).isEmpty())
                .count();
    }

    /** A mean over the scored samples, or nothing where too few of them have the figure to compare models by it. */
    OptionalDouble comparable(OptionalDouble value, int known) {
        return scored() > 0 && known >= minCoverage * scored() ? value : OptionalDouble.empty();
    }
}
