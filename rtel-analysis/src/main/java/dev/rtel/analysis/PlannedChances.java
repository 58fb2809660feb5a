package dev.rtel.analysis;

import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The chance level of every planned sample; a twin that was not planned is not waited for, so it needs no luck. */
final class PlannedChances {
    private record Place(String runId, String task, String sample) {}

    private final Map<Place, OptionalDouble> chances = new HashMap<>();

    private PlannedChances() {}

    static PlannedChances of(Collection<RunPlan> plans) {
        var found = new PlannedChances();
        for (RunPlan plan : plans) {
            Map<String, Map<String, Sample>> samples = new HashMap<>();
            for (Trial trial : plan.trials()) {
                samples.computeIfAbsent(trial.key().task(), task -> new LinkedHashMap<>())
                        .putIfAbsent(trial.key().sample(), trial.sample());
            }
            for (PlannedTask task : plan.tasks()) {
                ChanceLevel.of(
                                samples.getOrDefault(task.name(), Map.of()).values(),
                                task.grader().provider())
                        .forEach((id, chance) -> found.chances.put(new Place(plan.runId(), task.name(), id), chance));
            }
        }
        return found;
    }

    /** The accuracy that guessing reaches on these; empty when there are none, or one of them is unknown. */
    OptionalDouble mean(List<TrialRecord> counted) {
        double[] known = counted.stream()
                .map(r -> chances.getOrDefault(
                        new Place(r.runId(), r.key().task(), r.key().sample()), OptionalDouble.empty()))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        return known.length < counted.size() ? OptionalDouble.empty() : CompensatedSum.mean(known);
    }
}
