package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GenerationTest {
    private final MovableClock clock = new MovableClock();

    @Test
    void recordEqualsTheUsageOfTheReply() {
        try (Simulator simulator = start(GenerationPolicy.IMMEDIATE)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            JsonNode completion = complete(client);
            JsonNode data = data(client, completion);
            JsonNode usage = completion.path("usage");
            assertThat(data.path("id")).isEqualTo(completion.path("id"));
            assertThat(data.path("model")).isEqualTo(completion.path("model"));
            assertThat(data.path("native_tokens_prompt")).isEqualTo(usage.path("prompt_tokens"));
            assertThat(data.path("native_tokens_completion")).isEqualTo(usage.path("completion_tokens"));
            assertThat(data.path("native_tokens_reasoning"))
                    .isEqualTo(usage.at("/completion_tokens_details/reasoning_tokens"));
            assertThat(data.path("total_cost")).isEqualTo(usage.path("cost"));
            assertThat(data.path("usage")).isEqualTo(usage.path("cost"));
            assertThat(data.path("created_at").asString()).isEqualTo("2026-11-20T14:02:11.123456+00:00");
        }
    }

    @Test
    void recordAppearsAfterTheLag() {
        try (Simulator simulator = start(GenerationPolicy.after(Duration.ofSeconds(20)))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            JsonNode completion = complete(client);
            assertThat(read(client, completion).statusCode()).isEqualTo(404);
            clock.move(Duration.ofMillis(19_999));
            assertThat(read(client, completion).statusCode()).isEqualTo(404);
            clock.move(Duration.ofMillis(1));
            assertThat(read(client, completion).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void recordAppearsAfterSomePollsAndEarlyReadsCanFailWith500() {
        try (Simulator simulator = start(GenerationPolicy.afterPolls(2).withPendingStatus(500))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            JsonNode completion = complete(client);
            assertThat(read(client, completion).statusCode()).isEqualTo(500);
            assertThat(read(client, completion).statusCode()).isEqualTo(500);
            assertThat(read(client, completion).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void recordMayNeverAppear() {
        try (Simulator simulator = start(GenerationPolicy.IMMEDIATE.withShape(GenerationShape.NEVER))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            JsonNode completion = complete(client);
            clock.move(Duration.ofDays(1));
            assertThat(read(client, completion).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void recordMayLackTheReasoningCountOrDiffer() {
        assertThat(shaped(GenerationShape.REASONING_NULL)
                        .path("native_tokens_reasoning")
                        .isNull())
                .isTrue();
        JsonNode otherTokenizer = shaped(GenerationShape.TOKENS_DIFFER);
        assertThat(otherTokenizer.path("tokens_completion").longValue())
                .isNotEqualTo(otherTokenizer.path("native_tokens_completion").longValue());
        assertThat(otherTokenizer.path("tokens_prompt").longValue())
                .isNotEqualTo(otherTokenizer.path("native_tokens_prompt").longValue());
        assertThat(shaped(GenerationShape.NATIVE_DIFFER)
                        .path("native_tokens_reasoning")
                        .longValue())
                .isEqualTo(shaped(GenerationShape.FULL)
                                .path("native_tokens_reasoning")
                                .longValue()
                        + 7);
    }

    @Test
    void earlyReadsCanBeRateLimited() {
        try (Simulator simulator = start(GenerationPolicy.afterPolls(1).withPendingStatus(429))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            JsonNode completion = complete(client);
            assertThat(read(client, completion).statusCode()).isEqualTo(429);
            assertThat(read(client, completion).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void costMayDifferAndAWholeReplyBeCalledCancelled() {
        try (Simulator simulator = start(GenerationPolicy.IMMEDIATE.withShape(GenerationShape.COST_DIFFERS))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            JsonNode completion = complete(client);
            assertThat(data(client, completion).path("total_cost").decimalValue())
                    .isNotEqualByComparingTo(completion.at("/usage/cost").decimalValue());
        }
        assertThat(shaped(GenerationShape.CANCELLED).path("cancelled").booleanValue())
                .isTrue();
        assertThat(shaped(GenerationShape.FULL).path("cancelled").booleanValue())
                .isFalse();
    }

    @Test
    void shareOfTheRecordsHasAFormWhateverTheOrder() {
        GenerationPolicy policy = GenerationPolicy.IMMEDIATE
                .withShare(GenerationShape.NEVER, 0.2)
                .withShare(GenerationShape.REASONING_NULL, 0.3);
        List<String> forwards = forms(policy, IntStream.range(0, 200));
        List<String> backwards =
                new ArrayList<>(forms(policy, IntStream.range(0, 200).map(i -> 199 - i)));
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(forwards);
        assertThat(Collections.frequency(forwards, "never")).isBetween(20, 60);
        assertThat(Collections.frequency(forwards, "null")).isBetween(35, 85);
    }

    @Test
    void mistakesInPoliciesAreNamed() {
        GenerationPolicy policy = GenerationPolicy.IMMEDIATE;
        assertThatThrownBy(() -> policy.withPendingStatus(503))
                .hasMessageContaining("must be 404, 429 or 500, was 503");
        assertThatThrownBy(() -> policy.withShare(GenerationShape.NEVER, 1.5))
                .hasMessageContaining("share of NEVER must be between 0 and 1");
        assertThatThrownBy(() -> policy.withShape(GenerationShape.NEVER).withShare(GenerationShape.CANCELLED, 0.1))
                .hasMessageContaining("more than 1 together");
    }

    private List<String> forms(GenerationPolicy policy, IntStream numbers) {
        try (Simulator simulator = start(policy)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            return numbers.mapToObj(i -> {
                        JsonNode completion =
                                client.complete(ApiClient.body(Scripts.PLAIN, "hi", Map.of("rtel_trial", "t" + i)));
                        HttpResponse<String> response = read(client, completion);
                        return response.statusCode() == 404
                                ? "never"
                                : response.body().contains("\"native_tokens_reasoning\":null") ? "null" : "full";
                    })
                    .toList();
        }
    }

    @Test
    void unknownIdAndContentAreNotFoundAndAMissingIdIsRefused() {
        try (Simulator simulator = start(GenerationPolicy.IMMEDIATE)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            assertThat(client.get("/generation?id=gen-1").statusCode()).isEqualTo(404);
            assertThat(client.get("/generation").statusCode()).isEqualTo(400);
            String id = complete(client).path("id").asString();
            assertThat(client.get("/generation/content?id=" + id).statusCode()).isEqualTo(404);
        }
    }

    private JsonNode shaped(GenerationShape shape) {
        try (Simulator simulator = start(GenerationPolicy.IMMEDIATE.withShape(shape))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            return data(client, complete(client));
        }
    }

    private Simulator start(GenerationPolicy policy) {
        return Simulator.start(SimulatorConfig.builder(Scripts.script())
                .generation(policy)
                .clock(clock)
                .build());
    }

    private static JsonNode complete(ApiClient client) {
        return client.complete(ApiClient.body(Scripts.THINKER, "question number 1."));
    }

    private static HttpResponse<String> read(ApiClient client, JsonNode completion) {
        return client.get("/generation?id=" + completion.path("id").asString());
    }

    private static JsonNode data(ApiClient client, JsonNode completion) {
        HttpResponse<String> response = read(client, completion);
        assertThat(response.statusCode()).isEqualTo(200);
        return ApiClient.json(response).path("data");
    }
}
