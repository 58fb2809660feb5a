package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds a simulator without faults against what the reference says is always true. */
class InvariantTest {
    private static final int REQUESTS = 2000;
    private static final List<String> MODELS =
            List.of(Scripts.THINKER, Scripts.ALWAYS, Scripts.PLAIN, "acme/cut", "acme/signed", ProviderTest.MODEL);

    private static final SimulatorScript SCRIPT = script();

    @RegisterExtension
    static final SimulatorExtension SIMULATOR = SimulatorExtension.of(SCRIPT);

    private final ApiClient client = new ApiClient(SIMULATOR.baseUri());

    private static SimulatorScript script() {
        SimulatorScript.Builder script = Scripts.builder()
                .model(ModelProfile.builder("acme/cut")
                        .reasoning(ReasoningMode.OPTIONAL, 300)
                        .reasoningText(ReasoningText.TEXT)
                        .truncationProbability(0.4)
                        .verbosity(3)
                        .build())
                .model(ModelProfile.builder("acme/signed")
                        .reasoning(ReasoningMode.OPTIONAL, 2000)
                        .reasoningText(ReasoningText.SIGNATURE)
                        .shape(UsageChunk.EMPTY_CHOICES)
                        .prices("0.00000125", "0.00001")
                        .build());
        ProviderTest.script().models().forEach(script::model);
        return script.build();
    }

    /**
     * A reply, whole or streamed, as far as the invariants go.
     *
     * @param content the content; null node if there is none
     */
    private record Reply(String id, String header, String finish, JsonNode content, String reasoning, JsonNode usage) {
        long reasoningTokens() {
            return usage.at("/completion_tokens_details/reasoning_tokens").longValue();
        }

        long completionTokens() {
            return usage.path("completion_tokens").longValue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void invariantsHoldForThousandsOfRequests(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < REQUESTS; i++) {
            boolean streamed = i % 2 == 0;
            ObjectNode body = request(random, seed + "/" + i);
            Reply reply = send(body, streamed);
            String place = (streamed ? "streamed " : "") + body;
            checkUsage(reply, place);
            checkRecordAndBill(reply, streamed, place);
            checkThinking(body, reply, streamed, place);
            checkLimit(body, reply, place);
        }
    }

    private static void checkUsage(Reply reply, String place) {
        JsonNode usage = reply.usage();
        assertThat(usage.path("total_tokens").longValue())
                .as(place)
                .isEqualTo(usage.path("prompt_tokens").longValue() + reply.completionTokens());
        assertThat(reply.reasoningTokens()).as(place).isBetween(0L, reply.completionTokens());
        BigDecimal prompt =
                usage.at("/cost_details/upstream_inference_prompt_cost").decimalValue();
        BigDecimal completion =
                usage.at("/cost_details/upstream_inference_completions_cost").decimalValue();
        assertThat(usage.path("cost").decimalValue()).as(place).isEqualByComparingTo(prompt.add(completion));
        assertThat(usage.at("/cost_details/upstream_inference_cost").decimalValue())
                .as(place)
                .isEqualByComparingTo(prompt.add(completion));
        assertThat(reply.header()).as(place).isEqualTo(reply.id());
    }

    private void checkRecordAndBill(Reply reply, boolean streamed, String place) {
        JsonNode usage = reply.usage();
        List<BillLine> lines = SIMULATOR.bill().lines();
        BillLine line = lines.get(lines.size() - 1);
        assertThat(line.generationId()).as(place).isEqualTo(reply.id());
        assertThat(line.cost())
                .as(place)
                .isEqualByComparingTo(usage.path("cost").decimalValue());
        assertThat(line.streamed()).as(place).isEqualTo(streamed);
        BigDecimal price = price(line);
        assertThat(usage.at("/cost_details/upstream_inference_completions_cost").decimalValue())
                .as(place)
                .isEqualByComparingTo(price.multiply(BigDecimal.valueOf(reply.completionTokens())));
        JsonNode record =
                ApiClient.json(client.get("/generation?id=" + reply.id())).path("data");
        assertThat(record.path("native_tokens_prompt")).as(place).isEqualTo(usage.path("prompt_tokens"));
        assertThat(record.path("native_tokens_completion")).as(place).isEqualTo(usage.path("completion_tokens"));
        assertThat(record.path("native_tokens_reasoning").longValue()).as(place).isEqualTo(reply.reasoningTokens());
        assertThat(record.path("usage").decimalValue())
                .as(place)
                .isEqualByComparingTo(record.path("total_cost").decimalValue())
                .isEqualByComparingTo(usage.path("cost").decimalValue());
        assertThat(record.path("streamed").booleanValue()).as(place).isEqualTo(streamed);
        assertThat(record.path("cancelled").booleanValue()).as(place).isFalse();
        assertThat(record.path("finish_reason").asString()).as(place).isEqualTo(reply.finish());
    }

    private void checkThinking(ObjectNode body, Reply reply, boolean streamed, String place) {
        JsonNode wish = body.path("reasoning");
        boolean off = wish.path("effort").asString("").equals("none")
                || wish.path("enabled").asBoolean(true) == false;
        if (off || body.path("model").asString().equals(Scripts.PLAIN)) {
            assertThat(reply.reasoningTokens()).as(place).isZero();
            assertThat(reply.reasoning()).as(place).isEmpty();
        }
        if (wish.path("exclude").asBoolean(false)) {
            assertThat(reply.reasoning()).as(place).isEmpty();
            ObjectNode shown = body.deepCopy();
            ((ObjectNode) shown.path("reasoning")).remove("exclude");
            Reply other = send(shown, streamed);
            assertThat(other.usage()).as(place).isEqualTo(reply.usage());
            assertThat(other.content()).as(place).isEqualTo(reply.content());
        }
    }

    private static void checkLimit(ObjectNode body, Reply reply, String place) {
        long limit = body.path("max_tokens").longValue(65_536);
        assertThat(reply.completionTokens()).as(place).isLessThanOrEqualTo(limit);
        if (reply.completionTokens() > 0 && reply.reasoningTokens() == reply.completionTokens()) {
            assertThat(reply.finish()).as(place).isEqualTo("length");
            assertThat(reply.content().asString("")).as(place).isEmpty();
        }
        if (reply.finish().equals("stop")) {
            assertThat(reply.content().asString()).as(place).isNotEmpty();
        } else {
            assertThat(reply.finish()).as(place).isEqualTo("length");
        }
    }

    private static ObjectNode request(SplittableRandom random, String trial) {
        String model = MODELS.get(random.nextInt(MODELS.size()));
        ObjectNode body = ApiClient.body(
                model,
                "question number " + random.nextInt(50) + ".",
                Map.of("rtel_trial", trial, "rtel_epoch", Integer.toString(1 + random.nextInt(3))));
        boolean mandatory = model.equals(Scripts.ALWAYS);
        ObjectNode reasoning = body.putObject("reasoning");
        switch (random.nextInt(6)) {
            case 0 -> reasoning.put("effort", mandatory ? "low" : "none");
            case 1 -> reasoning.put("enabled", mandatory);
            case 2 -> reasoning.put("effort", Effort.values()[1 + random.nextInt(6)].wireName());
            case 3 -> reasoning.put("max_tokens", 1 + random.nextInt(2000));
            default -> {}
        }
        if (random.nextInt(4) == 0) {
            reasoning.put("exclude", true);
        }
        if (random.nextBoolean()) {
            body.put("max_tokens", 1 + random.nextInt(random.nextBoolean() ? 60 : 4000));
        }
        return body;
    }

    private Reply send(ObjectNode body, boolean streamed) {
        HttpResponse<String> response = client.post(streamed ? ApiClient.streamed(body) : body);
        assertThat(response.statusCode()).as("%s: %s", body, response.body()).isEqualTo(200);
        String header = response.headers().firstValue("X-Generation-Id").orElse("");
        if (!streamed) {
            JsonNode whole = ApiClient.json(response);
            JsonNode choice = whole.at("/choices/0");
            return new Reply(
                    whole.path("id").asString(),
                    header,
                    choice.path("finish_reason").asString(),
                    choice.at("/message/content"),
                    choice.at("/message/reasoning").asString(""),
                    whole.path("usage"));
        }
        Sse stream = Sse.parse(response.body());
        assertThat(stream.done()).isTrue();
        assertThat(stream.chunks().stream()
                        .map(chunk -> chunk.path("id").asString())
                        .distinct())
                .hasSize(1);
        assertThat(stream.reasoning()).isEqualTo(stream.detailedReasoning());
        return new Reply(
                stream.last().path("id").asString(),
                header,
                stream.finishReasons().get(0),
                stream.content().isEmpty() ? NullNode.instance : ApiClient.MAPPER.valueToTree(stream.content()),
                stream.reasoning(),
                stream.usage());
    }

    private static BigDecimal price(BillLine line) {
        return SCRIPT.model(line.model()).orElseThrow().endpoints().stream()
                .filter(endpoint -> endpoint.tag().equals(line.endpoint()))
                .map(Endpoint::completionPrice)
                .findFirst()
                .orElseThrow();
    }
}
