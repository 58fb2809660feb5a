package dev.rtel.internal;

import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Origin;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Target;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Waste;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Trials and records for tests of the machinery. */
final class Records {
    private static final PlannedTask TASK =
            new PlannedTask("demo", "1", "demo", "demo", "0", ComponentSpec.of("exact"), 1);

    private Records() {}

    static PlannedModel model(String name, OptionalInt maxConcurrency) {
        return new PlannedModel(
                name,
                "lab/" + name,
                ComponentSpec.of("scripted"),
                ComponentSpec.of("usage"),
                Map.of(),
                Map.of(),
                new Origin("scripted", false),
                maxConcurrency,
                false,
                false);
    }

    static Trial trial(PlannedModel model, int n) {
        Sample sample = Sample.of("s" + n, "question " + n, Target.of("right"));
        return new Trial(
                new TrialKey(model.name(), TASK.name(), sample.id(), 1),
                model,
                TASK,
                sample,
                sample.input(),
                "c1:" + n,
                "g1:" + n);
    }

    static List<Trial> trials(int count) {
        PlannedModel model = model("thinker", OptionalInt.empty());
        return IntStream.rangeClosed(1, count).mapToObj(n -> trial(model, n)).toList();
    }

    static TrialRecord scored(Trial trial, TokenUsage usage) {
        return new TrialRecord(
                "run-1",
                trial,
                new Outcome.Scored(
                        Completion.builder().text("right").generationId("gen-1").build(),
                        usage,
                        Score.correct("right"),
                        RoleUsage.none()),
                1,
                Waste.none(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty());
    }
}
