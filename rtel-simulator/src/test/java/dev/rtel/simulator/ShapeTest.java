package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ShapeTest {
    private static final String DETAILS = "/completion_tokens_details";
    private static final String REASONING = DETAILS + "/reasoning_tokens";

    @ParameterizedTest
    @EnumSource(UsageShape.class)
    void everyUsageShapeBillsTheSame(UsageShape shape) {
        BillLine full = billed(UsageShape.FULL);
        BillLine line = billed(shape);
        assertThat(line.cost()).isEqualByComparingTo(full.cost());
        assertThat(line.reasoningTokens()).isEqualTo(full.reasoningTokens()).isPositive();
    }

    @Test
    void detailsCanBeAbsentOrNullAndTheCountNull() {
        assertThat(usage(UsageShape.DETAILS_ABSENT).has("completion_tokens_details"))
                .isFalse();
        assertThat(usage(UsageShape.DETAILS_NULL).at(DETAILS).isNull()).isTrue();
        assertThat(usage(UsageShape.REASONING_NULL).at(REASONING).isNull()).isTrue();
    }

    @Test
    void zeroCanComeWithText() {
        JsonNode completion =
                complete(Scripts.thinker().reasoningText(ReasoningText.NONE).usageShape(UsageShape.ZERO_WITH_TEXT));
        assertThat(completion.at("/usage" + REASONING).longValue()).isZero();
        assertThat(completion.at("/choices/0/message/reasoning").asString()).isNotEmpty();
    }

    @Test
    void reasoningCanExceedTheCompletion() {
        JsonNode usage = usage(UsageShape.REASONING_EXCEEDS);
        assertThat(usage.at(REASONING).longValue())
                .isEqualTo(usage.path("completion_tokens").longValue() + 1);
        assertThat(usage.path("total_tokens").longValue())
                .isEqualTo(usage.path("prompt_tokens").longValue()
                        + usage.path("completion_tokens").longValue());
    }

    @Test
    void additiveTotalCountsReasoningBesideTheCompletion() {
        JsonNode usage = usage(UsageShape.ADDITIVE_TOTAL);
        assertThat(usage.path("completion_tokens").longValue()).isEqualTo(4);
        assertThat(usage.path("total_tokens").longValue())
                .isEqualTo(usage.path("prompt_tokens").longValue()
                        + 4
                        + usage.at(REASONING).longValue());
    }

    @Test
    void costCanHaveAnExponentOrBeAbsent() {
        ModelProfile.Builder model = Scripts.thinker().usageShape(UsageShape.EXPONENT_COST);
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.only(model)))) {
            String text = new ApiClient(simulator.baseUri())
                    .post(ApiClient.body(Scripts.THINKER, "sum"))
                    .body();
            assertThat(text).containsPattern("\"cost\":[0-9.]+e-0[0-9],");
            assertThat(ApiClient.MAPPER.readTree(text).at("/usage/cost").decimalValue())
                    .isEqualByComparingTo(simulator.bill().totalCost());
        }
        assertThat(usage(UsageShape.COST_ABSENT).has("cost")).isFalse();
        assertThat(usage(UsageShape.COST_ABSENT).has("cost_details")).isFalse();
    }

    @Test
    void plainCostHasNoExponent() {
        ModelProfile.Builder model = Scripts.thinker().reasoning(ReasoningMode.NONE, 0);
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.only(model)))) {
            assertThat(new ApiClient(simulator.baseUri())
                            .post(ApiClient.body(Scripts.THINKER, "sum"))
                            .body())
                    .containsPattern("\"cost\":0\\.0000[0-9]+,");
        }
    }

    @Test
    void contentComesInEveryForm() {
        assertThat(message(ContentShape.STRING).path("content").asString()).isEqualTo("Final answer: 42");
        assertThat(message(ContentShape.NULL).path("content").isNull()).isTrue();
        assertThat(message(ContentShape.EMPTY).path("content").asString()).isEmpty();
        assertThat(message(ContentShape.ABSENT).has("content")).isFalse();
        JsonNode parts = message(ContentShape.PARTS).path("content");
        assertThat(parts.size()).isEqualTo(2);
        assertThat(parts.path(0).path("type").asString()).isEqualTo("text");
        assertThat(parts.path(0).path("text").asString()
                        + parts.path(1).path("text").asString())
                .isEqualTo("Final answer: 42");
    }

    @Test
    void usageCanBeMissing() {
        assertThat(complete(Scripts.thinker().usageShape(UsageShape.ABSENT)).has("usage"))
                .isFalse();
        assertThat(complete(Scripts.thinker().usageShape(UsageShape.ABSENT))
                        .at("/choices/0/finish_reason")
                        .asString())
                .isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource({
        "OF_ANSWER, stop",
        "STOP, stop",
        "LENGTH, length",
        "CONTENT_FILTER, content_filter",
        "TOOL_CALLS, tool_calls",
        "ERROR, error",
        "NULL, ",
        "UNKNOWN_WORD, tired"
    })
    void everyFinishReasonIsPossible(FinishShape shape, @Nullable String word) {
        ModelProfile.Builder model = Scripts.thinker().shape(shape);
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.only(model)))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            JsonNode completion = client.complete(ApiClient.body(Scripts.THINKER, "sum"));
            JsonNode choice = completion.path("choices").path(0);
            assertThat(choice.path("finish_reason").asString(null)).isEqualTo(word);
            assertThat(choice.has("finish_reason")).isTrue();
            assertThat(choice.at("/message/content").asString()).isEqualTo("Final answer: 42");
            assertThat(choice.path("message").has("tool_calls")).isEqualTo(shape == FinishShape.TOOL_CALLS);
            Sse stream = client.stream(ApiClient.body(Scripts.THINKER, "sum"));
            assertThat(stream.last().at("/choices/0/finish_reason").asString(null))
                    .isEqualTo(word);
            assertThat(stream.content()).isEqualTo("Final answer: 42");
            JsonNode record = ApiClient.json(
                    client.get("/generation?id=" + completion.path("id").asString()));
            assertThat(record.at("/data/finish_reason").asString(null)).isEqualTo(word);
        }
    }

    @Test
    void answerThatEndsWithAnErrorCostsNothing() {
        ModelProfile.Builder model = Scripts.thinker().shape(FinishShape.ERROR);
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.only(model)))) {
            JsonNode usage = new ApiClient(simulator.baseUri())
                    .complete(ApiClient.body(Scripts.THINKER, "sum"))
                    .path("usage");
            assertThat(usage.path("cost").decimalValue()).isZero();
            assertThat(usage.path("completion_tokens").longValue()).isPositive();
            assertThat(simulator.bill().totalCost()).isZero();
        }
    }

    @Test
    void replyNamesTheCanonicalTheRequestedOrAFallbackModel() {
        SimulatorScript script = Scripts.builder().build();
        assertThat(echoed(script, ModelEcho.CANONICAL).path("model").asString()).isEqualTo("acme/thinker-20260101");
        assertThat(echoed(script, ModelEcho.REQUESTED).path("model").asString()).isEqualTo(Scripts.THINKER);
        assertThat(echoed(script, ModelEcho.FALLBACK).path("model").asString()).isEqualTo("simulated/another-model");
    }

    @Test
    void fallbackModelAnswersAndIsBilled() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .fault(Fault.shape(ModelEcho.FALLBACK).onModel(Scripts.THINKER))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ObjectNode body = ApiClient.body(Scripts.THINKER, "the modulus please");
            body.putArray("models").add(Scripts.THINKER).add("acme/none").add(Scripts.PLAIN);
            JsonNode completion = new ApiClient(simulator.baseUri()).complete(body);
            assertThat(completion.path("model").asString()).isEqualTo(Scripts.PLAIN);
            assertThat(ApiClient.content(completion)).endsWith("507");
            BillLine line = simulator.bill().lines().get(0);
            assertThat(line.model()).isEqualTo(Scripts.PLAIN);
            assertThat(line.cost())
                    .isEqualByComparingTo(completion.at("/usage/cost").decimalValue());
        }
    }

    @Test
    void signatureComesWithoutText() {
        JsonNode message = complete(Scripts.thinker().reasoningText(ReasoningText.SIGNATURE))
                .at("/choices/0/message");
        assertThat(message.path("reasoning").isNull()).isTrue();
        assertThat(message.at("/reasoning_details/0/signature").asString()).isNotEmpty();
        assertThat(message.at("/reasoning_details/0").has("text")).isFalse();
    }

    @Test
    void profileCanPadItsReplies() {
        SimulatorScript script = Scripts.only(Scripts.thinker().padding(3));
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(script))) {
            assertThat(new ApiClient(simulator.baseUri())
                            .post(ApiClient.body(Scripts.THINKER, "sum"))
                            .body())
                    .startsWith("\n         \n".repeat(3) + "{");
        }
    }

    @Test
    void faultChangesTheShapeOfTheAttemptsThatItHits() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .fault(Fault.shape(ContentShape.PARTS, UsageShape.DETAILS_NULL).onAttempts(1))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            JsonNode first = client.complete(ApiClient.body(Scripts.THINKER, "question number 1."));
            assertThat(first.at("/choices/0/message/content").isArray()).isTrue();
            assertThat(first.at("/usage" + DETAILS).isNull()).isTrue();
            assertThat(first.at("/choices/0/message/reasoning").isString())
                    .as("what the fault does not name stays")
                    .isTrue();
            JsonNode second =
                    client.complete(ApiClient.body(Scripts.THINKER, "question number 1.", Map.of("rtel_attempt", "2")));
            assertThat(second.at("/choices/0/message/content").isString()).isTrue();
            assertThat(second.at("/usage" + REASONING).longValue()).isPositive();
        }
    }

    private static JsonNode echoed(SimulatorScript script, ModelEcho echo) {
        SimulatorConfig config =
                SimulatorConfig.builder(script).fault(Fault.shape(echo)).build();
        try (Simulator simulator = Simulator.start(config)) {
            return new ApiClient(simulator.baseUri()).complete(ApiClient.body(Scripts.THINKER, "hi"));
        }
    }

    private static JsonNode usage(UsageShape shape) {
        return complete(Scripts.thinker().usageShape(shape)).path("usage");
    }

    private static JsonNode message(ContentShape shape) {
        return complete(Scripts.thinker().contentShape(shape)).at("/choices/0/message");
    }

    private static JsonNode complete(ModelProfile.Builder model) {
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.only(model)))) {
            return new ApiClient(simulator.baseUri()).complete(ApiClient.body(Scripts.THINKER, "sum"));
        }
    }

    private static BillLine billed(UsageShape shape) {
        SimulatorScript script = Scripts.only(Scripts.thinker().usageShape(shape));
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(script))) {
            new ApiClient(simulator.baseUri()).complete(ApiClient.body(Scripts.THINKER, "sum"));
            return simulator.bill().lines().get(0);
        }
    }
}
