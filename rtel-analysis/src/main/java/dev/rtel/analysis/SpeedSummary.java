package dev.rtel.analysis;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Output speed of a model, measured by a streamed workload of its own: {@code TPS = output tokens / (total - TTFT)} of a
 * run, and the medians (type 7) over the runs.
 *
 * @param tps tokens per second of each run, in order; empty where a time or the count is missing, nothing was put out, or
 *     the first token came with the last
 * @param medianTps over the runs that have one
 * @param medianTtft seconds to the first token, over the runs that have one
 */
public record SpeedSummary(List<OptionalDouble> tps, OptionalDouble medianTps, OptionalDouble medianTtft) {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    /**
     * One streamed call.
     *
     * @param outputTokens billed output, reasoning included
     * @param totalSeconds request sent to last byte
     * @param ttftSeconds request sent to first token
     */
    public record Run(OptionalLong outputTokens, OptionalDouble totalSeconds, OptionalDouble ttftSeconds) {
        OptionalDouble tps() {
            double generating = totalSeconds.orElse(0) - ttftSeconds.orElse(Double.MAX_VALUE);
            return generating > 0 && outputTokens.orElse(0) > 0
                    ? OptionalDouble.of(outputTokens.getAsLong() / generating)
                    : OptionalDouble.empty();
        }
    }

    /** Copies the list. */
    public SpeedSummary {
        tps = List.copyOf(tps);
    }

    /** Number of runs with a speed. */
    public int used() {
        return (int) tps.stream().filter(OptionalDouble::isPresent).count();
    }

    /** Summarises runs. */
    public static SpeedSummary of(List<Run> runs) {
        List<OptionalDouble> tps = runs.stream().map(Run::tps).toList();
        return new SpeedSummary(
                tps, median(tps), median(runs.stream().map(Run::ttftSeconds).toList()));
    }

    /** Summarises the trials of one model in a speed run; failed and quarantined ones measure nothing. */
    public static SpeedSummary ofTrials(List<TrialRecord> records) {
        return of(records.stream()
                .filter(record -> record.quarantined().isEmpty())
                .map(SpeedSummary::run)
                .toList());
    }

    private static Run run(TrialRecord record) {
        Optional<Completion> completion = record.completion();
        return new Run(
                record.usage()
                        .map(TokenUsage::completion)
                        .map(count -> count.value())
                        .orElse(OptionalLong.empty()),
                seconds(completion.flatMap(Completion::latency)),
                seconds(completion.flatMap(Completion::ttft)));
    }

    /** The figures for a leaderboard row; empty without a median of both. */
    public Optional<Leaderboard.Speed> forBoard(String runId) {
        return medianTps.isPresent() && medianTtft.isPresent()
                ? Optional.of(new Leaderboard.Speed(medianTps.getAsDouble(), medianTtft.getAsDouble() * MILLIS, runId))
                : Optional.empty();
    }

    private static OptionalDouble seconds(Optional<Duration> time) {
        return time.map(t -> OptionalDouble.of(t.toNanos() / NANOS)).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble median(List<OptionalDouble> values) {
        double[] known = values.stream()
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return Percentile.of(known, 0.5);
    }
}
