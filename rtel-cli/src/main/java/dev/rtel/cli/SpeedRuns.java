package dev.rtel.cli;

import dev.rtel.analysis.SpeedSummary;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs that measured speed: known by a fact in their plan, and never taken for the latest run of problems. */
final class SpeedRuns {
    /** Fact in a plan's details, with {@link #SPEED} as value. */
    static final String KIND = "kind";

    static final String SPEED = "speed";

    private SpeedRuns() {}

    static boolean measured(RunPlan plan) {
        return SPEED.equals(plan.details().get(KIND));
    }

    /** The speed of each model of a run by entry name: from the newest finished speed run that has it. */
    static Map<String, Leaderboard.Speed> of(ResultStore store, RunPlan plan) {
        Map<String, Leaderboard.Speed> speeds = new LinkedHashMap<>();
        for (StoredRun run : store.runs()) {
            if (measured(run.plan())
                    && run.state() == RunState.FINISHED
                    && run.plan().simulated() == plan.simulated()) {
                add(store, run.plan(), plan, speeds);
            }
        }
        return speeds;
    }

    private static void add(ResultStore store, RunPlan measured, RunPlan plan, Map<String, Leaderboard.Speed> speeds) {
        List<PlannedModel> open = plan.models().stream()
                .filter(model -> !speeds.containsKey(model.name())
                        && measured.models().stream().anyMatch(other -> alike(other, model)))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        Map<String, SpeedSummary> found = summaries(store, measured);
        for (PlannedModel model : open) {
            measured.models().stream()
                    .filter(other -> alike(other, model))
                    .findFirst()
                    .map(other -> Objects.requireNonNull(found.get(other.name())))
                    .flatMap(summary -> summary.forBoard(measured.runId()))
                    .ifPresent(speed -> speeds.put(model.name(), speed));
        }
    }

    static Map<String, SpeedSummary> summaries(ResultStore store, RunPlan plan) {
        List<TrialRecord> records;
        try (Stream<TrialRecord> stream = store.trials(plan.runId(), ResultStore.Projection.WITHOUT_RAW)) {
            records = stream.toList();
        }
        Map<String, SpeedSummary> summaries = new LinkedHashMap<>();
        for (PlannedModel model : plan.models()) {
            summaries.put(
                    model.name(),
                    SpeedSummary.ofTrials(records.stream()
                            .filter(record -> record.key().model().equals(model.name()))
                            .toList()));
        }
        return summaries;
    }

    /** The same model behind the same client, and not another provider's than the one that was measured. */
    private static boolean alike(PlannedModel measured, PlannedModel model) {
        @Nullable Object pinned = model.routing().get("only");
        return measured.id().equals(model.id())
                && measured.identity().equals(model.identity())
                && (pinned == null || pinned.equals(measured.routing().get("only")));
    }
}
