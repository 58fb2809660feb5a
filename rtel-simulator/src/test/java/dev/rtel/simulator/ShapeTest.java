package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

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
