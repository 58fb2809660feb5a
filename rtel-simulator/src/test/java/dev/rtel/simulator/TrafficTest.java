package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TrafficTest {
    private static final ObjectNode REQUEST = ApiClient.body(Scripts.THINKER, "question number 1.");

    private final MovableClock clock = new MovableClock();

    @Test
    void requestsBeyondTheRateAreRefusedUntilTheOldestIsAMinuteOld() {
        with(config -> config.limit(ProviderLimit.perMinute("acme-cloud", 2)), (simulator, client) -> {
            client.complete(REQUEST);
            clock.move(Duration.ofSeconds(20));
            client.complete(REQUEST);
            clock.move(Duration.ofSeconds(10));
            HttpResponse<String> refused = client.post(REQUEST);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
            assertThat(ApiClient.json(refused).at("/error/availability/code").asString())
                    .isEqualTo("capacity_exhausted");
            clock.move(Duration.ofSeconds(30));
            client.complete(REQUEST);
            assertThat(client.post(REQUEST).statusCode()).isEqualTo(429);
            assertThat(client.post(ApiClient.body(Scripts.PLAIN, "hi")).statusCode())
                    .as("another provider has its own limit")
                    .isEqualTo(200);
            assertThat(simulator.bill().lines()).hasSize(4);
        });
    }

    @Test
    void requestsInProgressAreLimitedAndAPlaceIsFreeOnceTheReplyIsThere() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .limit(ProviderLimit.inFlight("*", 2).withHint(WaitHint.BODY))
                .pacing(Pacing.BY_LATENCY.withFirstContent(Duration.ofHours(1)))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            InputStream one = client.open(REQUEST);
            for (int i = 0; i < 200; i++) {
                assertThat(client.post(REQUEST).statusCode()).isEqualTo(200);
            }
            InputStream two = client.open(REQUEST);
            HttpResponse<String> refused = client.post(REQUEST);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(ApiClient.json(refused)
                            .at("/error/availability/retry_after")
                            .intValue())
                    .isEqualTo(1);
            assertThat(simulator.stats().providers().get("acme-cloud").peakConcurrency())
                    .isEqualTo(2);
            close(one);
            close(two);
        }
    }

    @Test
    void refusedProviderIsPassedOverWhereFallbacksAreAllowed() {
        SimulatorConfig config = SimulatorConfig.builder(ProviderTest.script())
                .limit(ProviderLimit.perMinute("novita", 0))
                .clock(clock)
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            ObjectNode body = ApiClient.body(ProviderTest.MODEL, "sum");
            body.putObject("provider").putArray("order").add("novita");
            assertThat(client.complete(body).path("provider").asString()).isEqualTo("DeepInfra");
            ((ObjectNode) body.path("provider")).put("allow_fallbacks", false);
            HttpResponse<String> refused = client.post(body);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(ApiClient.json(refused)
                            .at("/error/availability/affected_providers")
                            .toString())
                    .isEqualTo("[\"novita\"]");
        }
    }

    @Test
    void dailyCapLastsUntilTheNextDay() {
        with(config -> config.dailyCap(2), (simulator, client) -> {
            client.complete(REQUEST);
            client.complete(REQUEST);
            HttpResponse<String> refused = client.post(REQUEST);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(ApiClient.json(refused)
                            .at("/error/metadata/limit_source")
                            .asString())
                    .isEqualTo("openrouter_free_tier_daily");
            clock.move(Duration.ofDays(1));
            client.complete(REQUEST);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void stormRefusesEverythingAndTellsHowLongItLasts(int status) {
        Storm storm = Storm.of("acme-*", Duration.ofSeconds(30))
                .withAfter(Duration.ofSeconds(10))
                .withStatus(status);
        with(config -> config.storm(storm), (simulator, client) -> {
            client.complete(REQUEST);
            clock.move(Duration.ofSeconds(10));
            HttpResponse<String> refused = client.post(REQUEST);
            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
            clock.move(Duration.ofMillis(18_500));
            assertThat(client.post(REQUEST).headers().firstValue("Retry-After")).hasValue("12");
            client.complete(ApiClient.body(Scripts.PLAIN, "hi"));
            clock.move(Duration.ofMillis(11_500));
            client.complete(REQUEST);
            clock.move(Duration.ofDays(1));
            client.complete(REQUEST);
        });
    }

    @Test
    void stormCanComeAgain() {
        Storm storm = Storm.of("*", Duration.ofSeconds(5))
                .withEvery(Duration.ofSeconds(20))
                .withHint(WaitHint.RESET_HEADER);
        with(config -> config.storm(storm), (simulator, client) -> {
            HttpResponse<String> refused = client.post(REQUEST);
            assertThat(refused.headers().firstValue("X-RateLimit-Reset"))
                    .hasValue(Long.toString(clock.millis() + 5000));
            clock.move(Duration.ofSeconds(19));
            client.complete(REQUEST);
            clock.move(Duration.ofSeconds(2));
            assertThat(client.post(REQUEST).statusCode()).isEqualTo(429);
        });
    }

    @Test
    void statisticsShowArrivalsAndRefusalsOfEveryProvider() {
        with(config -> config.limit(ProviderLimit.perMinute("acme-cloud", 1)).arrivalsKept(3), (simulator, client) -> {
            client.complete(ApiClient.body(Scripts.PLAIN, "hi"));
            client.complete(REQUEST);
            for (int i = 0; i < 4; i++) {
                clock.move(Duration.ofSeconds(1));
                client.post(REQUEST);
            }
            ProviderStats stats = simulator.stats().providers().get("acme-cloud");
            assertThat(stats.requests()).isEqualTo(5);
            assertThat(stats.rateLimited()).isEqualTo(4);
            assertThat(stats.lastRateLimited()).hasValue(clock.instant());
            assertThat(stats.firstRateLimited()).hasValue(clock.instant().minusSeconds(3));
            assertThat(stats.arrivals())
                    .containsExactly(
                            clock.instant().minusSeconds(2), clock.instant().minusSeconds(1), clock.instant());
            assertThat(simulator.stats().providers().get("simulated").rateLimited())
                    .isZero();
            JsonNode json = statistics(simulator);
            assertThat(json.at("/requests").path("POST /chat/completions").intValue())
                    .isEqualTo(6);
            assertThat(json.at("/peak_concurrency").intValue()).isEqualTo(1);
            JsonNode provider = json.at("/providers/acme-cloud");
            assertThat(provider.path("requests").intValue()).isEqualTo(5);
            assertThat(provider.path("rate_limited").intValue()).isEqualTo(4);
            assertThat(provider.path("last_rate_limited").asString())
                    .isEqualTo(clock.instant().toString());
            assertThat(provider.at("/arrivals/2").asString())
                    .isEqualTo(clock.instant().toString());
            assertThat(json.at("/providers/simulated/first_rate_limited").isNull())
                    .isTrue();
        });
    }

    @Test
    void rateLimitsOfFaultsAreCountedToo() {
        with(config -> config.fault(Fault.of(FaultKind.RATE_LIMITED).onModel(Scripts.THINKER)), (simulator, client) -> {
            client.post(REQUEST);
            client.complete(ApiClient.body(Scripts.PLAIN, "hi"));
            assertThat(simulator.stats().providers().get("acme-cloud").rateLimited())
                    .isEqualTo(1);
        });
    }

    @Test
    void mistakesInLimitsAndStormsAreNamed() {
        assertThatThrownBy(() -> ProviderLimit.perMinute("a", -1)).hasMessageContaining("\"a\" must not be negative");
        assertThatThrownBy(() -> new ProviderLimit("a", OptionalInt.empty(), OptionalInt.empty(), WaitHint.NONE))
                .hasMessageContaining("a limit needs");
        Storm storm = Storm.of("a", Duration.ofSeconds(5));
        assertThatThrownBy(() -> storm.withStatus(500)).hasMessageContaining("must be 429 or 503, was 500");
        assertThatThrownBy(() -> storm.withEvery(Duration.ofSeconds(5))).hasMessageContaining("must be longer");
        assertThatThrownBy(() -> storm.withAfter(Duration.ofSeconds(-1))).hasMessageContaining("must not be negative");
    }

    private static JsonNode statistics(Simulator simulator) {
        ApiClient root = new ApiClient(URI.create("http://127.0.0.1:" + simulator.port()));
        return ApiClient.json(root.send(root.request("/simulator/stats")));
    }

    private void with(Consumer<SimulatorConfig.Builder> more, BiConsumer<Simulator, ApiClient> test) {
        SimulatorConfig.Builder config =
                SimulatorConfig.builder(Scripts.script()).clock(clock);
        more.accept(config);
        try (Simulator simulator = Simulator.start(config.build())) {
            test.accept(simulator, new ApiClient(simulator.baseUri()));
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
