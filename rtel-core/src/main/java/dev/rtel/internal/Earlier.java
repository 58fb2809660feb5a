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
import java.util.stream.Stream;

/** What earlier sessions of a run left: finished trials, completions to grade, attempts. */
final class Earlier {
    /** Stands for the failed attempts of the run that the completions were taken from. */
    private static final String TAKEN_OVER = "taken-over";

    private final Set<TrialKey> finished = new HashSet<>();
    private final Map<TrialKey, TrialRecord> completed = new HashMap<>();
    private final Map<TrialKey, Map<String, Waste>> failed = new HashMap<>();
    private final Map<TrialKey, Integer> attempts = new HashMap<>();
    private final Map<TrialKey, Map<String, Integer>> roleAttempts = new HashMap<>();
    private final List<Attempt> unknown = new ArrayList<>();

    private final boolean regrade;

    private Earlier(boolean regrade) {
        this.regrade = regrade;
    }

    /** Told of each trial that needs nothing more. */
    interface Done {
        /**
         * Takes a finished trial.
         *
         * @param rolesAsked whether this run itself made attempts at its grading
         */
        void accept(TrialRecord record, boolean rolesAsked);
    }

    /** Reads what is stored for the plan's run. */
    static Earlier read(ResultStore store, RunPlan plan, Done done) {
        var earlier = new Earlier(plan.regradedFrom().isPresent());
        if (store.run(plan.runId()).isEmpty()) {
            return earlier;
        }
        earlier.attempts(store.attempts(plan.runId()));
        Map<TrialKey, Trial> planned = new HashMap<>();
        plan.trials().forEach(t -> planned.put(t.key(), t));
        Set<TrialKey> reusable = new HashSet<>();
        try (Stream<TrialRecord> records = store.trials(plan.runId(), ResultStore.Projection.WITHOUT_RAW)) {
            records.forEach(record -> {
                Trial now = planned.get(record.key());
                if (now != null && earlier.finished(record, now)) {
                    earlier.finished.add(record.key());
                    done.accept(record, earlier.roleAttempts.containsKey(record.key()));
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
                        .forEach(r -> earlier.keep(r, planned.getOrDefault(r.key(), r.trial())));
            }
        }
        return earlier;
    }

    private void attempts(List<Attempt> made) {
        for (Attempt attempt : made) {
            boolean contestant = attempt.role().equals(Attempt.CONTESTANT);
            if (contestant) {
                attempts.merge(attempt.trial(), 1, Integer::sum);
            } else {
                roleAttempts
                        .computeIfAbsent(attempt.trial(), key -> new HashMap<>())
                        .merge(attempt.role(), 1, Integer::sum);
            }
            if (attempt.outcomeUnknown()) {
                unknown.add(attempt);
            }
            boolean answered =
                    attempt.end().isPresent() && attempt.end().get().failure().isEmpty();
            if (contestant && !answered) {
                failed.computeIfAbsent(attempt.trial(), key -> new LinkedHashMap<>())
                        .put(attempt.id(), waste(attempt));
            }
        }
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

    private boolean finished(TrialRecord record, Trial now) {
        if (record.outcome() instanceof Outcome.Failed) {
            return regrade;
        }
        return record.outcome() instanceof Outcome.Scored && sameAnswer(record, now) && sameGrade(record, now);
    }

    private static boolean sameAnswer(TrialRecord record, Trial now) {
        return record.trial().completionFingerprint().equals(now.completionFingerprint());
    }

    private static boolean sameGrade(TrialRecord record, Trial now) {
        return record.trial().gradeFingerprint().equals(now.gradeFingerprint());
    }

    private void keep(TrialRecord record, Trial now) {
        if (regrade) {
            failed.put(record.key(), Map.of(TAKEN_OVER, record.waste()));
        }
        RoleUsage paid = record.outcome() instanceof Outcome.Completed c && sameGrade(record, now)
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
    List<Trial> pending(RunPlan plan) {
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
