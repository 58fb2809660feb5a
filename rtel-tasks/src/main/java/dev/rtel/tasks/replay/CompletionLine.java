package dev.rtel.tasks.replay;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.TrialKey;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Place;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of a completions file: a trial's answer, what was asked of whom, and the role calls of its grading. */
record CompletionLine(
        Place place,
        TrialKey key,
        Optional<String> modelId,
        Optional<Map<String, @Nullable Object>> params,
        Optional<Map<String, @Nullable Object>> routing,
        Optional<String> client,
        Optional<Boolean> simulated,
        RecordedReply reply,
        List<RoleCall> calls) {

    /** One recorded call of a role, in the order they were made. */
    record RoleCall(String role, Optional<String> modelId, Map<String, @Nullable Object> params, RecordedReply reply) {}

    /**
     * Reads a line.
     *
     * @throws dev.rtel.config.ConfigException with file, line and key of what is wrong
     */
    static CompletionLine read(String file, int number, String line) {
        Problems problems = new Problems();
        Fields fields = new Fields(DocumentReader.jsonLine(file, number, line), problems);
        Optional<String> model = fields.requiredText("model");
        Optional<String> task = fields.requiredText("task");
        Optional<String> sample = fields.requiredText("sample");
        Fields told = fields.withoutNulls();
        int epoch = told.wholeNumber("epoch", 1).orElse(1);
        Optional<String> id = told.text("model_id");
        Optional<Map<String, @Nullable Object>> params = told.fields("params").map(f -> SourceNode.plain(f.group()));
        Optional<Map<String, @Nullable Object>> routing = told.fields("routing").map(f -> SourceNode.plain(f.group()));
        Optional<String> client = told.text("client");
        Optional<Boolean> simulated = told.bool("simulated");
        RecordedReply reply = RecordedReply.read(fields, line, new RawText.Path("/raw"));
        List<RoleCall> calls = calls(told, line);
        problems.throwIfAny();
        if (!fields.has("text") && !fields.has("raw")) {
            // a misspelt key must not become a wrong answer
            throw new ConfigException(fields.place()
                    .say("neither 'text' nor 'raw' is there, expected the reply's text (null if it had none) or the"
                            + " provider's JSON under 'raw'"));
        }
        return new CompletionLine(
                fields.place(),
                new TrialKey(model.orElseThrow(), task.orElseThrow(), sample.orElseThrow(), epoch),
                id,
                params,
                routing,
                client,
                simulated,
                reply,
                calls);
    }

    private static List<RoleCall> calls(Fields line, String text) {
        List<RoleCall> calls = new ArrayList<>();
        List<SourceNode> nodes = line.items("judge", "a list of role calls");
        for (int i = 0; i < nodes.size(); i++) {
            RawText.Path raw = new RawText.Path("/judge/" + i + "/raw");
            line.fields(nodes.get(i), "a role call: {role, model, text, …}").ifPresent(call -> {
                Fields told = call.withoutNulls();
                calls.add(new RoleCall(
                        told.text("role").orElse("judge"),
                        told.text("model"),
                        told.plain("params"),
                        RecordedReply.read(call, text, raw)));
            });
        }
        return List.copyOf(calls);
    }
}
