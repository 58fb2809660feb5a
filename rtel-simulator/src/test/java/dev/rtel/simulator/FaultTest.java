package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FaultTest {
    private static final ObjectNode REQUEST = ApiClient.body(Scripts.THINKER, "question number 1.");

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 408, 413, 422, 429, 500, 502, 503, 524, 529})
    void statusComesAsJsonErrorAndCostsNothing(int status) {
        with(Fault.status(status), (simulator, client) -> {
            HttpResponse<String> response = client.post(REQUEST);
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(ApiClient.json(response).at("/error/code").intValue()).isEqualTo(status);
            assertThat(simulator.bill().lines()).isEmpty();
        });
    }

    @Test
    void rateLimitGivesTheWaitHintInHeaderAndBody() {
        with(Fault.of(FaultKind.RATE_LIMITED).withRetryAfterSeconds(12), (simulator, client) -> {
            HttpResponse<String> response = client.post(REQUEST);
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("12");
            assertThat(ApiClient.json(response)
                            .at("/error/availability/retry_after")
                            .intValue())
                    .isEqualTo(12);
        });
        with(Fault.of(FaultKind.RATE_LIMITED), (simulator, client) -> {
            HttpResponse<String> response = client.post(REQUEST);
            assertThat(response.headers().firstValue("Retry-After")).isEmpty();
            assertThat(response.body()).doesNotContain("retry_after");
        });
    }

    @Test
    void dailyLimitNamesItsSourceAndReset() {
        with(Fault.of(FaultKind.DAILY_LIMIT), (simulator, client) -> {
            JsonNode metadata = ApiClient.json(client.post(REQUEST)).at("/error/metadata");
            assertThat(metadata.path("limit_source").asString()).isEqualTo("openrouter_free_tier_daily");
            assertThat(metadata.at("/headers/X-RateLimit-Reset").asString()).hasSize(13);
        });
    }

    @Test
    void htmlErrorIsNotJson() {
        with(Fault.of(FaultKind.HTML_ERROR).withStatus(503), (simulator, client) -> {
            HttpResponse<String> response = client.post(REQUEST);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/html");
            assertThat(response.body()).startsWith("<!DOCTYPE html>");
        });
    }

    @Test
    void errorsInsideStatus200ComeInThreeShapes() {
        with(Fault.of(FaultKind.ERROR_IN_BODY), (simulator, client) -> {
            JsonNode body = client.complete(REQUEST);
            assertThat(body.at("/error/code").intValue()).isEqualTo(502);
            assertThat(body.has("choices")).isFalse();
        });
        with(Fault.of(FaultKind.CHOICES_NULL), (simulator, client) -> {
            JsonNode body = client.complete(REQUEST);
            assertThat(body.has("error")).isFalse();
            assertThat(body.path("choices").isNull()).isTrue();
        });
        with(Fault.of(FaultKind.ERROR_IN_CHOICE), (simulator, client) -> {
            JsonNode choice = client.complete(REQUEST).at("/choices/0");
            assertThat(choice.path("finish_reason").asString()).isEqualTo("error");
            assertThat(choice.at("/error/code").intValue()).isEqualTo(502);
            assertThat(simulator.bill().lines()).isEmpty();
        });
    }

    @Test
    void bodyCanBeEmpty() {
        with(Fault.of(FaultKind.EMPTY_BODY), (simulator, client) -> {
            HttpResponse<String> response = client.post(REQUEST);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        });
    }

    @Test
    void truncatedJsonComesAfterPaddingAndIsBilled() {
        with(Fault.of(FaultKind.TRUNCATED_JSON).withPaddingBlocks(2), (simulator, client) -> {
            String body = client.post(REQUEST).body();
            assertThat(body).startsWith("\n         \n\n         \n{");
            assertThatThrownBy(() -> ApiClient.MAPPER.readTree(body)).isInstanceOf(JacksonException.class);
            assertThat(simulator.bill().lines()).hasSize(1);
        });
    }

    @Test
    void paddingComesBeforeAnOrdinaryReply() {
        with(Fault.of(FaultKind.PADDING).withPaddingBlocks(5), (simulator, client) -> {
            HttpResponse<String> response = client.post(REQUEST);
            assertThat(response.body()).startsWith("\n         \n".repeat(5) + "{");
            assertThat(ApiClient.content(ApiClient.json(response))).endsWith(" 1");
            assertThat(simulator.bill().lines()).hasSize(1);
        });
    }

    @Test
    void connectionCutBeforeTheAnswerCostsNothing() {
        with(Fault.of(FaultKind.CUT_CONNECTION), (simulator, client) -> {
            assertThatThrownBy(() -> client.post(REQUEST)).hasCauseInstanceOf(IOException.class);
            assertThat(simulator.bill().lines()).isEmpty();
            assertThat(simulator.requests()).containsEntry("POST /chat/completions", 1L);
        });
    }

    @Test
    void connectionCutInTheMiddleOfTheBodyIsBilled() {
        with(Fault.of(FaultKind.CUT_BODY), (simulator, client) -> {
            assertThatThrownBy(() -> client.post(REQUEST)).hasCauseInstanceOf(IOException.class);
            assertThat(simulator.bill().lines()).hasSize(1);
        });
    }

    @Test
    void stalledReplyIsBilledWhileTheClientWaits() throws Exception {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .fault(Fault.of(FaultKind.STALL))
                .build();
        CompletableFuture<HttpResponse<String>> reply;
        try (Simulator simulator = Simulator.start(config)) {
            reply = new ApiClient(simulator.baseUri()).postLater(REQUEST);
            Polling.until(() -> simulator.bill().lines().size() == 1);
            assertThat(reply).isNotDone();
        }
        assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS))
                .as("closing the simulator cuts the connection")
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void shortStallEndsInAnOrdinaryReply() {
        with(
                Fault.of(FaultKind.STALL).withDelay(Duration.ofMillis(5)),
                (simulator, client) ->
                        assertThat(ApiClient.content(client.complete(REQUEST))).endsWith(" 1"));
    }

    @Test
    void creditCanBeUsedUp() {
        with(Fault.of(FaultKind.OUT_OF_CREDIT), (simulator, client) -> {
            HttpResponse<String> response = client.post(REQUEST);
            assertThat(response.statusCode()).isEqualTo(402);
            assertThat(ApiClient.json(response).at("/error/message").asString()).startsWith("Insufficient credits");
        });
    }

    @Test
    void refusalIsAnAnswerWithoutContentAndIsBilled() {
        with(Fault.of(FaultKind.REFUSAL), (simulator, client) -> {
            JsonNode choice = client.complete(REQUEST).at("/choices/0");
            assertThat(choice.path("finish_reason").asString()).isEqualTo("content_filter");
            assertThat(choice.at("/message/content").isNull()).isTrue();
            assertThat(choice.at("/message/refusal").asString()).isNotEmpty();
            assertThat(simulator.bill().lines()).hasSize(1);
        });
    }

    @Test
    void cacheHitHasZeroUsageAndAnotherModelCanAnswer() {
        with(Fault.of(FaultKind.CACHE_HIT), (simulator, client) -> {
            HttpResponse<String> response = client.post(REQUEST);
            assertThat(response.headers().firstValue("X-OpenRouter-Cache-Status"))
                    .hasValue("HIT");
            assertThat(ApiClient.json(response).at("/usage/total_tokens").longValue())
                    .isZero();
            assertThat(simulator.bill().lines()).isEmpty();
        });
        with(
                Fault.of(FaultKind.OTHER_MODEL),
                (simulator, client) -> assertThat(
                                client.complete(REQUEST).path("model").asString())
                        .isEqualTo("simulated/another-model"));
    }

    @Test
    void faultsHitTheirModelTrialAndAttemptOnly() {
        Fault fault = Fault.status(500).onModel("acme/th*").onTrial("*|q1|*").onAttempts(1, 2);
        with(fault, (simulator, client) -> {
            assertThat(status(client, Scripts.THINKER, "t|q1|1", "1")).isEqualTo(500);
            assertThat(status(client, Scripts.THINKER, "t|q1|1", "2")).isEqualTo(500);
            assertThat(status(client, Scripts.THINKER, "t|q1|1", "3")).isEqualTo(200);
            assertThat(status(client, Scripts.THINKER, "t|q2|1", "1")).isEqualTo(200);
            assertThat(status(client, Scripts.PLAIN, "t|q1|1", "1")).isEqualTo(200);
        });
    }

    @Test
    void chanceOfAFaultDependsOnTrialAndAttemptAndNotOnTheOrderOfArrival() {
        List<Integer> forwards = new ArrayList<>();
        List<Integer> backwards = new ArrayList<>();
        Fault fault = Fault.status(503).withProbability(0.3);
        with(fault, (simulator, client) -> {
            for (int i = 0; i < 100; i++) {
                forwards.add(status(client, Scripts.THINKER, "t" + i, "1"));
            }
        });
        with(fault, (simulator, client) -> {
            for (int i = 99; i >= 0; i--) {
                backwards.add(0, status(client, Scripts.THINKER, "t" + i, "1"));
            }
        });
        assertThat(backwards).isEqualTo(forwards);
        assertThat(forwards.stream().filter(status -> status == 503)).hasSizeBetween(15, 45);
    }

    @Test
    void faultsAreReadFromText() {
        assertThat(FaultParser.parse("rate-limited:model=openai/*,attempt=1+2,probability=0.5,retry-after=3"))
                .isEqualTo(Fault.of(FaultKind.RATE_LIMITED)
                        .onModel("openai/*")
                        .onAttempts(1, 2)
                        .withProbability(0.5)
                        .withRetryAfterSeconds(3));
        assertThat(FaultParser.parse("stall:delay-ms=20"))
                .isEqualTo(Fault.of(FaultKind.STALL).withDelay(Duration.ofMillis(20)));
        assertThat(FaultParser.parse("status:status=503,error=availability,retryable=false,retry-after=9,hint=body"))
                .isEqualTo(Fault.status(503)
                        .withError(ErrorShape.AVAILABILITY)
                        .withRetryable(false)
                        .withRetryAfterSeconds(9, WaitHint.BODY));
        assertThat(
                        FaultParser.parse(
                                "shape:usage=details-null,usage-chunk=absent,content=parts,finish=null,reasoning=signature,echo=requested"))
                .isEqualTo(Fault.shape(
                        UsageShape.DETAILS_NULL,
                        UsageChunk.ABSENT,
                        ContentShape.PARTS,
                        FinishShape.NULL,
                        ReasoningText.SIGNATURE,
                        ModelEcho.REQUESTED));
        assertThat(FaultParser.parse("status:status=500,trial=a,padding-blocks=1"))
                .isEqualTo(Fault.status(500).onTrial("a").withPaddingBlocks(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "status:status=x",
                "status:status=99",
                "status:color=red",
                "status:hint=x",
                "status:retryable=perhaps",
                "shape:usage=x",
                "status:status",
                "stall:delay-ms=-1"
            })
    void mistakesInFaultsAreNamed(String text) {
        assertThatThrownBy(() -> FaultParser.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fault");
    }

    @Test
    void patternsMatchWholeTexts() {
        assertThat(Fault.status(500).onModel("a*b*a").hits("aba", "", 1, 0)).isTrue();
        assertThat(Fault.status(500).onModel("a*a").hits("a", "", 1, 0)).isFalse();
        assertThat(Fault.status(500).onModel("a.b").hits("axb", "", 1, 0)).isFalse();
        assertThat(Fault.status(500).onModel("*x*").hits("abc", "", 1, 0)).isFalse();
    }

    private static int status(ApiClient client, String model, String trial, String attempt) {
        return client.post(ApiClient.body(
                        model, "question number 1.", Map.of("rtel_trial", trial, "rtel_attempt", attempt)))
                .statusCode();
    }

    private static void with(Fault fault, BiConsumer<Simulator, ApiClient> test) {
        SimulatorConfig config =
                SimulatorConfig.builder(Scripts.script()).fault(fault).build();
        try (Simulator simulator = Simulator.start(config)) {
            test.accept(simulator, new ApiClient(simulator.baseUri()));
        }
    }
}
