package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Waste;
import dev.rtel.spi.ResultStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What earlier sessions of a run left: finished trials, completions to grade, attempts. */
final class Earlier {
    private final Set<TrialKey> finished = new HashSet<>();
    private final Map<TrialKey, TrialRecord> completed = new HashMap<>();
    private final Map<TrialKey, Map<String, Waste>> failed = new HashMap<>();
    private final Map<TrialKey, Integer> attempts = new HashMap<>();
    private final Map<TrialKey, Map<String, Integer>> roleAttempts = new HashMap<>();
    private final List<Attempt> unknown = new ArrayList<>();

    private Earlier() {}

    /**
     * Reads what is stored for the plan's run.
     *
     * @param regrade whether every completion is graded again, and none bought
     * @param done told of each trial that needs nothing more
     */
    static Earlier read(ResultStore store, RunPlan plan, boolean regrade, Consumer<TrialRecord> done) {
        var earlier = new Earlier();
        if (store.run(plan.runId()).isEmpty()) {
            return earlier;
        }
        Map<TrialKey, Trial> planned = new HashMap<>();
        plan.trials().forEach(t -> planned.put(t.key(), t));
        Set<TrialKey> reusable = new HashSet<>();
        try (Stream<TrialRecord> records = store.trials(plan.runId(), ResultStore.Projection.WITHOUT_RAW)) {
            records.forEach(record -> {
                Trial now = planned.get(record.key());
                if (now != null && earlier.finished(record, now, regrade)) {
                    earlier.finished.add(record.key());
                    done.accept(record);
                } else if (now != null
                        && sameAnswer(record, now)
                        && record.completion().isPresent()) {
                    reusable.add(record.key());
                }
            });
        }
        if (!reusable.isEmpty()) {
            // a second pass, so that verbatim replies are read only where they are written back
            try (Stream<TrialRecord> records = store.trials(plan.runId(), ResultStore.Projection.FULL)) {
                records.filter(r -> reusable.contains(r.key()))
                        .forEach(r -> earlier.keep(r, planned.getOrDefault(r.key(), r.trial()), regrade));
            }
        }
        for (Attempt attempt : store.attempts(plan.runId())) {
            boolean contestant = attempt.role().equals(Attempt.CONTESTANT);
            if (contestant) {
                earlier.attempts.merge(attempt.trial(), 1, Integer::sum);
            } else {
                earlier.roleAttempts
                        .computeIfAbsent(attempt.trial(), key -> new HashMap<>())
                        .merge(attempt.role(), 1, Integer::sum);
            }
            if (attempt.outcomeUnknown()) {
                earlier.unknown.add(attempt);
            }
            boolean answered =
                    attempt.end().isPresent() && attempt.end().get().failure().isEmpty();
            if (contestant && !answered) {
                earlier.failed
                        .computeIfAbsent(attempt.trial(), key -> new LinkedHashMap<>())
                        .put(attempt.id(), waste(attempt));
            }
        }
        return earlier;
    }

    static Waste waste(Attempt attempt) {
        return attempt.end().map(end -> new Waste(tokens(end), end.costUsd())).orElse(Waste.unknown());
    }

    private static OptionalLong tokens(Attempt.End end) {
        if (end.usage().get("total_tokens") instanceof Long total && total >= 0) {
            return OptionalLong.of(total);
        }
        boolean free = end.costUsd().filter(usd -> usd.signum() == 0).isPresent();
        return free && end.usage().isEmpty() ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private boolean finished(TrialRecord record, Trial now, boolean regrade) {
        if (record.outcome() instanceof Outcome.Failed) {
            return regrade;
        }
        return record.outcome() instanceof Outcome.Scored
                && !regrade
                && sameAnswer(record, now)
                && sameGrade(record, now);
    }

    private static boolean sameAnswer(TrialRecord record, Trial now) {
        return record.trial().completionFingerprint().equals(now.completionFingerprint());
    }

    private static boolean sameGrade(TrialRecord record, Trial now) {
        return record.trial().gradeFingerprint().equals(now.gradeFingerprint());
    }

    private void keep(TrialRecord record, Trial now, boolean regrade) {
        RoleUsage paid = record.outcome() instanceof Outcome.Completed c && sameGrade(record, now) && !regrade
                ? c.roleCalls()
                : RoleUsage.none();
        Completion completion = record.completion().orElseThrow();
        completed.put(
                record.key(),
                new TrialRecord(
                        record.runId(),
                        now,
                        new Outcome.Completed(completion, paid),
                        record.attempts(),
                        record.waste(),
                        record.startedAt(),
                        record.finishedAt(),
                        record.quarantined()));
    }

    /** The trials still to run, in plan order; when regrading, those with a completion. */
    List<Trial> pending(RunPlan plan, boolean regrade) {
        return plan.trials().stream()
                .filter(t -> regrade ? completed.containsKey(t.key()) : !finished.contains(t.key()))
                .toList();
    }

    Optional<TrialRecord> completed(Trial trial) {
        return Optional.ofNullable(completed.get(trial.key()));
    }

    int attempts(Trial trial) {
        return attempts.getOrDefault(trial.key(), 0);
    }

    /** Attempts at the trial's grading, by role. */
    Map<String, Integer> roleAttempts(Trial trial) {
        return roleAttempts.getOrDefault(trial.key(), Map.of());
    }

    /** What the contestant's failed attempts used, by attempt id; those that never ended are unknown. */
    Map<String, Waste> failedAttempts(Trial trial) {
        return failed.getOrDefault(trial.key(), Map.of());
    }

    List<Attempt> unknown() {
        return unknown;
    }
}
