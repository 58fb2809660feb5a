package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ReasoningTest {
    private static final String PROMPT = "question number 7.";

    @RegisterExtension
    static final SimulatorExtension SIMULATOR = SimulatorExtension.of(Scripts.script());

    private final ApiClient client = new ApiClient(SIMULATOR.baseUri());

    @Test
    void effortScalesTheThinking() {
        long low = thinking(body -> body.putObject("reasoning").put("effort", "low"));
        long medium = thinking(body -> body.putObject("reasoning").put("enabled", true));
        long high = thinking(body -> body.put("reasoning_effort", "high"));
        assertThat(low).isPositive().isLessThan(medium);
        assertThat(medium).isLessThan(high).isEqualTo(thinking(body -> {}));
    }

    @Test
    void unsupportedEffortIsMappedToTheNearestOne() {
        assertThat(thinking(body -> body.put("reasoning_effort", "minimal")))
                .isEqualTo(thinking(body -> body.put("reasoning_effort", "low")));
    }

    @Test
    void unsupportedEffortCanBeRefused() {
        SimulatorScript script = Scripts.only(Scripts.thinker().rejectsOtherEfforts(true));
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(script))) {
            ApiClient strict = new ApiClient(simulator.baseUri());
            HttpResponse<String> refused =
                    strict.post(ApiClient.body(Scripts.THINKER, "sum", body -> body.put("reasoning_effort", "xhigh")));
            assertThat(refused.statusCode()).isEqualTo(400);
            JsonNode error = ApiClient.json(refused).path("error");
            assertThat(error.path("message").asString()).isEqualTo("Provider returned error");
            JsonNode raw = ApiClient.MAPPER.readTree(error.at("/metadata/raw").stringValue());
            assertThat(raw.at("/error/code").asString()).isEqualTo("unsupported_value");
            assertThat(raw.at("/error/message").asString()).contains("'xhigh'", "high, medium, low");
            strict.complete(ApiClient.body(Scripts.THINKER, "sum", body -> body.put("reasoning_effort", "low")));
            strict.complete(ApiClient.body(Scripts.THINKER, "sum"));
        }
    }

    @Test
    void optionalThinkingCanBeSwitchedOff() {
        assertThat(thinking(body -> body.putObject("reasoning").put("effort", "none")))
                .isZero();
        JsonNode completion =
                complete(Scripts.THINKER, body -> body.putObject("reasoning").put("enabled", false));
        assertThat(ApiClient.reasoning(completion)).isZero();
        assertThat(completion.at("/choices/0/message/reasoning").isNull()).isTrue();
    }

    @Test
    void mandatoryThinkingCannotBeSwitchedOff() {
        for (String reasoning : new String[] {
            "\"reasoning\":{\"effort\":\"none\"}", "\"reasoning\":{\"enabled\":false}", "\"include_reasoning\":false"
        }) {
            HttpResponse<String> response = client.post("{\"model\":\"" + Scripts.ALWAYS
                    + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + reasoning + "}");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(ApiClient.json(response).at("/error/message").asString())
                    .isEqualTo("Reasoning is mandatory for this endpoint and cannot be disabled.");
        }
    }

    @Test
    void excludeHidesTheTextAndKeepsTheCount() {
        JsonNode shown = complete(Scripts.THINKER, body -> {});
        JsonNode hidden =
                complete(Scripts.THINKER, body -> body.putObject("reasoning").put("exclude", true));
        assertThat(hidden.path("usage")).isEqualTo(shown.path("usage"));
        assertThat(shown.at("/choices/0/message/reasoning").asString()).isNotEmpty();
        assertThat(hidden.at("/choices/0/message/reasoning").isNull()).isTrue();
        assertThat(hidden.at("/choices/0/message/reasoning_details").isMissingNode())
                .isTrue();
        assertThat(ApiClient.content(hidden)).isEqualTo(ApiClient.content(shown));
    }

    @Test
    void textIsFourCharactersATokenAndASummaryComesWithAnEncryptedBlock() {
        JsonNode text = complete(Scripts.THINKER, body -> {});
        assertThat(text.at("/choices/0/message/reasoning").asString())
                .hasSize((int) ApiClient.reasoning(text) * 4)
                .isEqualTo(
                        text.at("/choices/0/message/reasoning_details/0/text").asString());
        JsonNode summary = complete(Scripts.ALWAYS, body -> {});
        JsonNode details = summary.at("/choices/0/message/reasoning_details");
        assertThat(details.path(0).path("type").asString()).isEqualTo("reasoning.summary");
        assertThat(details.path(1).path("type").asString()).isEqualTo("reasoning.encrypted");
        assertThat(summary.at("/choices/0/message/reasoning").asString().length())
                .isLessThan((int) ApiClient.reasoning(summary) * 4);
    }

    @Test
    void countsComeInStepsOfTheGranularity() {
        for (int i = 0; i < 10; i++) {
            int number = i;
            JsonNode completion = client.complete(ApiClient.body(Scripts.ALWAYS, "question number " + number + "."));
            assertThat(ApiClient.reasoning(completion)).isPositive();
            assertThat(ApiClient.reasoning(completion) % 64).isZero();
        }
    }

    @Test
    void budgetLimitsTheThinking() {
        assertThat(thinking(body -> body.putObject("reasoning").put("max_tokens", 100)))
                .isEqualTo(100);
    }

    @Test
    void thinkingThatUsesUpTheLimitLeavesNoContent() {
        JsonNode completion = complete(Scripts.ALWAYS, body -> body.put("max_tokens", 100));
        assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(completion.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(completion.at("/usage/completion_tokens").asLong()).isEqualTo(64);
        assertThat(ApiClient.reasoning(completion)).isEqualTo(64);
    }

    @Test
    void limitCutsTheAnswer() {
        JsonNode completion = client.complete(
                ApiClient.body(Scripts.PLAIN, "the modulus please", body -> body.put("max_completion_tokens", 3)));
        assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(ApiClient.content(completion)).isEqualTo("We start fro");
        assertThat(completion.at("/usage/completion_tokens").asLong()).isEqualTo(3);
    }

    @Test
    void truncationFillsTheLimitWithThinkingOrCutsTheAnswer() {
        SimulatorScript script = SimulatorScript.builder()
                .sample("sum", "sum", "math", "Final answer: 42", "Final answer: 41")
                .model(Scripts.thinker().truncationProbability(1).build())
                .model(ModelProfile.builder(Scripts.PLAIN)
                        .accuracy(1)
                        .truncationProbability(1)
                        .build())
                .build();
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(script))) {
            ApiClient other = new ApiClient(simulator.baseUri());
            JsonNode thought =
                    other.complete(ApiClient.body(Scripts.THINKER, "sum", body -> body.put("max_tokens", 9000)));
            assertThat(thought.at("/choices/0/finish_reason").asString()).isEqualTo("length");
            assertThat(thought.at("/choices/0/message/content").isNull()).isTrue();
            assertThat(ApiClient.reasoning(thought)).isEqualTo(9000);
            JsonNode plain = other.complete(ApiClient.body(Scripts.PLAIN, "sum"));
            assertThat(plain.at("/choices/0/finish_reason").asString()).isEqualTo("length");
            assertThat(ApiClient.content(plain)).isEqualTo("Final an");
        }
    }

    @Test
    void plainModelsIgnoreReasoningParameters() {
        JsonNode completion =
                complete(Scripts.PLAIN, body -> body.putObject("reasoning").put("effort", "high"));
        assertThat(completion
                        .at("/usage/completion_tokens_details/reasoning_tokens")
                        .isNumber())
                .isTrue();
        assertThat(ApiClient.reasoning(completion)).isZero();
    }

    private long thinking(Consumer<ObjectNode> more) {
        return ApiClient.reasoning(complete(Scripts.THINKER, more));
    }

    private JsonNode complete(String model, Consumer<ObjectNode> more) {
        return client.complete(ApiClient.body(model, PROMPT, more));
    }
}
