package dev.rtel.testkit;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Failure;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.run.Progress;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers all it is told, in order. Thread-safe; every list returned is a snapshot. */
public final class RecordingListener implements RunListener {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<RunPlan> plans = new CopyOnWriteArrayList<>();
    private final List<Trial> started = new CopyOnWriteArrayList<>();
    private final List<FailedAttempt> failedAttempts = new CopyOnWriteArrayList<>();
    private final List<TrialRecord> finished = new CopyOnWriteArrayList<>();
    private final List<Progress> progress = new CopyOnWriteArrayList<>();
    private final List<TrialRecord> settled = new CopyOnWriteArrayList<>();
    private final List<RunSummary> summaries = new CopyOnWriteArrayList<>();

    /** A listener that has heard nothing yet. */
    public RecordingListener() {}

    /**
     * An attempt that failed.
     *
     * @param trial the trial
     * @param attempt the attempt as sent
     * @param failure why
     * @param pause before the next attempt, zero when there is none
     */
    public record FailedAttempt(Trial trial, Attempt attempt, Failure failure, Duration pause) {}

    @Override
    public void runStarted(RunPlan plan, int pending, List<Attempt> unknown) {
        plans.add(plan);
        events.add("run started: " + pending + " pending");
    }

    @Override
    public void trialStarted(Trial trial) {
        started.add(trial);
        events.add("trial started: " + trial.key());
    }

    @Override
    public void attemptFailed(Trial trial, Attempt attempt, Failure failure, Duration wait) {
        failedAttempts.add(new FailedAttempt(trial, attempt, failure, wait));
        events.add("attempt failed: " + trial.key() + " " + failure.type());
    }

    @Override
    public void trialFinished(TrialRecord record, Progress now) {
        finished.add(record);
        progress.add(now);
        events.add("trial finished: " + record.key());
    }

    @Override
    public void usageSettled(TrialRecord record) {
        settled.add(record);
        events.add("usage settled: " + record.key());
    }

    @Override
    public void runFinished(RunSummary summary) {
        summaries.add(summary);
        events.add("run finished: " + summary.state().word());
    }

    /** Returns every event as a line, e.g. {@code trial finished: gpt-5.2 math/s1 #1}. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** Returns the plans of the runs started. */
    public List<RunPlan> plans() {
        return List.copyOf(plans);
    }

    /** Returns the trials taken up. */
    public List<Trial> started() {
        return List.copyOf(started);
    }

    /** Returns the attempts that failed. */
    public List<FailedAttempt> failedAttempts() {
        return List.copyOf(failedAttempts);
    }

    /** Returns the records of the trials finished. */
    public List<TrialRecord> finished() {
        return List.copyOf(finished);
    }

    /** Returns the progress told with each finished trial. */
    public List<Progress> progress() {
        return List.copyOf(progress);
    }

    /** Returns the records whose usage was settled. */
    public List<TrialRecord> settled() {
        return List.copyOf(settled);
    }

    /** Returns the summary of the last run that ended, or empty. */
    public Optional<RunSummary> summary() {
        return summaries.isEmpty() ? Optional.empty() : Optional.of(summaries.get(summaries.size() - 1));
    }
}
