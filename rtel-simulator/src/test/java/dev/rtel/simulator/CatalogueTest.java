package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class CatalogueTest {
    @RegisterExtension
    static final SimulatorExtension SIMULATOR = SimulatorExtension.of(Scripts.script());

    private final ApiClient client = new ApiClient(SIMULATOR.baseUri());

    @Test
    void modelListIsPublicAndHasPricesAsPlainStrings() {
        JsonNode list = ApiClient.json(client.send(client.request("/models")));
        assertThat(list.path("total_count").intValue()).isEqualTo(4);
        JsonNode thinker = list.at("/data/0");
        assertThat(thinker.path("id").asString()).isEqualTo(Scripts.THINKER);
        assertThat(thinker.path("canonical_slug").asString()).isEqualTo("acme/thinker-20260101");
        assertThat(thinker.at("/pricing/prompt").stringValue()).isEqualTo("0.00000025");
        assertThat(thinker.at("/pricing/completion").stringValue()).isEqualTo("0.000002");
        assertThat(thinker.path("context_length").isIntegralNumber()).isTrue();
        assertThat(thinker.at("/top_provider/max_completion_tokens").longValue())
                .isEqualTo(65536);
    }

    @Test
    void reasoningIsDescribedForModelsThatReason() {
        JsonNode data = ApiClient.json(client.get("/models")).path("data");
        assertThat(data.at("/0/reasoning").toString())
                .isEqualTo("{\"mandatory\":false,\"default_effort\":\"medium\","
                        + "\"supported_efforts\":[\"high\",\"medium\",\"low\"]}");
        assertThat(data.at("/0/supported_parameters").toString())
                .contains("\"reasoning\"", "\"reasoning_effort\"", "\"include_reasoning\"", "\"max_tokens\"");
        assertThat(data.at("/1/reasoning").toString()).isEqualTo("{\"mandatory\":true}");
        assertThat(data.path(2).has("reasoning")).isFalse();
        assertThat(data.at("/2/supported_parameters").toString()).doesNotContain("reasoning");
    }

    @Test
    void endpointsNameTheProviderTag() {
        JsonNode data = ApiClient.json(client.send(client.request("/models/acme/thinker/endpoints")))
                .path("data");
        assertThat(data.path("id").asString()).isEqualTo(Scripts.THINKER);
        assertThat(data.at("/endpoints/0/tag").asString()).isEqualTo("acme-cloud");
        assertThat(data.at("/endpoints/0/provider_name").asString()).isEqualTo("Acme Cloud");
        assertThat(client.get("/models/acme/none/endpoints").statusCode()).isEqualTo(404);
    }

    @Test
    void testMethodsMayHaveTheSimulatorAsParameter(Simulator simulator) {
        assertThat(simulator).isSameAs(SIMULATOR.simulator());
    }
}
