package dev.rtel.eval;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a trial; the unit the store keeps. Immutable.
 *
 * @param runId the run
 * @param trial what was to be done
 * @param outcome where it stands
 * @param attempts HTTP tries so far; 0 when none was made, because the completion was taken over or the model had
 *     collapsed
 * @param waste what failed attempts used
 * @param startedAt first attempt sent
 * @param finishedAt outcome durable
 * @param quarantined why it is left out of every figure (cache hit, wrong model, collapsed model); empty = it counts
 */
public record TrialRecord(
        String runId,
        Trial trial,
        Outcome outcome,
        int attempts,
        Waste waste,
        Instant startedAt,
        Instant finishedAt,
        Optional<String> quarantined) {
    /** The trial's key. */
    public TrialKey key() {
        return trial.key();
    }

    /** The same trial with another outcome. */
    public TrialRecord withOutcome(Outcome other) {
        return new TrialRecord(runId, trial, other, attempts, waste, startedAt, finishedAt, quarantined);
    }

    /** The same trial with another count of what failed attempts used. */
    public TrialRecord withWaste(Waste other) {
        return new TrialRecord(runId, trial, outcome, attempts, other, startedAt, finishedAt, quarantined);
    }

    /** The same, finished at another time. */
    public TrialRecord withFinishedAt(Instant at) {
        return new TrialRecord(runId, trial, outcome, attempts, waste, startedAt, at, quarantined);
    }

    /** The same without the verbatim replies and billing records, for writes after the one that made them durable. */
    public TrialRecord withoutVerbatim() {
        return withOutcome(outcome.withoutVerbatim());
    }

    /** The completion, unless the trial failed. */
    public Optional<Completion> completion() {
        if (outcome instanceof Outcome.Scored scored) {
            return Optional.of(scored.completion());
        }
        return outcome instanceof Outcome.Completed completed ? Optional.of(completed.completion()) : Optional.empty();
    }

    /** The usage, once accounted. */
    public Optional<TokenUsage> usage() {
        return outcome instanceof Outcome.Scored scored ? Optional.of(scored.usage()) : Optional.empty();
    }

    /** The verdict, once graded; empty also when unscored. */
    public Optional<Score.Graded> graded() {
        return outcome instanceof Outcome.Scored scored && scored.score() instanceof Score.Graded graded
                ? Optional.of(graded)
                : Optional.empty();
    }

    /** Whether the score reaches the task's pass mark and the reply was not cut off; twins are not looked at here. */
    public boolean passedAlone() {
        return graded().filter(g -> g.value() >= trial.task().passAt()).isPresent()
                && completion().filter(Completion::truncated).isEmpty();
    }
}
