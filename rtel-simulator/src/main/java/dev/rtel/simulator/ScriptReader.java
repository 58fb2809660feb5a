package dev.rtel.simulator;

import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        readEndpoints(fields, model);
        fields.count("context_length").ifPresent(model::contextLength);
        fields.count("max_completion_tokens").ifPresent(model::maxCompletionTokens);
        readBehaviour(fields, model);
        readShape(fields, model);
        model.latency(
                Duration.ofMillis(fields.count("latency_ms").orElse(0L)),
                Duration.ofMillis(fields.count("latency_spread_ms").orElse(0L)));
        model.pacing(pacing(fields));
        fields.decimal("byok_fee")
                .ifPresent(fee ->
                        model.byok(fee, fields.flag("byok_upstream_shown").orElse(true)));
        fields.flag("judge").ifPresent(model::judge);
        return checked(fields.place(), model::build);
    }

    private static void readEndpoints(Fields fields, ModelProfile.Builder model) {
        fields.text("provider_name").ifPresent(model::providerName);
        fields.text("provider_tag").ifPresent(model::providerTag);
        fields.text("quantization").ifPresent(model::quantization);
        Optional<BigDecimal> promptPrice = fields.decimal("prompt_price");
        Optional<BigDecimal> completionPrice = fields.decimal("completion_price");
        promptPrice.ifPresent(model::promptPrice);
        completionPrice.ifPresent(model::completionPrice);
        forEach(fields, "endpoints", item -> {
            String name = item.requiredText("provider_name");
            String tag = item.requiredText("tag");
            String quantization = item.text("quantization").orElse(Endpoint.UNKNOWN_QUANTIZATION);
            BigDecimal prompt = price(item, "prompt_price", promptPrice);
            BigDecimal completion = price(item, "completion_price", completionPrice);
            model.endpoint(checked(item.place(), () -> new Endpoint(name, tag, quantization, prompt, completion)));
        });
    }

    /** Reads the price of an endpoint; where it has none, the model's own is meant. */
    private static BigDecimal price(Fields endpoint, String name, Optional<BigDecimal> ofModel) {
        return endpoint.decimal(name)
                .or(() -> ofModel)
                .orElseThrow(() -> new ScriptException(
                        endpoint.place() + "." + name + " is missing, and the model has none either"));
    }

    private static void readBehaviour(Fields fields, ModelProfile.Builder model) {
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
        fields.texts("supported_efforts")
                .ifPresent(words -> model.supportedEfforts(words.stream()
                        .map(word -> Fields.word(word, Effort.class, fields.place() + ".supported_efforts"))
                        .toList()));
        fields.flag("rejects_other_efforts").ifPresent(model::rejectsOtherEfforts);
        fields.number("verbosity").ifPresent(model::verbosity);
        fields.number("truncation_probability").ifPresent(model::truncationProbability);
    }

    private static void readShape(Fields fields, ModelProfile.Builder model) {
        fields.word("usage_shape", UsageShape.class).ifPresent(model::shape);
        fields.word("usage_chunk", UsageChunk.class).ifPresent(model::shape);
        fields.word("content_shape", ContentShape.class).ifPresent(model::shape);
        fields.word("finish_shape", FinishShape.class).ifPresent(model::shape);
        fields.word("reasoning_text", ReasoningText.class).ifPresent(model::shape);
        fields.word("model_echo", ModelEcho.class).ifPresent(model::shape);
        ReplyShape usual = ReplyShape.WELL_BEHAVED;
        int padding = fields.smallCount("padding_blocks").orElse(usual.paddingBlocks());
        int before = fields.smallCount("comments_before").orElse(usual.commentsBefore());
        int between = fields.smallCount("comments_between").orElse(usual.commentsBetween());
        checked(fields.place(), () -> model.padding(padding).comments(before, between));
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
            Fields item = new Fields(items.get(i), root.at(name) + "[" + i + "]");
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
