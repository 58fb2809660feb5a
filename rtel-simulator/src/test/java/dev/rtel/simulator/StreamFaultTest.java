package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class StreamFaultTest {
    private static final ObjectNode REQUEST = ApiClient.body(Scripts.THINKER, "question number 1.");

    @Test
    void errorInTheMiddleComesWithAChoiceOrWithout() {
        with(Fault.of(FaultKind.STREAM_ERROR), (simulator, client) -> {
            Sse stream = client.stream(REQUEST);
            assertThat(stream.done()).isFalse();
            assertThat(stream.reasoning()).isNotEmpty();
            assertThat(stream.last().at("/error/code").intValue()).isEqualTo(502);
            assertThat(stream.last().at("/choices/0/finish_reason").asString()).isEqualTo("error");
            assertThat(simulator.bill().lines()).isEmpty();
        });
        with(
                Fault.of(FaultKind.STREAM_ERROR_WITHOUT_CHOICES).withError(ErrorShape.STRING_CODE),
                (simulator, client) -> {
                    Sse stream = client.stream(REQUEST);
                    assertThat(stream.last().at("/error/code").stringValue()).isEqualTo("502");
                    assertThat(stream.last().path("choices").isEmpty()).isTrue();
                    assertThat(stream.done()).isFalse();
                });
        with(Fault.of(FaultKind.ERROR_IN_CHOICE), (simulator, client) -> {
            Sse stream = client.stream(REQUEST);
            assertThat(stream.last().at("/choices/0/error/code").intValue()).isEqualTo(502);
            assertThat(stream.finishReasons()).containsExactly("error");
        });
    }

    @Test
    void tokenLimitIsAnErrorBesideTheUsage() {
        with(Fault.of(FaultKind.STREAM_TOKEN_LIMIT), (simulator, client) -> {
            Sse stream = client.stream(REQUEST);
            assertThat(stream.last().path("error").toString())
                    .isEqualTo("{\"code\":400,\"message\":\"Token limit reached\"}");
            assertThat(stream.last().at("/choices/0/finish_reason").isNull()).isTrue();
            assertThat(stream.finishReasons()).isEmpty();
            assertThat(stream.usage().path("cost").decimalValue())
                    .isEqualByComparingTo(simulator.bill().totalCost());
        });
    }

    @Test
    void connectionIsCutBeforeTheUsageOrAfterIt() {
        with(Fault.of(FaultKind.CUT_BEFORE_USAGE), (simulator, client) -> {
            Sse received = received(client);
            assertThat(received.content()).endsWith(" 1");
            assertThat(received.finishReasons()).isEmpty();
            assertThat(received.usage().isMissingNode()).isTrue();
            JsonNode record = generation(simulator, client);
            assertThat(record.path("cancelled").booleanValue()).isFalse();
            assertThat(record.path("native_tokens_completion").longValue()).isPositive();
        });
        with(Fault.of(FaultKind.CUT_AFTER_USAGE), (simulator, client) -> {
            Sse received = received(client);
            assertThat(received.usage().isObject()).isTrue();
            assertThat(received.done()).isFalse();
            assertThat(simulator.bill().lines()).hasSize(1);
        });
    }

    @Test
    void streamMayEndWithoutDone() {
        with(Fault.of(FaultKind.NO_DONE), (simulator, client) -> {
            Sse stream = client.stream(REQUEST);
            assertThat(stream.usage().isObject()).isTrue();
            assertThat(stream.done()).isFalse();
        });
    }

    @Test
    void bodiesWithoutAnAnswerAreStreamsOrJson() {
        with(Fault.of(FaultKind.BLANK_BODY).withPaddingBlocks(3), (simulator, client) -> {
            Sse stream = client.stream(REQUEST);
            assertThat(stream.comments()).isEqualTo(3);
            assertThat(stream.chunks()).isEmpty();
            assertThat(stream.done()).isFalse();
        });
        for (FaultKind kind : new FaultKind[] {
            FaultKind.ERROR_IN_BODY, FaultKind.CHOICES_NULL, FaultKind.CHOICES_EMPTY, FaultKind.NESTED_COMPLETION
        }) {
            with(Fault.of(kind), (simulator, client) -> {
                HttpResponse<String> response = client.post(ApiClient.streamed(REQUEST));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
                assertThat(ApiClient.json(response).isObject()).isTrue();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void faultsOfStreamsSpareOtherRequests(FaultKind kind) {
        if (kind.isForStreamsOnly()) {
            with(
                    Fault.of(kind),
                    (simulator, client) -> assertThat(ApiClient.content(client.complete(REQUEST)))
                            .endsWith(" 1"));
        }
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyFaultIsBilledForStreamsAsItSays(FaultKind kind) {
        Fault fault = Fault.of(kind).withDelay(Duration.ofMillis(1));
        with(fault, (simulator, client) -> {
            try {
                client.post(ApiClient.streamed(REQUEST));
            } catch (UncheckedIOException e) {
                assertThat(e).hasCauseInstanceOf(IOException.class);
            }
            assertThat(simulator.bill().lines()).hasSize(kind.isBilled() ? 1 : 0);
            simulator
                    .bill()
                    .lines()
                    .forEach(line -> assertThat(line.cancelled()).isFalse());
        });
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyFaultIsBilledForWholeRepliesAsItSays(FaultKind kind) {
        Fault fault = Fault.of(kind).withDelay(Duration.ofMillis(1));
        with(fault, (simulator, client) -> {
            try {
                client.post(REQUEST);
            } catch (UncheckedIOException e) {
                assertThat(e).hasCauseInstanceOf(IOException.class);
            }
            assertThat(simulator.bill().lines()).hasSize(kind.isBilled() || kind.isForStreamsOnly() ? 1 : 0);
        });
    }

    @Test
    void cutStreamIsAnErrorForClients() {
        with(
                Fault.of(FaultKind.CUT_AFTER_USAGE),
                (simulator, client) -> assertThatThrownBy(() -> client.post(ApiClient.streamed(REQUEST)))
                        .hasCauseInstanceOf(IOException.class));
    }

    private static Sse received(ApiClient client) {
        try {
            return client.streamUntilCut(REQUEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode generation(Simulator simulator, ApiClient client) {
        String id = simulator.bill().lines().get(0).generationId();
        return ApiClient.json(client.get("/generation?id=" + id)).path("data");
    }

    private static void with(Fault fault, BiConsumer<Simulator, ApiClient> test) {
        SimulatorConfig config =
                SimulatorConfig.builder(Scripts.script()).fault(fault).build();
        try (Simulator simulator = Simulator.start(config)) {
            test.accept(simulator, new ApiClient(simulator.baseUri()));
        }
    }
}
