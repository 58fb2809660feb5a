package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class StreamTest {
    private static final ObjectNode REQUEST = ApiClient.body(Scripts.THINKER, "question number 1.");

    @Test
    void chunksComeInTheOrderOfTheReference() {
        with((simulator, client) -> {
            Sse stream = client.stream(REQUEST);
            assertThat(stream.done()).isTrue();
            assertThat(stream.comments()).isEqualTo(1);
            List<String> kinds = new ArrayList<>();
            for (JsonNode chunk : stream.chunks()) {
                String kind = kind(chunk);
                if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(kind)) {
                    kinds.add(kind);
                }
            }
            assertThat(kinds).containsExactly("reasoning", "content", "finish", "usage");
            assertThat(stream.finishReasons()).containsExactly("stop", "stop");
            assertThat(stream.last().path("service_tier").asString()).isEqualTo("default");
        });
    }

    @Test
    void everyChunkNamesIdModelAndProvider() {
        with((simulator, client) -> {
            HttpResponse<String> response = client.post(ApiClient.streamed(REQUEST));
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            String id = response.headers().firstValue("X-Generation-Id").orElseThrow();
            assertThat(Sse.parse(response.body()).chunks()).allSatisfy(chunk -> {
                assertThat(chunk.path("id").asString()).isEqualTo(id);
                assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
                assertThat(chunk.path("model").asString()).isEqualTo("acme/thinker-20260101");
                assertThat(chunk.path("provider").asString()).isEqualTo("Acme Cloud");
                assertThat(chunk.path("created").isIntegralNumber()).isTrue();
            });
        });
    }

    @Test
    void aStreamSaysTheSameAsAWholeReply() {
        with((simulator, client) -> {
            JsonNode whole = client.complete(REQUEST);
            Sse stream = client.stream(REQUEST);
            assertThat(stream.content()).isEqualTo(ApiClient.content(whole));
            assertThat(stream.reasoning())
                    .isEqualTo(whole.at("/choices/0/message/reasoning").asString())
                    .isEqualTo(stream.detailedReasoning());
            assertThat(stream.usage()).isEqualTo(whole.path("usage"));
            assertThat(simulator.bill().lines().get(1).cost())
                    .isEqualByComparingTo(simulator.bill().lines().get(0).cost());
        });
    }

    @Test
    void reasoningDeltasHaveEmptyContentAndManyArePossible() {
        with((simulator, client) -> {
            List<JsonNode> deltas = client.stream(REQUEST).chunks().stream()
                    .filter(chunk -> kind(chunk).equals("reasoning"))
                    .map(chunk -> chunk.at("/choices/0/delta"))
                    .toList();
            assertThat(deltas).hasSizeGreaterThan(10);
            assertThat(deltas).allSatisfy(delta -> {
                assertThat(delta.path("content").asString()).isEmpty();
                assertThat(delta.at("/reasoning_details/0/text")).isEqualTo(delta.path("reasoning"));
            });
        });
    }

    @Test
    void summaryEndsWithAnEncryptedBlockAndASignatureComesWithoutText() {
        Sse summary = stream(Scripts.thinker().reasoningText(ReasoningText.SUMMARY));
        assertThat(details(summary)).contains("reasoning.summary").endsWith("reasoning.encrypted");
        assertThat(summary.reasoning()).isNotEmpty().isEqualTo(summary.detailedReasoning());
        Sse signature = stream(Scripts.thinker().reasoningText(ReasoningText.SIGNATURE));
        assertThat(details(signature)).containsExactly("reasoning.text");
        assertThat(signature.reasoning()).isEmpty();
        assertThat(signature
                        .chunks()
                        .get(0)
                        .at("/choices/0/delta/reasoning_details/0/signature")
                        .asString())
                .isNotEmpty();
    }

    @Test
    void excludedThinkingIsNotStreamed() {
        with((simulator, client) -> {
            ObjectNode request = REQUEST.deepCopy();
            request.putObject("reasoning").put("exclude", true);
            Sse hidden = client.stream(request);
            assertThat(hidden.reasoning()).isEmpty();
            assertThat(details(hidden)).isEmpty();
            assertThat(hidden.usage()).isEqualTo(client.stream(REQUEST).usage());
        });
    }

    @Test
    void usageChunkComesInThreeForms() {
        Sse repeated = stream(Scripts.thinker().shape(UsageChunk.REPEATED_FINISH));
        assertThat(repeated.last().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(repeated.usage().isObject()).isTrue();
        Sse empty = stream(Scripts.thinker().shape(UsageChunk.EMPTY_CHOICES));
        assertThat(empty.last().path("choices").isEmpty()).isTrue();
        assertThat(empty.usage()).isEqualTo(repeated.usage());
        Sse absent = stream(Scripts.thinker().shape(UsageChunk.ABSENT));
        assertThat(absent.usage().isMissingNode()).isTrue();
        assertThat(absent.done()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(UsageShape.class)
    void usageHasTheSameShapeAsInAWholeReply(UsageShape shape) {
        SimulatorScript script = Scripts.only(Scripts.thinker().usageShape(shape));
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(script))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            ObjectNode request = ApiClient.body(Scripts.THINKER, "sum");
            assertThat(client.stream(request).usage())
                    .isEqualTo(client.complete(request).path("usage"));
        }
    }

    @Test
    void thinkingThatUsesUpTheLimitLeavesNoContent() {
        with((simulator, client) -> {
            Sse stream = client.stream(
                    ApiClient.body(Scripts.ALWAYS, "question number 1.", body -> body.put("max_tokens", 100)));
            assertThat(stream.content()).isEmpty();
            assertThat(stream.finishReasons()).containsExactly("length", "length");
        });
    }

    @Test
    void contentWithoutTextHasNoDeltas() {
        for (ContentShape shape : List.of(ContentShape.NULL, ContentShape.EMPTY, ContentShape.ABSENT)) {
            assertThat(stream(Scripts.thinker().contentShape(shape)).content()).isEmpty();
        }
        assertThat(stream(Scripts.thinker().contentShape(ContentShape.PARTS)).content())
                .isEqualTo("Final answer: 42");
    }

    @Test
    void commentsComeBeforeAndBetweenChunks() {
        Sse stream = stream(Scripts.thinker().comments(16, 2));
        assertThat(stream.comments()).isEqualTo(16 + 2L * (stream.chunks().size() - 1));
        assertThat(stream(Scripts.thinker().comments(0, 0)).comments()).isZero();
    }

    @Test
    void latencySpreadsTheDeltasAndCommentsFillTheSilence() throws Exception {
        SimulatorScript script = Scripts.only(
                Scripts.thinker().reasoningText(ReasoningText.NONE).latency(Duration.ofMillis(1200), Duration.ZERO));
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(script))) {
            long start = System.nanoTime();
            Sse stream = new ApiClient(simulator.baseUri()).stream(ApiClient.body(Scripts.THINKER, "sum"));
            assertThat(System.nanoTime() - start)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(1200).toNanos());
            assertThat(stream.comments())
                    .as("one at the start, one each quarter of a second")
                    .isGreaterThan(1);
        }
    }

    @Test
    void profileAndConfigurationSetTheTimesOfTheFirstDeltasAndTheGap() {
        Pacing profile = Pacing.BY_LATENCY
                .withFirstReasoning(Duration.ofHours(1))
                .withFirstContent(Duration.ofMillis(300))
                .withChunkGap(Duration.ofMillis(1));
        SimulatorScript script = Scripts.only(Scripts.thinker().pacing(profile));
        SimulatorConfig config = SimulatorConfig.builder(script)
                .pacing(Pacing.BY_LATENCY.withFirstReasoning(Duration.ofMillis(100)))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            long start = System.nanoTime();
            long firstReasoning = 0;
            long firstContent = 0;
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    client.open(ApiClient.body(Scripts.THINKER, "sum")), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    long now = System.nanoTime() - start;
                    if (line.contains("\"reasoning\":") && firstReasoning == 0) {
                        firstReasoning = now;
                    } else if (line.contains("\"content\":\"Final") && firstContent == 0) {
                        firstContent = now;
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(firstReasoning)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(100).toNanos());
            assertThat(firstContent)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos())
                    .isLessThan(Duration.ofMinutes(1).toNanos());
            String id = simulator.bill().lines().get(0).generationId();
            JsonNode record = ApiClient.json(client.get("/generation?id=" + id)).path("data");
            assertThat(record.path("latency").longValue()).isEqualTo(100);
            assertThat(record.path("generation_time").longValue()).isGreaterThanOrEqualTo(300);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429, 500, 503})
    void errorsBeforeTheFirstTokenAreOrdinaryReplies(int status) {
        with(Fault.status(status), (simulator, client) -> {
            HttpResponse<String> response = client.post(ApiClient.streamed(REQUEST));
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(ApiClient.json(response).at("/error/code").intValue()).isEqualTo(status);
        });
    }

    @Test
    void faultsOfTheBodyHitStreamsToo() {
        with(Fault.of(FaultKind.CUT_BODY), (simulator, client) -> {
            assertThatThrownBy(() -> client.post(ApiClient.streamed(REQUEST))).hasCauseInstanceOf(IOException.class);
            assertThat(simulator.bill().lines()).hasSize(1);
        });
        with(Fault.of(FaultKind.TRUNCATED_JSON), (simulator, client) -> {
            String body = client.post(ApiClient.streamed(REQUEST)).body();
            String last = body.substring(body.lastIndexOf("data: ") + 6);
            assertThatThrownBy(() -> ApiClient.MAPPER.readTree(last)).isInstanceOf(JacksonException.class);
            assertThat(simulator.bill().lines()).hasSize(1);
        });
        with(Fault.of(FaultKind.PADDING).withPaddingBlocks(3), (simulator, client) -> {
            Sse stream = client.stream(REQUEST);
            assertThat(stream.comments()).isEqualTo(3L * stream.chunks().size());
        });
        with(
                Fault.of(FaultKind.STALL).withDelay(Duration.ofMillis(20)),
                (simulator, client) ->
                        assertThat(client.stream(REQUEST).content()).endsWith(" 1"));
        with(
                Fault.of(FaultKind.OTHER_MODEL),
                (simulator, client) -> assertThat(client.stream(REQUEST).chunks())
                        .allSatisfy(chunk ->
                                assertThat(chunk.path("model").asString()).isEqualTo("simulated/another-model")));
        with(Fault.of(FaultKind.REFUSAL), (simulator, client) -> {
            Sse stream = client.stream(REQUEST);
            assertThat(stream.finishReasons()).containsExactly("content_filter", "content_filter");
            assertThat(stream.chunks().get(0).at("/choices/0/delta/refusal").asString())
                    .isNotEmpty();
        });
        with(Fault.of(FaultKind.CACHE_HIT), (simulator, client) -> {
            HttpResponse<String> response = client.post(ApiClient.streamed(REQUEST));
            assertThat(response.headers().firstValue("X-OpenRouter-Cache-Status"))
                    .hasValue("HIT");
            assertThat(Sse.parse(response.body()).usage().path("total_tokens").longValue())
                    .isZero();
            assertThat(simulator.bill().lines()).isEmpty();
        });
    }

    private static String kind(JsonNode chunk) {
        if (chunk.has("usage")) {
            return "usage";
        }
        if (chunk.at("/choices/0/finish_reason").isString()) {
            return "finish";
        }
        return chunk.at("/choices/0/delta").has("reasoning_details") ? "reasoning" : "content";
    }

    private static List<String> details(Sse stream) {
        return stream.chunks().stream()
                .flatMap(chunk -> chunk.at("/choices/0/delta/reasoning_details").valueStream())
                .map(detail -> detail.path("type").asString())
                .toList();
    }

    private static Sse stream(ModelProfile.Builder model) {
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.only(model)))) {
            return new ApiClient(simulator.baseUri()).stream(ApiClient.body(Scripts.THINKER, "sum"));
        }
    }

    private static void with(BiConsumer<Simulator, ApiClient> test) {
        with(SimulatorConfig.of(Scripts.script()), test);
    }

    private static void with(Fault fault, BiConsumer<Simulator, ApiClient> test) {
        with(SimulatorConfig.builder(Scripts.script()).fault(fault).build(), test);
    }

    private static void with(SimulatorConfig config, BiConsumer<Simulator, ApiClient> test) {
        try (Simulator simulator = Simulator.start(config)) {
            test.accept(simulator, new ApiClient(simulator.baseUri()));
        }
    }
}
