package dev.rtel.testkit;

import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Origin;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Submission;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import java.util.Map;
import java.util.OptionalInt;

/** Makes submissions out of a sample and a reply, as if the model {@code test-model} had answered in task {@code test-task}. */
public final class Submissions {
    private Submissions() {}

    /** A reply that ended by itself (finish reason {@code stop}). */
    public static Submission of(Sample sample, String text) {
        return of(sample, text, "stop");
    }

    /** A reply with this finish reason, e.g. {@code length} for one that was cut off. */
    public static Submission of(Sample sample, String text, String finishReason) {
        return of(
                sample,
                Completion.builder().text(text).finishReason(finishReason).build());
    }

    /** Any completion. */
    public static Submission of(Sample sample, Completion completion) {
        var model = new PlannedModel(
                "test-model",
                "test/test-model",
                ComponentSpec.of("scripted"),
                ComponentSpec.of("usage"),
                Map.of(),
                Map.of(),
                new Origin("scripted", true),
                OptionalInt.empty(),
                false,
                false);
        var task = new PlannedTask(
                "test-task", "1", "test", "test-task", "0".repeat(64), ComponentSpec.of("test-grader"), 1.0);
        var trial = new Trial(
                new TrialKey("test-model", "test-task", sample.id(), 1),
                model,
                task,
                sample,
                sample.input(),
                "c1:test",
                "g1:test");
        return new Submission(trial, completion);
    }
}
