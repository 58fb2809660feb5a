package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CompletionTest {
    @RegisterExtension
    final SimulatorExtension simulator = SimulatorExtension.of(Scripts.script());

    private ApiClient client() {
        return new ApiClient(simulator.baseUri());
    }

    @Test
    void usageAddsUpAndCostIsTokensTimesPrice() {
        for (int i = 0; i < 40; i++) {
            JsonNode usage = client().complete(ApiClient.body(Scripts.THINKER, "question number " + i + "."))
                    .path("usage");
            long prompt = usage.path("prompt_tokens").asLong();
            long completion = usage.path("completion_tokens").asLong();
            assertThat(usage.path("total_tokens").asLong()).isEqualTo(prompt + completion);
            assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asLong())
                    .isPositive()
                    .isLessThan(completion);
            BigDecimal promptCost = new BigDecimal("0.00000025").multiply(BigDecimal.valueOf(prompt));
            BigDecimal completionCost = new BigDecimal("0.000002").multiply(BigDecimal.valueOf(completion));
            assertThat(usage.at("/cost_details/upstream_inference_prompt_cost").decimalValue())
                    .isEqualByComparingTo(promptCost);
            assertThat(usage.at("/cost_details/upstream_inference_completions_cost")
                            .decimalValue())
                    .isEqualByComparingTo(completionCost);
            assertThat(usage.path("cost").decimalValue()).isEqualByComparingTo(promptCost.add(completionCost));
        }
    }

    @Test
    void headerCarriesTheIdOfTheBodyAndTheModelIsTheCanonicalSlug() {
        HttpResponse<String> response = client().post(ApiClient.body(Scripts.THINKER, "question number 1."));
        JsonNode body = ApiClient.json(response);
        assertThat(response.headers().firstValue("X-Generation-Id"))
                .hasValue(body.path("id").asString());
        assertThat(body.path("id").asString()).matches("gen-[0-9]+-[A-Za-z0-9]{20}");
        assertThat(body.path("object").asString()).isEqualTo("chat.completion");
        assertThat(body.path("model").asString()).isEqualTo("acme/thinker-20260101");
        assertThat(body.path("provider").asString()).isEqualTo("Acme Cloud");
        assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    }

    @Test
    void longestRecognisedTextWins() {
        assertThat(answer(Scripts.PLAIN, "the modulus please")).endsWith("Final answer: 507");
        assertThat(answer(Scripts.PLAIN, "the modulus of the sum please")).endsWith("Final answer: no");
    }

    @Test
    void fillerComesBeforeTheAnswer() {
        assertThat(answer(Scripts.PLAIN, "the modulus please"))
                .startsWith("We start from the given statement")
                .contains("\n\nFinal answer: 507");
    }

    @Test
    void unknownProblemGetsAnOrdinaryCompletion() {
        assertThat(answer(Scripts.PLAIN, "who is there?")).isEqualTo("I do not know this problem.");
    }

    @Test
    void onlyUserMessagesAreMatchedAndTextPartsAreJoined() {
        ObjectNode body = ApiClient.body(Scripts.PLAIN, "hello");
        body.withArray("messages").addObject().put("role", "system").put("content", "the modulus please");
        assertThat(ApiClient.content(client().complete(body))).isEqualTo(SimulatorScript.UNKNOWN_PROBLEM_REPLY);
        ObjectNode message = body.withArray("messages").addObject().put("role", "user");
        message.putArray("content").addObject().put("type", "text").put("text", "the mod");
        message.withArray("content").addObject().put("type", "text").put("text", "ulus");
        assertThat(ApiClient.content(client().complete(body))).endsWith("507");
    }

    @Test
    void canonicalSlugIsAcceptedAsModel() {
        assertThat(answer("acme/thinker-20260101", "question number 3.")).endsWith(" 3");
    }

    @Test
    void judgesAnswerByTheFirstRuleThatApplies() {
        assertThat(answer(Scripts.JUDGE, "rubric: … candidate: 507")).isEqualTo("PASS");
        assertThat(answer(Scripts.JUDGE, "rubric: … candidate: 508")).isEqualTo("FAIL");
        assertThat(answer(Scripts.JUDGE, "candidate: 507")).isEqualTo("UNCLEAR");
    }

    @Test
    void shareOfRightAnswersFollowsTheAccuracy() {
        int right = 0;
        for (int epoch = 1; epoch <= 5; epoch++) {
            for (int i = 0; i < 40; i++) {
                ObjectNode body =
                        ApiClient.body(Scripts.THINKER, "question number " + i + ".", Map.of("rtel_epoch", "" + epoch));
                right += ApiClient.content(client().complete(body)).matches("(right|correct) .*") ? 1 : 0;
            }
        }
        assertThat(right).isBetween(120, 160);
    }

    @Test
    void repliesDependOnTheKeyAndNotOnTheOrderOfArrivalOrTheAttempt() {
        List<String> forwards = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            forwards.add(reply(i, "1", "1"));
        }
        try (Simulator other = Simulator.start(SimulatorConfig.of(Scripts.script()))) {
            ApiClient client = new ApiClient(other.baseUri());
            for (int i = 39; i >= 0; i--) {
                assertThat(essence(client.complete(request(i, "1", "3")))).isEqualTo(forwards.get(i));
            }
        }
    }

    @Test
    void epochAndSeedChangeTheReplies() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            first.add(reply(i, "1", "1"));
            second.add(reply(i, "2", "1"));
        }
        assertThat(second).isNotEqualTo(first);
        SimulatorConfig otherSeed =
                SimulatorConfig.builder(Scripts.script()).seed(99).build();
        try (Simulator other = Simulator.start(otherSeed)) {
            ApiClient client = new ApiClient(other.baseUri());
            List<String> third = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                third.add(essence(client.complete(request(i, "1", "1"))));
            }
            assertThat(third).isNotEqualTo(first);
        }
    }

    @Test
    void everyAttemptHasItsOwnId() {
        String first = client().complete(request(1, "1", "1")).path("id").asString();
        String again = client().complete(request(1, "1", "1")).path("id").asString();
        String second = client().complete(request(1, "1", "2")).path("id").asString();
        assertThat(List.of(first, again, second)).doesNotHaveDuplicates();
    }

    private String answer(String model, String prompt) {
        return ApiClient.content(client().complete(ApiClient.body(model, prompt)));
    }

    private String reply(int sample, String epoch, String attempt) {
        return essence(client().complete(request(sample, epoch, attempt)));
    }

    private static ObjectNode request(int sample, String epoch, String attempt) {
        return ApiClient.body(
                Scripts.THINKER,
                "question number " + sample + ".",
                Map.of(
                        "rtel_trial",
                        "thinker|logic|q" + sample + "|" + epoch,
                        "rtel_epoch",
                        epoch,
                        "rtel_attempt",
                        attempt,
                        "rtel_attempt_id",
                        "a-" + sample + "-" + attempt));
    }

    private static String essence(JsonNode completion) {
        return completion.path("choices") + " " + completion.path("usage");
    }
}
