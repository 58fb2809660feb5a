package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run will do, fixed before the first call.
 *
 * @param runId unique id, e.g. {@code 20261120T140211Z-current-7f3a}
 * @param roster name of the roster
 * @param createdAt launch time
 * @param simulated whether any trial is answered by a simulator
 * @param epochs repeats
 * @param models the contestants, in roster order
 * @param roles bound roles by name
 * @param tasks in order given
 * @param trials in the order to run; never empty
 * @param details plain data for {@code run.json}: command, versions, limits
 */
public record RunPlan(
        String runId,
        String roster,
        Instant createdAt,
        boolean simulated,
        int epochs,
        List<PlannedModel> models,
        Map<String, PlannedModel> roles,
        List<PlannedTask> tasks,
        List<Trial> trials,
        Map<String, @Nullable Object> details) {
    /** Copies all collections, order kept. */
    public RunPlan(
            String runId,
            String roster,
            Instant createdAt,
            boolean simulated,
            int epochs,
            List<PlannedModel> models,
            Map<String, PlannedModel> roles,
            List<PlannedTask> tasks,
            List<Trial> trials,
            Map<String, @Nullable Object> details) {
        models = List.copyOf(models);
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        tasks = List.copyOf(tasks);
        trials = List.copyOf(trials);
        details = PlainData.copyOf(details);
        this.runId = runId;
        this.roster = roster;
        this.createdAt = createdAt;
        this.simulated = simulated;
        this.epochs = epochs;
        this.models = models;
        this.roles = roles;
        this.tasks = tasks;
        this.trials = trials;
        this.details = details;
    }

    /** Returns the number of distinct samples over all tasks. */
    public int sampleCount() {
        return (int) trials.stream()
                .map(t -> Map.entry(t.key().task(), t.key().sample()))
                .distinct()
                .count();
    }

    /** {@code 6 models x 20 samples (4 tasks) x 1 epoch = 120 trials}. */
    public String summary() {
        return count(models.size(), "model") + " x " + count(sampleCount(), "sample") + " ("
                + count(tasks.size(), "task") + ") x " + count(epochs, "epoch") + " = "
                + count(trials.size(), "trial");
    }

    /** Finds a trial by key. */
    public Optional<Trial> trial(TrialKey key) {
        return trials.stream().filter(t -> t.key().equals(key)).findFirst();
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
