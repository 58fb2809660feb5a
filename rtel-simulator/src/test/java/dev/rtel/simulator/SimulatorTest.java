package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class SimulatorTest {
    @RegisterExtension
    static final SimulatorExtension PER_CLASS = SimulatorExtension.of(Scripts.script());

    @RegisterExtension
    final SimulatorExtension perTest = SimulatorExtension.of(Scripts.script());

    @Test
    void extensionRunsOneSimulatorForAClassAndOneForEachTest() {
        assertThat(PER_CLASS.baseUri()).isNotEqualTo(perTest.baseUri());
        assertThat(new ApiClient(PER_CLASS.baseUri()).get("/key").statusCode()).isEqualTo(200);
        assertThat(new ApiClient(perTest.baseUri()).get("/key").statusCode()).isEqualTo(200);
        assertThat(perTest.bill().lines()).isEmpty();
    }

    @Test
    void extensionOutsideOfATestHasNoSimulator() {
        assertThatThrownBy(() -> SimulatorExtension.of(Scripts.script()).simulator())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void billHasALineForEveryAnswerWithItsMetadata() {
        ApiClient client = new ApiClient(perTest.baseUri());
        JsonNode completion = client.complete(ApiClient.body(
                Scripts.THINKER,
                "question number 1.",
                Map.of("rtel_trial", "m|t|s|2", "rtel_epoch", "2", "rtel_attempt", "3", "rtel_attempt_id", "a-3")));
        client.complete(ApiClient.body(Scripts.PLAIN, "hi"));
        Bill bill = perTest.bill();
        assertThat(bill.lines()).hasSize(2);
        BillLine line = bill.lines().get(0);
        assertThat(line.generationId()).isEqualTo(completion.path("id").asString());
        assertThat(line.model()).isEqualTo(Scripts.THINKER);
        assertThat(line.trial()).hasValue("m|t|s|2");
        assertThat(line.attemptId()).hasValue("a-3");
        assertThat(line.attempt()).isEqualTo(3);
        assertThat(line.promptTokens())
                .isEqualTo(completion.at("/usage/prompt_tokens").longValue());
        assertThat(line.completionTokens())
                .isEqualTo(completion.at("/usage/completion_tokens").longValue());
        assertThat(line.reasoningTokens()).isEqualTo(ApiClient.reasoning(completion));
        assertThat(line.cost())
                .isEqualByComparingTo(completion.at("/usage/cost").decimalValue());
        assertThat(bill.lines().get(1).trial()).isEmpty();
        assertThat(bill.ofModel(Scripts.PLAIN).lines()).hasSize(1);
        assertThat(bill.ofTrial("m|t|s|2").lines()).containsExactly(line);
    }

    @Test
    void billCanBeReadByAnotherProcess() {
        ApiClient client = new ApiClient(perTest.baseUri());
        client.complete(ApiClient.body(Scripts.PLAIN, "hi", Map.of("rtel_trial", "t", "rtel_attempt_id", "a")));
        ApiClient root = new ApiClient(
                URI.create("http://127.0.0.1:" + perTest.simulator().port()));
        JsonNode bill = ApiClient.json(root.send(root.request("/simulator/bill")));
        assertThat(new BigDecimal(bill.path("total_cost").stringValue()))
                .isEqualByComparingTo(perTest.bill().totalCost());
        assertThat(bill.at("/lines/0/trial").asString()).isEqualTo("t");
        assertThat(bill.at("/lines/0/attempt_id").asString()).isEqualTo("a");
        assertThat(bill.at("/lines/0/completion_tokens").longValue()).isPositive();
        assertThat(bill.at("/lines/0/provider").asString()).isEqualTo("Simulated");
        assertThat(bill.at("/lines/0/endpoint").asString()).isEqualTo("simulated");
        assertThat(bill.at("/lines/0/streamed").isBoolean()).isTrue();
        assertThat(bill.at("/lines/0/cancelled").isBoolean()).isTrue();
        assertThat(bill.at("/lines/0/charged")).isEqualTo(bill.at("/lines/0/cost"));
        assertThat(bill.at("/requests").path("POST /chat/completions").longValue())
                .isEqualTo(1);
    }

    @Test
    void billCanBeReadFromALineOn() {
        ApiClient client = new ApiClient(perTest.baseUri());
        client.complete(ApiClient.body(Scripts.PLAIN, "one"));
        client.complete(ApiClient.body(Scripts.PLAIN, "two"));
        ApiClient root = new ApiClient(
                URI.create("http://127.0.0.1:" + perTest.simulator().port()));
        JsonNode rest = ApiClient.json(root.send(root.request("/simulator/bill?from=1")));
        assertThat(rest.path("line_count").intValue()).isEqualTo(2);
        assertThat(rest.path("lines").size()).isEqualTo(1);
        assertThat(rest.at("/lines/0/generation_id").asString())
                .isEqualTo(perTest.bill().lines().get(1).generationId());
        assertThat(ApiClient.json(root.send(root.request("/simulator/bill?from=9")))
                        .path("lines")
                        .isEmpty())
                .isTrue();
        assertThat(root.send(root.request("/simulator/bill?from=x")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void requestsAreCountedByRoute() {
        ApiClient client = new ApiClient(perTest.baseUri());
        client.get("/models");
        client.get("/models/acme/thinker/endpoints");
        client.get("/generation?id=gen-1");
        client.post("{}");
        client.complete(ApiClient.body(Scripts.PLAIN, "hi"));
        assertThat(perTest.simulator().requests())
                .isEqualTo(Map.of(
                        "GET /models", 1L,
                        "GET /models/{author}/{slug}/endpoints", 1L,
                        "GET /generation", 1L,
                        "POST /chat/completions", 2L));
    }

    @Test
    void servesManyRequestsAtTheSameTimeInSpiteOfLatency() throws Exception {
        int requests = 96;
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .latency(Duration.ofMillis(400))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            long start = System.nanoTime();
            List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                replies.add(client.postLater(ApiClient.body(Scripts.THINKER, "question number " + i + ".")));
            }
            for (CompletableFuture<HttpResponse<String>> reply : replies) {
                assertThat(reply.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(400), Duration.ofSeconds(10));
            assertThat(simulator.peakConcurrency()).isGreaterThanOrEqualTo(64);
            assertThat(simulator.bill().lines())
                    .hasSize(requests)
                    .extracting(BillLine::generationId)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void latencyFollowsTheProfileUnlessItIsFixed() {
        SimulatorScript script = Scripts.only(Scripts.thinker().latency(Duration.ofHours(1), Duration.ZERO));
        SimulatorConfig config =
                SimulatorConfig.builder(script).latency(Duration.ZERO).build();
        try (Simulator simulator = Simulator.start(config)) {
            new ApiClient(simulator.baseUri()).complete(ApiClient.body(Scripts.THINKER, "sum"));
        }
        SimulatorScript slow = Scripts.only(Scripts.thinker().latency(Duration.ofMillis(80), Duration.ofMillis(1)));
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(slow))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            long start = System.nanoTime();
            JsonNode completion = client.complete(ApiClient.body(Scripts.THINKER, "sum"));
            assertThat(System.nanoTime() - start).isGreaterThan(60_000_000L);
            JsonNode generation = ApiClient.json(
                    client.get("/generation?id=" + completion.path("id").asString()));
            assertThat(generation.at("/data/latency").longValue()).isBetween(60L, 100L);
        }
    }

    @Test
    void portInUseIsNamed() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .port(perTest.simulator().port())
                .build();
        assertThatThrownBy(() -> Simulator.start(config))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + perTest.simulator().port());
    }

    @Test
    void closedSimulatorRefusesConnectionsAndMayBeClosedAgain() {
        Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.script()));
        ApiClient client = new ApiClient(simulator.baseUri());
        client.get("/key");
        simulator.close();
        simulator.close();
        assertThatThrownBy(() -> client.get("/key")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void configurationSurvivesTheWayThroughItsBuilder() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .seed(7)
                .acceptedKey("k")
                .latency(Duration.ZERO)
                .credit(BigDecimal.ONE)
                .generation(GenerationPolicy.afterPolls(1))
                .fault(Fault.status(500))
                .pacing(Pacing.BY_LATENCY.withChunkGap(Duration.ofMillis(1)))
                .limit(ProviderLimit.inFlight("a", 1))
                .storm(Storm.of("a", Duration.ofSeconds(1)))
                .dailyCap(3)
                .arrivalsKept(4)
                .build();
        assertThat(config.toBuilder().build()).isEqualTo(config);
        assertThat(config.script().toBuilder().build()).isEqualTo(config.script());
    }
}
