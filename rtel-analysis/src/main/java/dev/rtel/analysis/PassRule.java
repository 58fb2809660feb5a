package dev.rtel.analysis;

import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a record passes, twins considered: two samples are twins when one names the other in {@code twin_of}, and
 * each passes only if both pass alone for the same run, model and epoch. A twin without a graded answer, or in
 * quarantine, does not pass, and so neither does the other. A twin that was never planned is not waited for: then the
 * sample is judged alone. Immutable, thread-safe.
 */
public final class PassRule {
    private record Place(String runId, TrialKey key) {}

    private record SampleName(String task, String sample) {}

    private final Map<SampleName, Set<String>> twins = new HashMap<>();
    private final Set<Place> planned = new HashSet<>();
    private final Set<Place> passed = new HashSet<>();

    private PassRule() {}

    /**
     * Prepares the rule.
     *
     * @param plans the runs, for which samples are twins and which trials exist
     * @param records what is known of their trials
     */
    public static PassRule of(Collection<RunPlan> plans, Collection<TrialRecord> records) {
        PassRule rule = new PassRule();
        for (RunPlan plan : plans) {
            for (Trial trial : plan.trials()) {
                rule.plan(plan.runId(), trial);
            }
        }
        for (TrialRecord record : records) {
            rule.plan(record.runId(), record.trial());
            if (record.passedAlone() && record.quarantined().isEmpty()) {
                rule.passed.add(new Place(record.runId(), record.key()));
            }
        }
        return rule;
    }

    private void plan(String runId, Trial trial) {
        TrialKey key = trial.key();
        planned.add(new Place(runId, key));
        trial.sample().twinOf().filter(t -> !t.equals(key.sample())).ifPresent(twin -> {
            pair(key.task(), key.sample(), twin);
            pair(key.task(), twin, key.sample());
        });
    }

    private void pair(String task, String sample, String twin) {
        twins.computeIfAbsent(new SampleName(task, sample), k -> new TreeSet<>())
                .add(twin);
    }

    /** Returns whether the record passes. */
    public boolean passed(TrialRecord record) {
        TrialKey key = record.key();
        return record.passedAlone()
                && twinsOf(key).stream()
                        .map(twin ->
                                new Place(record.runId(), new TrialKey(key.model(), key.task(), twin, key.epoch())))
                        .allMatch(twin -> !planned.contains(twin) || passed.contains(twin));
    }

    /** Returns whether a twin of the trial was not planned beside it, so that the trial is judged alone. */
    public boolean judgedAlone(TrialRecord record) {
        TrialKey key = record.key();
        return twinsOf(key).stream()
                .anyMatch(twin -> !planned.contains(
                        new Place(record.runId(), new TrialKey(key.model(), key.task(), twin, key.epoch()))));
    }

    /** Names the group of samples that pass or fail together: the first of the sample and its twins. */
    String group(TrialKey key) {
        Set<String> group = new TreeSet<>(Set.of(key.sample()));
        List<String> grown = List.of(key.sample());
        while (!grown.isEmpty()) {
            grown = grown.stream()
                    .flatMap(s -> twins.getOrDefault(new SampleName(key.task(), s), Set.of()).stream())
                    .filter(group::add)
                    .toList();
        }
        return key.task() + "\n" + group.iterator().next();
    }

    private Set<String> twinsOf(TrialKey key) {
        return twins.getOrDefault(new SampleName(key.task(), key.sample()), Set.of());
    }
}
