package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ProviderTest {
    static final String MODEL = "open/weights";

    @RegisterExtension
    final SimulatorExtension simulator = SimulatorExtension.of(script());

    private ApiClient client() {
        return new ApiClient(simulator.baseUri());
    }

    static SimulatorScript script() {
        return SimulatorScript.builder()
                .model(ModelProfile.builder(MODEL)
                        .accuracy(1)
                        .endpoint(endpoint("DeepInfra", "deepinfra/fp4", "fp4", "0.0000005", "0.000002"))
                        .endpoint(endpoint("DeepInfra", "deepinfra/fp8", "fp8", "0.000001", "0.000003"))
                        .endpoint(endpoint("Novita", "novita", "fp8", "0.000001", "0.000004"))
                        .build())
                .sample("sum", "sum", "math", "Final answer: 42", "Final answer: 41")
                .build();
    }

    private static Endpoint endpoint(String name, String tag, String quantization, String prompt, String completion) {
        return new Endpoint(name, tag, quantization, new BigDecimal(prompt), new BigDecimal(completion));
    }

    @Test
    void endpointsAreListedWithTagQuantizationAndPrices() {
        JsonNode endpoints =
                ApiClient.json(client().get("/models/" + MODEL + "/endpoints")).at("/data/endpoints");
        assertThat(endpoints.size()).isEqualTo(3);
        JsonNode second = endpoints.path(1);
        assertThat(second.path("provider_name").asString()).isEqualTo("DeepInfra");
        assertThat(second.path("tag").asString()).isEqualTo("deepinfra/fp8");
        assertThat(second.path("quantization").asString()).isEqualTo("fp8");
        assertThat(second.at("/pricing/prompt").stringValue()).isEqualTo("0.000001");
        assertThat(second.at("/pricing/completion").stringValue()).isEqualTo("0.000003");
        JsonNode listed = ApiClient.json(client().get("/models")).at("/data/0");
        assertThat(listed.at("/pricing/completion").stringValue())
                .as("the list has the prices of the first endpoint")
                .isEqualTo("0.000002");
    }

    @Test
    void exactTagMeansOneEndpointAndABaseSlugAllOfTheProvider() {
        assertThat(served("{\"only\":[\"deepinfra/fp8\"]}")).isEqualTo("deepinfra/fp8");
        assertThat(served("{\"only\":[\"novita\"]}")).isEqualTo("novita");
        assertThat(served("{\"only\":[\"deepinfra\"],\"ignore\":[\"deepinfra/fp4\"]}"))
                .isEqualTo("deepinfra/fp8");
        assertThat(served("{\"ignore\":[\"deepinfra\"]}")).isEqualTo("novita");
        assertThat(served("{\"quantizations\":[\"fp4\",\"int8\"]}")).isEqualTo("deepinfra/fp4");
        assertThat(served("{\"quantizations\":[\"fp8\"],\"ignore\":[\"deepinfra\"]}"))
                .isEqualTo("novita");
    }

    @Test
    void orderComesFirst() {
        assertThat(served("{\"order\":[\"novita\",\"deepinfra\"]}")).isEqualTo("novita");
        assertThat(served("{\"order\":[\"nobody\",\"deepinfra/fp8\"],\"allow_fallbacks\":false}"))
                .isEqualTo("deepinfra/fp8");
    }

    @Test
    void nothingLeftIsNotFound() {
        for (String provider : new String[] {
            "{\"only\":[\"openai\"]}",
            "{\"only\":[\"deep\"]}",
            "{\"ignore\":[\"deepinfra\",\"novita\"]}",
            "{\"quantizations\":[\"bf16\"]}",
            "{\"only\":[\"novita\"],\"quantizations\":[\"fp4\"]}"
        }) {
            HttpResponse<String> response = client().post(request(provider, "t"));
            assertThat(response.statusCode()).as(provider).isEqualTo(404);
            assertThat(ApiClient.json(response).at("/error/message").asString())
                    .startsWith("No endpoints found for " + MODEL);
        }
    }

    @Test
    void servingProviderIsInTheReplyTheRecordAndTheBillAtItsOwnPrice() {
        HttpResponse<String> response = client().post(request("{\"only\":[\"novita\"]}", "t"));
        JsonNode reply = ApiClient.json(response);
        BillLine line = simulator.bill().lines().get(0);
        assertThat(reply.path("provider").asString()).isEqualTo("Novita").isEqualTo(line.provider());
        assertThat(response.headers().firstValue("X-Provider-Name")).hasValue("Novita");
        assertThat(line.endpoint()).isEqualTo("novita");
        assertThat(line.cost())
                .isEqualByComparingTo(new BigDecimal("0.000001")
                        .multiply(BigDecimal.valueOf(line.promptTokens()))
                        .add(new BigDecimal("0.000004").multiply(BigDecimal.valueOf(line.completionTokens()))));
        JsonNode record = ApiClient.json(client().get("/generation?id=" + line.generationId()));
        assertThat(record.at("/data/provider_name").asString()).isEqualTo("Novita");
    }

    @Test
    void withoutAWishCheapProvidersServeMoreAndATrialAlwaysGoesTheSameWay() {
        Map<String, Integer> served = new TreeMap<>();
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            client().complete(request("{}", "trial " + i));
            String tag = simulator.bill().lines().get(i).endpoint();
            first.add(tag);
            served.merge(tag, 1, Integer::sum);
        }
        assertThat(served).containsOnlyKeys("deepinfra/fp4", "deepinfra/fp8", "novita");
        assertThat(served.get("deepinfra/fp4")).isGreaterThan(served.get("novita"));
        for (int i = 0; i < 50; i++) {
            ObjectNode again = request("{}", "trial " + i);
            ((ObjectNode) again.path("metadata")).put("rtel_attempt", "2");
            client().complete(again);
            assertThat(simulator.bill().lines().get(200 + i).endpoint()).isEqualTo(first.get(i));
        }
    }

    @Test
    void anotherProviderThanAskedCanServe() {
        SimulatorConfig config = SimulatorConfig.builder(script())
                .fault(Fault.of(FaultKind.OTHER_PROVIDER))
                .build();
        try (Simulator other = Simulator.start(config)) {
            ApiClient client = new ApiClient(other.baseUri());
            JsonNode reply = client.complete(request("{\"only\":[\"deepinfra\"],\"allow_fallbacks\":false}", "t"));
            assertThat(reply.path("provider").asString()).isEqualTo("Novita");
            assertThat(other.bill().lines().get(0).endpoint()).isEqualTo("novita");
            assertThat(client.stream(request("{\"only\":[\"novita\"]}", "t")).chunks())
                    .allSatisfy(chunk ->
                            assertThat(chunk.path("provider").asString()).isEqualTo("DeepInfra"));
        }
        SimulatorConfig single = SimulatorConfig.builder(Scripts.script())
                .fault(Fault.of(FaultKind.OTHER_PROVIDER))
                .build();
        try (Simulator other = Simulator.start(single)) {
            JsonNode reply = new ApiClient(other.baseUri()).complete(ApiClient.body(Scripts.THINKER, "hi"));
            assertThat(reply.path("provider").asString()).isEqualTo("Another Provider");
        }
    }

    @Test
    void ownKeyPaysTheProviderAndTheAccountOnlyTheFee() {
        byok(true, (running, client) -> {
            JsonNode usage =
                    client.complete(ApiClient.body(Scripts.THINKER, "sum")).path("usage");
            BillLine line = running.bill().lines().get(0);
            BigDecimal upstream =
                    usage.at("/cost_details/upstream_inference_cost").decimalValue();
            BigDecimal fee = usage.path("cost").decimalValue();
            assertThat(usage.path("is_byok").booleanValue()).isTrue();
            assertThat(fee).isPositive().isEqualByComparingTo(upstream.multiply(new BigDecimal("0.05")));
            assertThat(line.cost()).isEqualByComparingTo(fee.add(upstream));
            assertThat(line.charged()).isEqualByComparingTo(fee);
            JsonNode record = ApiClient.json(client.get("/generation?id=" + line.generationId()))
                    .path("data");
            assertThat(record.path("is_byok").booleanValue()).isTrue();
            assertThat(record.path("total_cost").decimalValue()).isEqualByComparingTo(fee);
            assertThat(record.path("upstream_inference_cost").decimalValue()).isEqualByComparingTo(upstream);
            JsonNode key = ApiClient.json(client.get("/key")).path("data");
            assertThat(key.path("usage").decimalValue()).isEqualByComparingTo(fee);
            assertThat(key.path("byok_usage").decimalValue()).isEqualByComparingTo(upstream);
        });
    }

    @Test
    void providersPriceCanBeKeptBack() {
        byok(false, (running, client) -> {
            JsonNode usage =
                    client.complete(ApiClient.body(Scripts.THINKER, "sum")).path("usage");
            BillLine line = running.bill().lines().get(0);
            assertThat(usage.at("/cost_details/upstream_inference_cost").isNull())
                    .isTrue();
            assertThat(line.cost()).isGreaterThan(usage.path("cost").decimalValue());
            JsonNode record = ApiClient.json(client.get("/generation?id=" + line.generationId()));
            assertThat(record.at("/data/upstream_inference_cost").isNull()).isTrue();
        });
    }

    @Test
    void mistakesInEndpointsAreNamed() {
        assertThatThrownBy(() -> endpoint("A", "a", "fp3", "1", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quantization must be one of [bf16, fp16,")
                .hasMessageContaining("\"fp3\"");
        assertThatThrownBy(() -> endpoint("A", " ", "fp8", "1", "1")).hasMessageContaining("must not be blank");
        Endpoint endpoint = endpoint("A", "a", "fp8", "1", "1");
        assertThatThrownBy(() -> ModelProfile.builder("a/b")
                        .endpoint(endpoint)
                        .endpoint(endpoint)
                        .build())
                .hasMessageContaining("different tags");
    }

    private interface Check {
        void with(Simulator simulator, ApiClient client);
    }

    private static void byok(boolean shown, Check check) {
        SimulatorScript script = Scripts.only(Scripts.thinker().byok(new BigDecimal("0.05"), shown));
        try (Simulator running = Simulator.start(SimulatorConfig.of(script))) {
            check.with(running, new ApiClient(running.baseUri()));
        }
    }

    /** Returns the tag of the endpoint that serves a request with the given routing. */
    private String served(String provider) {
        client().complete(request(provider, "t"));
        List<BillLine> lines = simulator.bill().lines();
        return lines.get(lines.size() - 1).endpoint();
    }

    private static ObjectNode request(String provider, String trial) {
        ObjectNode body = ApiClient.body(MODEL, "sum", Map.of("rtel_trial", trial));
        body.set("provider", ApiClient.MAPPER.readTree(provider));
        return body;
    }
}
