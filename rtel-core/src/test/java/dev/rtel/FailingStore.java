package dev.rtel;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Passes everything on, but fails on the n-th scored record or from the n-th paid one on. */
final class FailingStore implements ResultStore {
    int failOnScored = Integer.MAX_VALUE;
    int failOnCompleted = Integer.MAX_VALUE;
    private final ResultStore inner;
    private int scored;
    private int completed;

    FailingStore(ResultStore inner) {
        this.inner = inner;
    }

    @Override
    public void begin(RunPlan plan) {
        inner.begin(plan);
    }

    @Override
    public void attemptStarted(Attempt attempt) {
        inner.attemptStarted(attempt);
    }

    @Override
    public void attemptIdentified(String attemptId, String generationId) {
        inner.attemptIdentified(attemptId, generationId);
    }

    @Override
    public void attemptEnded(String attemptId, Attempt.End end) {
        inner.attemptEnded(attemptId, end);
    }

    @Override
    public void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
        if (record.outcome() instanceof Outcome.Scored && ++scored >= failOnScored) {
            throw new StoreException("disk full", null);
        }
        if (record.outcome() instanceof Outcome.Completed && ++completed >= failOnCompleted) {
            throw new StoreException("disk full", null);
        }
        inner.record(record, attemptId, end);
    }

    @Override
    public void end(String runId, RunState state, Instant at) {
        inner.end(runId, state, at);
    }

    @Override
    public Optional<StoredRun> run(String runId) {
        return inner.run(runId);
    }

    @Override
    public List<StoredRun> runs() {
        return inner.runs();
    }

    @Override
    public Stream<TrialRecord> trials(String runId, Projection projection) {
        return inner.trials(runId, projection);
    }

    @Override
    public List<Attempt> attempts(String runId) {
        return inner.attempts(runId);
    }
}
