package dev.rtel.run;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Failure;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import java.time.Duration;
import java.util.List;

/**
 * Told of a run's progress, one call at a time, never concurrently: of each trial in the order in which things became
 * durable, of different trials as soon as they are. What it throws is logged and otherwise ignored. New callbacks are
 * added as default methods.
 */
public interface RunListener {
    /** The run starts; {@code unknown} are attempts of an earlier, broken off session whose outcome nobody knows. */
    default void runStarted(RunPlan plan, int pending, List<Attempt> unknown) {}

    /** A worker takes up a trial. */
    default void trialStarted(Trial trial) {}

    /** An attempt failed; {@code wait} is the pause before the next one, zero when there is none. */
    default void attemptFailed(Trial trial, Attempt attempt, Failure failure, Duration wait) {}

    /** A trial has an outcome, and it is durable. */
    default void trialFinished(TrialRecord record, Progress progress) {}

    /** A model has collapsed: its remaining trials are quarantined, those of the others go on. */
    default void modelCollapsed(PlannedModel model, String reason) {}

    /** A billing record changed what is known of a trial, and it is durable; the verbatim texts may be left out. */
    default void usageSettled(TrialRecord record) {}

    /** The run ended, completely or not. */
    default void runFinished(RunSummary summary) {}
}
