package dev.rtel.internal;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The completions that a regrade takes from the run it names. They are copied, so that the run stands on its own and the
 * earlier grades stay what they were; a copy that was broken off is completed. Nothing for other runs.
 */
final class TakenOver {
    private final ResultStore store;
    private final RunPlan plan;

    private TakenOver(ResultStore store, RunPlan plan) {
        this.store = store;
        this.plan = plan;
    }

    /**
     * Checks the source.
     *
     * @throws ConfigException if there is no such run, or its trials would now ask something else
     */
    static TakenOver of(ResultStore store, RunPlan plan) {
        plan.regradedFrom().ifPresent(source -> {
            StoredRun run = store.run(source)
                    .orElseThrow(() -> new ConfigException(
                            "cannot regrade '" + source + "': the store has no such run; its completions are needed"));
            RunIdentity.check("regrade", run.plan(), plan);
        });
        return new TakenOver(store, plan);
    }

    /** Copies what is not there yet; returns the number of planned trials that the source has nothing of. */
    int copy() {
        if (plan.regradedFrom().isEmpty()) {
            return 0;
        }
        Set<TrialKey> there = new HashSet<>();
        try (Stream<TrialRecord> records = store.trials(plan.runId(), ResultStore.Projection.FIGURES)) {
            records.forEach(record -> there.add(record.key()));
        }
        Map<TrialKey, Trial> wanted = new HashMap<>();
        plan.trials().forEach(trial -> wanted.put(trial.key(), trial));
        there.forEach(wanted::remove);
        if (!wanted.isEmpty()) {
            copy(wanted);
        }
        return wanted.size();
    }

    private void copy(Map<TrialKey, Trial> wanted) {
        ResultStore.Pending last = () -> {};
        String source = plan.regradedFrom().orElseThrow();
        try (Stream<TrialRecord> records = store.trials(source, ResultStore.Projection.FULL)) {
            for (TrialRecord record : (Iterable<TrialRecord>) records::iterator) {
                Trial now = wanted.get(record.key());
                if (now != null && record.trial().completionFingerprint().equals(now.completionFingerprint())) {
                    last = store.recordSoon(copied(record, now), Optional.empty(), Optional.empty());
                    wanted.remove(record.key());
                }
            }
        }
        last.await();
    }

    /** A failed trial stays failed; a grade stays unless it is to be made again, or would now mean something else. */
    private TrialRecord copied(TrialRecord record, Trial now) {
        boolean kept = record.outcome() instanceof Outcome.Failed
                || record.outcome() instanceof Outcome.Scored
                        && !plan.regradedTasks().contains(now.key().task())
                        && record.trial().gradeFingerprint().equals(now.gradeFingerprint());
        Outcome outcome = kept
                ? record.outcome()
                : new Outcome.Completed(record.completion().orElseThrow());
        return new TrialRecord(
                plan.runId(),
                now,
                outcome,
                record.attempts(),
                record.waste(),
                record.startedAt(),
                record.finishedAt(),
                record.quarantined());
    }
}
