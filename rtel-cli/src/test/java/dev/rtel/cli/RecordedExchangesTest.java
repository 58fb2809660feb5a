package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded exchanges with OpenRouter, played by a server and run through the real client: what arrives in the result
 * files is compared with what the recorded JSON says, read here by other means.
 */
class RecordedExchangesTest {
    private static final Path FILE =
            Path.of(System.getProperty("rtel.shared", "../shared")).resolve("data/recorded/openrouter-exchanges.jsonl");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern MARKER = Pattern.compile("exchange (\\d+)\\b");
    private static final Set<String> NOT_REPLAYED = Set.of("transfer-encoding", "content-length", "content-encoding");

    @TempDir
    Path directory;

    private final Map<Integer, Exchange> exchanges = new TreeMap<>();
    private final List<Integer> asked = java.util.Collections.synchronizedList(new ArrayList<>());
    private ExecutorService threads;
    private HttpServer server;
    private Cli cli;

    /** A recorded reply, its body as the provider sent it. */
    private record Exchange(int status, boolean streamed, Map<String, String> headers, String body) {
        boolean answered() {
            return status == 200;
        }

        boolean repliedAtOnce() {
            return answered() && !streamed;
        }

        JsonNode json() {
            return JSON.readTree(body.strip());
        }

        List<JsonNode> chunks() {
            return body.lines()
                    .filter(line -> line.startsWith("data: {"))
                    .map(line -> JSON.readTree(line.substring("data: ".length())))
                    .toList();
        }
    }

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(Files.isRegularFile(FILE), "the recorded exchanges are not there: " + FILE);
        int index = 0;
        for (String line : Files.readAllLines(FILE)) {
            JsonNode recorded = JSON.readTree(line);
            String request = recorded.path("requestBody").asString("{}");
            if (recorded.path("uri").stringValue().endsWith("/chat/completions")) {
                boolean streamed = JSON.readTree(request).path("stream").asBoolean(false);
                exchanges.put(index, exchange(recorded, streamed));
            }
            index++;
        }
        threads = Executors.newFixedThreadPool(8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/chat/completions", this::play);
        server.setExecutor(threads);
        server.start();
        cli = Cli.in(directory).withKey();
        cli.write("roster.yaml", """
                roster: recorded
                defaults: {max_tokens: 4000, timeout: 30s}
                models:
                  - {id: recorded/model, extractor: usage}
                """);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static Exchange exchange(JsonNode recorded, boolean streamed) {
        Map<String, String> headers = new TreeMap<>();
        recorded.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asString()));
        String body = recorded.path("body").stringValue();
        if (!streamed && !isJson(body)) {
            body = new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8);
        }
        return new Exchange(recorded.path("status").intValue(), streamed, headers, body);
    }

    private static boolean isJson(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    private void play(HttpExchange http) throws IOException {
        JsonNode request = JSON.readTree(http.getRequestBody().readAllBytes());
        assertThat(http.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer " + Cli.KEY);
        JsonNode messages = request.path("messages");
        Matcher marker =
                MARKER.matcher(messages.get(messages.size() - 1).path("content").stringValue());
        assertThat(marker.find()).isTrue();
        int index = Integer.parseInt(marker.group(1));
        asked.add(index);
        Exchange exchange = exchanges.get(index);
        exchange.headers().forEach((name, value) -> {
            if (!NOT_REPLAYED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                http.getResponseHeaders().add(name, value);
            }
        });
        byte[] body = exchange.body().getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(exchange.status(), 0); // chunked, as recorded
        http.getResponseBody().write(body);
        http.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1");
    }

    private String[] run(java.util.function.Predicate<Exchange> which, String... more) {
        StringBuilder task = new StringBuilder("""
                task: recorded
                version: "1"
                grader: {name: exact-numeric}
                answer_format: none
                samples:
                """);
        exchanges.forEach((index, exchange) -> {
            if (which.test(exchange)) {
                task.append("  - {id: e")
                        .append(index)
                        .append(", input: \"exchange ")
                        .append(index);
                task.append("\", target: \"16\"}\n");
            }
        });
        cli.write("task.yaml", task.toString());
        return Cli.args(
                new String[] {
                    "run",
                    "--base-url",
                    url().toString(),
                    "--roster",
                    "roster.yaml",
                    "--task",
                    "task.yaml",
                    "--retries",
                    "0",
                    "--max-cost",
                    "none",
                    "--max-errors",
                    "1",
                    "--json"
                },
                more);
    }

    private Map<Integer, Map<String, Object>> lines(String file) {
        return Cli.lines(cli.onlyRun().resolve(file)).stream()
                .collect(Collectors.toMap(
                        line -> Integer.parseInt(((String) line.get("sample")).substring(1)),
                        line -> line,
                        (a, b) -> b,
                        TreeMap::new));
    }

    @Test
    void everyRecordedReplyArrivesAsItWas() {
        long replies =
                exchanges.values().stream().filter(Exchange::repliedAtOnce).count();
        assertThat(replies).isPositive();
        Cli.Result result = cli.run(run(Exchange::repliedAtOnce)).exits(0);
        assertThat(result.json()).containsEntry("simulated", false);
        assertThat(asked).hasSize((int) replies).doesNotHaveDuplicates();
        Map<Integer, Map<String, Object>> samples = lines("samples.jsonl");
        Map<Integer, Map<String, Object>> completions = lines("completions.jsonl");
        assertThat(samples).hasSize((int) replies);
        assertThat(completions).hasSize((int) replies);
        samples.forEach(
                (index, sample) -> assertAnswer(index, exchanges.get(index).json(), sample, completions.get(index)));
    }

    @Test
    void everyRecordedStreamArrivesAsOneReply() {
        cli.write("roster.yaml", """
                roster: recorded
                defaults: {max_tokens: 4000, timeout: 30s}
                models:
                  - {id: recorded/model, extractor: usage, settings: {stream: true}}
                """);
        long streams = exchanges.values().stream().filter(Exchange::streamed).count();
        assertThat(streams).isPositive();
        cli.run(run(Exchange::streamed)).exits(0);
        Map<Integer, Map<String, Object>> samples = lines("samples.jsonl");
        Map<Integer, Map<String, Object>> completions = lines("completions.jsonl");
        assertThat(samples).hasSize((int) streams);
        samples.forEach(
                (index, sample) -> assertStream(index, exchanges.get(index).chunks(), sample, completions.get(index)));
    }

    private static void assertStream(
            int index, List<JsonNode> chunks, Map<String, Object> sample, Map<String, Object> completion) {
        String what = "exchange " + index;
        String content = joined(chunks, "content");
        String reasoning = joined(chunks, "reasoning");
        JsonNode usage = chunks.stream()
                .map(chunk -> chunk.path("usage"))
                .filter(JsonNode::isObject)
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(sample.get("outcome")).as(what).isEqualTo("scored");
        assertThat(completion.get("text")).as("%s text", what).isEqualTo(content.isBlank() ? null : content);
        assertThat(completion.get("reasoning"))
                .as("%s reasoning", what)
                .isEqualTo(reasoning.isBlank() ? null : reasoning);
        Map<String, Object> tokens = Cli.object(sample.get("tokens"));
        assertThat(tokens.get("prompt")).as(what).isEqualTo(whole(usage.path("prompt_tokens")));
        assertThat(tokens.get("completion")).as(what).isEqualTo(whole(usage.path("completion_tokens")));
        assertThat(tokens.get("reasoning"))
                .as("%s reasoning tokens", what)
                .isEqualTo(whole(usage.path("completion_tokens_details").path("reasoning_tokens")));
        if (usage.path("cost").isNumber() && !usage.path("is_byok").asBoolean(false)) {
            assertThat(new BigDecimal((String) sample.get("cost_usd")))
                    .as("%s cost", what)
                    .isEqualByComparingTo(usage.path("cost").decimalValue());
        }
        assertThat(sample.get("generation_id"))
                .as(what)
                .isEqualTo(text(chunks.get(0).path("id")));
        assertThat(sample.get("ttft_ms") != null)
                .as("%s first token", what)
                .isEqualTo(!content.isEmpty() || !reasoning.isEmpty());
    }

    private static String joined(List<JsonNode> chunks, String part) {
        return chunks.stream()
                .map(chunk -> chunk.path("choices").path(0).path("delta").path(part))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .collect(Collectors.joining());
    }

    private static void assertAnswer(
            int index, JsonNode reply, Map<String, Object> sample, Map<String, Object> completion) {
        String what = "exchange " + index;
        JsonNode choice = reply.path("choices").path(0);
        JsonNode usage = reply.path("usage");
        String content = text(choice.path("message").path("content"));
        String reasoning = text(choice.path("message").path("reasoning"));
        assertThat(completion.get("text")).as("%s text", what).isEqualTo(content);
        assertThat(completion).containsKey("text");
        assertThat(completion.get("reasoning")).as("%s reasoning", what).isEqualTo(reasoning);
        assertThat(completion.get("finish_reason")).as(what).isEqualTo(text(choice.path("finish_reason")));
        assertThat(sample.get("finish_reason")).as(what).isEqualTo(text(choice.path("finish_reason")));
        assertThat(sample.get("truncated")).as(what).isEqualTo("length".equals(text(choice.path("finish_reason"))));
        assertThat(sample.get("outcome")).as(what).isEqualTo("scored");
        assertThat(sample.get("error")).as(what).isNull();

        Map<String, Object> tokens = Cli.object(sample.get("tokens"));
        assertThat(tokens.get("prompt")).as(what).isEqualTo(whole(usage.path("prompt_tokens")));
        assertThat(tokens.get("completion"))
                .as("%s completion", what)
                .isEqualTo(whole(usage.path("completion_tokens")));
        Long thought = whole(usage.path("completion_tokens_details").path("reasoning_tokens"));
        assertThat(tokens.get("reasoning")).as("%s reasoning tokens", what).isEqualTo(thought);
        if (thought == null || thought == 0 && reasoning != null) {
            assertThat(tokens.get("response")).as("%s response tokens", what).isNull();
        } else {
            assertThat(tokens.get("response")).as(what).isEqualTo(whole(usage.path("completion_tokens")) - thought);
        }
        assertThat(((List<?>) tokens.get("flags")).contains("zero-with-text"))
                .as("%s flags", what)
                .isEqualTo(thought != null && thought == 0 && reasoning != null);

        BigDecimal cost = usage.has("cost") && usage.path("cost").isNumber()
                ? usage.path("cost").decimalValue()
                : null;
        if (cost != null && usage.path("is_byok").asBoolean(false)) {
            cost = cost.add(
                    usage.path("cost_details").path("upstream_inference_cost").decimalValue());
        }
        if (cost == null) {
            assertThat(sample).as(what).containsEntry("cost_usd", null).containsEntry("cost_source", "missing");
        } else {
            assertThat(new BigDecimal((String) sample.get("cost_usd")))
                    .as("%s cost", what)
                    .isEqualByComparingTo(cost);
            assertThat((String) sample.get("cost_usd")).as(what).doesNotContainIgnoringCase("e");
            assertThat(sample).as(what).containsEntry("cost_source", "billed");
        }
        assertThat(sample.get("provider")).as(what).isEqualTo(text(reply.path("provider")));
        assertThat(sample.get("served_model")).as(what).isEqualTo(text(reply.path("model")));
        assertThat(sample.get("generation_id")).as(what).isEqualTo(text(reply.path("id")));
        assertThat(JSON.readTree(dev.rtel.common.PlainJson.write(completion.get("raw"))))
                .as("%s raw", what)
                .isEqualTo(reply);
    }

    /** Null, absent and blank text are all no text. */
    private static String text(JsonNode node) {
        return node.isString() && !node.stringValue().isBlank() ? node.stringValue() : null;
    }

    private static Long whole(JsonNode node) {
        return node.isIntegralNumber() ? node.longValue() : null;
    }

    @Test
    void recordedErrorsAreFailedTrialsWithTheirType() {
        long errors = exchanges.values().stream()
                .filter(RecordedExchangesTest::refused)
                .count();
        assertThat(errors).isPositive();
        cli.run(run(RecordedExchangesTest::refused)).exits(0);
        assertThat(lines("samples.jsonl")).hasSize((int) errors).allSatisfy((index, sample) -> {
            Exchange exchange = exchanges.get(index);
            Map<String, Object> error = Cli.object(sample.get("error"));
            assertThat(sample)
                    .containsEntry("outcome", "failed")
                    .containsEntry("score", null)
                    .containsEntry("cost_usd", null)
                    .containsEntry("attempts", 1L);
            assertThat(error)
                    .containsEntry(
                            "type", exchange.status() == 400 ? "context_length_exceeded" : "rate_limit_exceeded");
            assertThat((String) error.get("message"))
                    .contains(
                            exchange.status() + "",
                            exchange.json()
                                    .path("error")
                                    .path("message")
                                    .stringValue()
                                    .substring(0, 20));
        });
        assertThat(asked).hasSize((int) errors);
    }

    private static boolean refused(Exchange exchange) {
        return exchange.status() == 400 || exchange.status() == 429;
    }

    @Test
    void theRecordedRefusalOfAKeyStopsTheRun() {
        Cli.Result result = cli.run(run(e -> e.status() == 401)).exits(6);
        result.json();
        result.says("401", "Missing Authentication header", "rtel resume ");
        assertThat(asked).hasSize(1);
        assertThat(lines("samples.jsonl")).isEmpty();
    }

    @Test
    void aReplayOfTheRecordedRepliesGivesTheSameLines() {
        cli.run(run(Exchange::repliedAtOnce)).exits(0);
        Path first = cli.onlyRun();
        int calls = asked.size();
        cli.run("run", "--replay", first.resolve("completions.jsonl").toString(), "--task", "task.yaml", "--json")
                .exits(0);
        assertThat(asked).hasSize(calls);
        Path second =
                cli.runs().stream().filter(r -> !r.equals(first)).findFirst().orElseThrow();
        assertThat(ReplayTest.comparable(second)).isEqualTo(ReplayTest.comparable(first));
    }
}
