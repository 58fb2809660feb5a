package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    /** Fact in the details of a run that grades another run's completions again: the id of that run. */
    public static final String REGRADED_FROM = "regraded_from";

    /** Fact beside it: the tasks of which every completion is graded again. */
    public static final String REGRADED_TASKS = "regraded_tasks";

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

    /** Returns the run whose completions this one grades again; empty for a run that buys its own. */
    public Optional<String> regradedFrom() {
        return details.get(REGRADED_FROM) instanceof String source ? Optional.of(source) : Optional.empty();
    }

    /** Returns the tasks of which every completion is graded again; others keep their grade while it means the same. */
    public Set<String> regradedTasks() {
        return details.get(REGRADED_TASKS) instanceof List<?> names
                ? names.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** The same as a run that takes its completions from another one. */
    public RunPlan regrading(String id, String source, Collection<String> again) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(details);
        facts.put(REGRADED_FROM, source);
        facts.put(REGRADED_TASKS, again.stream().sorted().toList());
        return new RunPlan(id, roster, createdAt, simulated, epochs, models, roles, tasks, trials, facts);
    }

    /** Finds a trial by key. */
    public Optional<Trial> trial(TrialKey key) {
        return trials.stream().filter(t -> t.key().equals(key)).findFirst();
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
