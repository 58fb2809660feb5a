package dev.rtel.internal;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Refuses to go on with a run whose trials would now ask something else. Added models, tasks and epochs are fine, so
 * is another grader: what is stored is then graded again.
 */
final class RunIdentity {
    private RunIdentity() {}

    /**
     * @param doing what cannot be done then, e.g. {@code resume}
     * @throws ConfigException naming each difference in a trial that both plans have
     */
    static void check(String doing, RunPlan stored, RunPlan now) {
        Map<TrialKey, Trial> before = new HashMap<>();
        stored.trials().forEach(t -> before.put(t.key(), t));
        Set<String> differences = new LinkedHashSet<>();
        for (Trial trial : now.trials()) {
            Trial old = before.get(trial.key());
            if (old != null && !old.completionFingerprint().equals(trial.completionFingerprint())) {
                differences.add(difference(old, trial));
            }
        }
        if (!differences.isEmpty()) {
            throw new ConfigException("cannot " + doing + " " + stored.runId() + ": it changed since it started: "
                    + String.join("; ", differences.stream().limit(5).toList())
                    + (differences.size() > 5 ? "; and " + (differences.size() - 5) + " more" : "")
                    + ". Start a new run, or " + doing + " with what it was started with.");
        }
    }

    private static String difference(Trial old, Trial now) {
        PlannedModel a = old.model();
        PlannedModel b = now.model();
        String model = "model '" + now.key().model() + "': ";
        if (!a.id().equals(b.id())) {
            return model + "id " + a.id() + " -> " + b.id();
        }
        if (!a.identity().equals(b.identity())) {
            return model + "client " + a.identity() + " -> " + b.identity();
        }
        if (!a.params().equals(b.params())) {
            return model + "params " + a.params() + " -> " + b.params();
        }
        if (!a.routing().equals(b.routing())) {
            return model + "provider " + a.routing() + " -> " + b.routing();
        }
        return "task '" + now.key().task() + "', sample '" + now.key().sample() + "': its messages";
    }
}
