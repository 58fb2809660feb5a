package dev.rtel.openrouter;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import dev.rtel.testkit.SimpleAttempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatModelTest {
    private WireMockServer server;

    @BeforeEach
    void start() {
        server = Servers.wireMock();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static SimpleAttempt attempt() {
        return SimpleAttempt.of(new TrialKey("mini@high", "logic", "q1", 2), 3, Duration.ofSeconds(20));
    }

    private Model model(Map<String, ?> settings) {
        return Servers.model(server.baseUrl() + "/api/v1//", settings);
    }

    private LoggedRequest sent() {
        List<LoggedRequest> all = server.findAll(anyRequestedFor(anyUrl()));
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private Map<String, Object> body() {
        return PlainJson.readObject(sent().getBodyAsString());
    }

    private ModelException failure(Model model) {
        ModelException failure =
                catchThrowableOfType(ModelException.class, () -> model.complete(Servers.request(), attempt()));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void theRequestHoldsWhatWasAskedAndWhoAsks() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(Servers.ANSWER)));
        Map<String, Object> settings = Map.of("http_referer", "https://example.org", "app_title", "Example");
        model(settings)
                .complete(
                        Servers.request(
                                Map.of("reasoning", Map.of("effort", "high"), "max_tokens", 16000, "seed", 7),
                                Map.of("only", List.of("openai"), "allow_fallbacks", false)),
                        attempt());
        assertThat(sent().getUrl()).isEqualTo("/api/v1/chat/completions");
        assertThat(sent().getHeader("Authorization")).isEqualTo("Bearer " + Servers.KEY);
        assertThat(sent().getHeader("Content-Type")).startsWith("application/json");
        assertThat(sent().getHeader("X-OpenRouter-Cache")).isEqualTo("false");
        assertThat(sent().getHeader("HTTP-Referer")).isEqualTo("https://example.org");
        assertThat(sent().getHeader("X-OpenRouter-Title")).isEqualTo("Example");
        assertThat(sent().containsHeader("Accept-Encoding")).isFalse();
        assertThat(body()).isEqualTo(PlainJson.readObject("""
                {"model":"openai/gpt-5-mini","messages":[{"role":"system","content":"Be brief."},
                {"role":"user","content":"6 x 7?"}],"reasoning":{"effort":"high"},"max_tokens":16000,"seed":7,
                "provider":{"only":["openai"],"allow_fallbacks":false},"stream":false,
                "metadata":{"rtel_trial":"mini@high|logic|q1|2","rtel_epoch":"2","rtel_attempt":"3",
                "rtel_attempt_id":"attempt-3","rtel_role":"contestant"}}"""));
    }

    @Test
    void metadataIsMergedWithinItsLimits() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(Servers.ANSWER)));
        TrialKey longest = new TrialKey("m".repeat(600), "t", "s", 1);
        model(Map.of())
                .complete(
                        Servers.request(Map.of("metadata", Map.of("mine", "1")), Map.of()),
                        SimpleAttempt.of(longest, 1, Duration.ofSeconds(20)));
        Map<?, ?> metadata = (Map<?, ?>) body().get("metadata");
        assertThat(metadata.get("mine")).isEqualTo("1");
        assertThat((String) metadata.get("rtel_trial")).hasSize(512);
    }

    @Test
    void metadataCanBeSwitchedOff() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(Servers.ANSWER)));
        model(Map.of("send_metadata", false)).complete(Servers.request(), attempt());
        assertThat(body()).containsOnlyKeys("model", "messages", "stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "messages", "stream"})
    void paramsMayNotSetWhatTheClientSets(String key) {
        assertThatThrownBy(() -> model(Map.of()).complete(Servers.request(Map.of(key, "x"), Map.of()), attempt()))
                .isInstanceOfSatisfying(
                        ModelException.Permanent.class,
                        e -> assertThat(e.failure().type()).isEqualTo("invalid_request"))
                .hasMessageContaining("'" + key + "'");
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @Test
    void routingMayNotBeSetTwice() {
        assertThatThrownBy(() -> model(Map.of())
                        .complete(
                                Servers.request(Map.of("provider", Map.of()), Map.of("only", List.of("a"))), attempt()))
                .isInstanceOf(ModelException.Permanent.class)
                .hasMessageContaining("'provider'");
    }

    @Test
    void anAnswerIsReadWithItsLatency() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(Servers.ANSWER).withFixedDelay(300)));
        SimpleAttempt attempt = attempt();
        Completion completion = model(Map.of()).complete(Servers.request(), attempt);
        assertThat(completion.text()).contains("42");
        assertThat(completion.latency().orElseThrow()).isBetween(Duration.ofMillis(290), Duration.ofSeconds(15));
        assertThat(completion.generationId()).contains("gen-1");
        assertThat(completion.ttft()).isEmpty();
        assertThat(attempt.generationIds()).isEmpty();
    }

    @Test
    void anIdInTheHeaderIsToldBeforeTheBodyIsThere() throws InterruptedException {
        try (var stalling = new Servers.RawServer(Servers.STALLING, false)) {
            SimpleAttempt attempt = attempt();
            Thread caller = new Thread(
                    () -> catchThrowable(
                            () -> Servers.model(stalling.url(), Map.of()).complete(Servers.request(), attempt)),
                    "caller");
            caller.start();
            while (attempt.generationIds().isEmpty() && caller.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(caller.isAlive()).isTrue();
            assertThat(attempt.generationIds()).containsExactly("gen-early");
            caller.interrupt();
            caller.join(5_000);
            assertThat(caller.isAlive()).isFalse();
        }
    }

    @Test
    void aStalledBodyEndsAtTheDeadlineAndTheConnectionIsDropped() {
        try (var stalling = new Servers.RawServer(Servers.STALLING, false)) {
            Model model = Servers.model(stalling.url(), Map.of());
            long start = System.nanoTime();
            assertThatThrownBy(() -> model.complete(Servers.request(), SimpleAttempt.within(Duration.ofSeconds(3))))
                    .isInstanceOfSatisfying(ModelException.Transient.class, e -> {
                        assertThat(e.failure().type()).isEqualTo("timeout");
                        assertThat(e.details().generationId()).contains("gen-early");
                        assertThat(e.details().charge()).isEqualTo(ModelException.Charge.UNKNOWN);
                        assertThat(e).hasMessageMatching(".* within \\d\\.\\d s");
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(20));
            long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            boolean abandoned = false;
            while (!abandoned && System.nanoTime() < giveUp) {
                abandoned = stalling.abandoned();
            }
            assertThat(abandoned).as("the client hung up").isTrue();
        }
    }

    @Test
    void aDeadlineInThePastSendsNothing() {
        server.stubFor(any(anyUrl()).willReturn(okJson(Servers.ANSWER)));
        assertThatThrownBy(
                        () -> model(Map.of()).complete(Servers.request(), SimpleAttempt.within(Duration.ofSeconds(-1))))
                .isInstanceOfSatisfying(
                        ModelException.Transient.class,
                        e -> assertThat(e.details().charge()).isEqualTo(ModelException.Charge.FREE));
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @Test
    void interruptionIsPassedOnAndDropsTheConnection() throws InterruptedException {
        try (var stalling = new Servers.RawServer("", false)) {
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = new Thread(
                    () -> outcome.set(catchThrowable(
                            () -> Servers.model(stalling.url(), Map.of()).complete(Servers.request(), attempt()))),
                    "caller");
            caller.start();
            while (stalling.calls() == 0) {
                Thread.onSpinWait();
            }
            caller.interrupt();
            caller.join(5_000);
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void cutConnectionsAreTransient(Fault fault) {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
        ModelException failure = failure(model(Map.of()));
        assertThat(failure).isInstanceOf(ModelException.Transient.class);
        assertThat(failure.details().type()).isIn("connection", "malformed_reply");
        assertThat(failure.details().charge()).isEqualTo(ModelException.Charge.UNKNOWN);
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
    }

    @Test
    void aBodyCutShortIsAConnectionFailure() {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":\"gen-1\",\"choi";
        try (var cutting = new Servers.RawServer(half, true)) {
            ModelException failure = failure(Servers.model(cutting.url(), Map.of()));
            assertThat(failure.details().type()).isEqualTo("connection");
            assertThat(failure.details().charge()).isEqualTo(ModelException.Charge.UNKNOWN);
            assertThat(cutting.calls()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedConnectionIsTransient() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        ModelException failure = failure(Servers.model("http://127.0.0.1:" + free, Map.of()));
        assertThat(failure).isInstanceOf(ModelException.Transient.class);
        assertThat(failure.details().type()).isEqualTo("connection");
        assertThat(failure.details().charge()).isEqualTo(ModelException.Charge.FREE);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + free);
    }

    @ParameterizedTest
    @CsvSource({
        "200,'',Transient,malformed_reply",
        "200,'   ',Transient,malformed_reply",
        "200,<html>,Transient,malformed_reply",
        "200,'{\"error\":{\"code\":502,\"message\":\"m\"}}',Transient,provider_unavailable",
        "200,'{\"choices\":[]}',Transient,malformed_reply",
        "200,'{\"choices\":[{\"finish_reason\":\"error\",\"message\":{}}]}',Transient,provider_unavailable",
        "400,'{\"error\":{\"code\":400,\"message\":\"m\"}}',Permanent,invalid_request",
        "402,'{\"error\":{\"code\":402,\"message\":\"m\"}}',RunFatal,payment_required",
        "404,'{\"error\":{\"code\":404,\"message\":\"m\"}}',Permanent,not_found",
        "429,'{\"error\":{\"code\":429,\"message\":\"m\"}}',Transient,rate_limit_exceeded",
        "502,<html>bad gateway</html>,Transient,provider_unavailable",
        "307,'',Permanent,invalid_request",
    })
    void everyErrorShapeHasItsKind(int status, String body, String kind, String type) {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withBody(body)
                        .withHeader("Location", server.baseUrl() + "/elsewhere")
                        .withHeader("Retry-After", "7")
                        .withHeader("X-Generation-Id", "gen-9")));
        ModelException failure = failure(model(Map.of()));
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.details().type()).isEqualTo(type);
        assertThat(failure.details().generationId()).contains("gen-9");
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
    }

    @Test
    void theIdOfAFailedReplyComesWithTheFailure() {
        server.stubFor(
                any(anyUrl()).willReturn(okJson("{\"id\":\"gen-7\",\"error\":{\"code\":502,\"message\":\"m\"}}")));
        ModelException failure = failure(model(Map.of()));
        assertThat(failure.details().generationId()).contains("gen-7");
        assertThat(failure.details().charge()).isEqualTo(ModelException.Charge.FREE);
    }

    @Test
    void anEchoedKeyIsTakenOut() {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withBody("{\"error\":{\"message\":\"no such key: " + Servers.KEY + "\"}}")));
        ModelException failure = failure(model(Map.of()));
        assertThat(failure).hasMessageNotContaining("0123456789abcdef").hasMessageContaining("[redacted]");
        assertThat(failure.details().raw().orElseThrow()).doesNotContain("0123456789abcdef");
        assertThat(model(Map.of()).toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void aKeyEchoedAsGenerationIdIsNotKept() throws InterruptedException {
        server.stubFor(any(anyUrl())
                .willReturn(okJson("{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}")
                        .withHeader("X-Generation-Id", Servers.KEY)));
        var completion = model(Map.of()).complete(Servers.request(), attempt());
        assertThat(completion.generationId()).hasValue("[redacted]");
    }

    @Test
    void withoutAKeyTheRunStopsAndSaysWhereItLooked() {
        Model model = new OpenRouterModelProvider()
                .create(Servers.context(false, Map.of("model_id", "m", "base_url", "https://models.invalid/v1")));
        assertThatThrownBy(() -> model.complete(Servers.request(), attempt()))
                .isInstanceOfSatisfying(
                        ModelException.RunFatal.class,
                        e -> assertThat(e.failure().type()).isEqualTo("authentication"))
                .hasMessageContaining("OPENROUTER_API_KEY");
    }

    @Test
    void aServerOnThisMachineIsCalledWithoutAKey() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(Servers.ANSWER)));
        new OpenRouterModelProvider()
                .create(Servers.context(false, Map.of("model_id", "m", "base_url", server.baseUrl())))
                .complete(Servers.request(), attempt());
        assertThat(sent().containsHeader("Authorization")).isFalse();
    }

    @Test
    void compatibleServersAreCalledWithoutAKeyAndWithoutExtras() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(Servers.ANSWER)));
        new OpenAiCompatibleModelProvider()
                .create(Servers.context(false, Map.of("model_id", "m", "base_url", server.baseUrl() + "/v1")))
                .complete(Servers.request(), attempt());
        assertThat(sent().getUrl()).isEqualTo("/v1/chat/completions");
        assertThat(sent().containsHeader("Authorization")).isFalse();
        assertThat(sent().containsHeader("X-OpenRouter-Cache")).isFalse();
        assertThat(body()).doesNotContainKey("metadata");
    }

    @Test
    void anErrorOfTheListenerIsPassedOn() {
        SimpleAttempt inner = attempt();
        var failing = new dev.rtel.spi.AttemptContext() {
            @Override
            public String attemptId() {
                return inner.attemptId();
            }

            @Override
            public TrialKey trial() {
                return inner.trial();
            }

            @Override
            public String role() {
                return inner.role();
            }

            @Override
            public int attempt() {
                return inner.attempt();
            }

            @Override
            public java.time.Instant deadline() {
                return inner.deadline();
            }

            @Override
            public void onGenerationId(String id) {
                throw new IllegalStateException("disk full");
            }
        };
        try (var stalling = new Servers.RawServer(Servers.STALLING, false)) {
            assertThatThrownBy(() -> Servers.model(stalling.url(), Map.of()).complete(Servers.request(), failing))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("disk full");
        }
    }
}
