package dev.rtel.simulator;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a {@link SimulatorScript} from JSON; unknown keys are mistakes. */
final class ScriptReader {
    static final String ROOT = "the script";

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    SimulatorScript read(InputStream stream) {
        Fields root = new Fields(parse(stream), ROOT);
        SimulatorScript.Builder script = SimulatorScript.builder();
        forEach(root, "samples", item -> script.sample(sample(item)));
        forEach(root, "models", item -> script.model(model(item)));
        forEach(root, "judge_rules", item -> script.judgeRule(judgeRule(item)));
        root.text("default_judge_reply").ifPresent(script::defaultJudgeReply);
        root.rejectUnknown();
        return checked(ROOT, script::build);
    }

    private JsonNode parse(InputStream stream) {
        try {
            return mapper.readTree(stream);
        } catch (JacksonException e) {
            throw new ScriptException(
                    "not valid JSON at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    private static ScriptedSample sample(Fields fields) {
        String key = fields.requiredText("key");
        String promptContains = fields.requiredText("prompt_contains");
        String category = fields.text("category").orElse("");
        List<String> right = fields.requiredTexts("right");
        List<String> wrong = fields.requiredTexts("wrong");
        return checked(fields.place(), () -> new ScriptedSample(key, promptContains, category, right, wrong));
    }

    private static JudgeRule judgeRule(Fields fields) {
        List<String> contains = fields.requiredTexts("contains");
        String reply = fields.requiredText("reply");
        return checked(fields.place(), () -> new JudgeRule(contains, reply));
    }

    private static ModelProfile model(Fields fields) {
        ModelProfile.Builder model = ModelProfile.builder(fields.requiredText("id"));
        fields.text("canonical_slug").ifPresent(model::canonicalSlug);
        fields.text("provider_name").ifPresent(model::providerName);
        fields.text("provider_tag").ifPresent(model::providerTag);
        fields.decimal("prompt_price").ifPresent(model::promptPrice);
        fields.decimal("completion_price").ifPresent(model::completionPrice);
        fields.count("context_length").ifPresent(model::contextLength);
        fields.count("max_completion_tokens").ifPresent(model::maxCompletionTokens);
        fields.number("accuracy").ifPresent(model::accuracy);
        fields.find("accuracy_by_category").ifPresent(node -> {
            String place = fields.place() + ".accuracy_by_category";
            new Fields(node, place);
            node.properties()
                    .forEach(entry -> model.accuracy(
                            entry.getKey(), Fields.number(entry.getValue(), place + "." + entry.getKey())));
        });
        model.reasoning(
                fields.word("reasoning", ReasoningMode.class).orElse(ReasoningMode.NONE),
                fields.number("mean_reasoning_tokens").orElse(0.0));
        fields.smallCount("reasoning_granularity").ifPresent(model::reasoningGranularity);
        fields.word("reasoning_text", ReasoningText.class).ifPresent(model::reasoningText);
        fields.texts("supported_efforts")
                .ifPresent(words -> model.supportedEfforts(words.stream()
                        .map(word -> Fields.word(word, Effort.class, fields.place() + ".supported_efforts"))
                        .toList()));
        fields.number("verbosity").ifPresent(model::verbosity);
        fields.number("truncation_probability").ifPresent(model::truncationProbability);
        fields.word("usage_shape", UsageShape.class).ifPresent(model::usageShape);
        fields.word("content_shape", ContentShape.class).ifPresent(model::contentShape);
        model.latency(
                Duration.ofMillis(fields.count("latency_ms").orElse(0L)),
                Duration.ofMillis(fields.count("latency_spread_ms").orElse(0L)));
        fields.word("usage_chunk", UsageChunk.class).ifPresent(model::usageChunk);
        model.comments(
                fields.smallCount("comments_before").orElse(1),
                fields.smallCount("comments_between").orElse(0));
        model.pacing(pacing(fields));
        fields.flag("judge").ifPresent(model::judge);
        return checked(fields.place(), model::build);
    }

    private static Pacing pacing(Fields fields) {
        return checked(
                fields.place(),
                () -> new Pacing(
                        fields.count("first_reasoning_ms").map(Duration::ofMillis),
                        fields.count("first_content_ms").map(Duration::ofMillis),
                        fields.count("chunk_gap_ms").map(Duration::ofMillis)));
    }

    private static void forEach(Fields root, String name, Consumer<Fields> action) {
        List<JsonNode> items = root.items(name).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            Fields item = new Fields(items.get(i), name + "[" + i + "]");
            action.accept(item);
            item.rejectUnknown();
        }
    }

    private static <T> T checked(String place, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new ScriptException(place + ": " + e.getMessage(), e);
        }
    }
}
