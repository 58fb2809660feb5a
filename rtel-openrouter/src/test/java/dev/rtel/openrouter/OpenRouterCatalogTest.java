package dev.rtel.openrouter;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenRouterCatalogTest {
    private WireMockServer server;

    @BeforeEach
    void start() {
        server = Servers.wireMock();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private OpenRouterCatalog catalog() {
        return OpenRouterCatalog.of(Servers.context(false, Map.of("base_url", server.baseUrl() + "/api/v1")));
    }

    @Test
    void modelsAreReadAsListed() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson("""
                {"data":[
                {"id":"openai/gpt-5-mini","canonical_slug":"openai/gpt-5-mini-2025-08-07","name":"OpenAI: GPT-5 Mini",
                "context_length":400000,"knowledge_cutoff":"2024-05-31","expiration_date":null,
                "pricing":{"prompt":"0.00000025","completion":"0.000002","overrides":[{"prompt":"1"}],"discount":0.5},
                "top_provider":{"max_completion_tokens":128000},"supported_parameters":["seed","reasoning"],
                "reasoning":{"mandatory":true,"default_effort":"medium","supported_efforts":["high","medium","low"]}},
                {"id":"openrouter/auto","pricing":{"prompt":"-1","completion":"-1"},"supported_parameters":null},
                {"name":"no id"}, null]}""")));
        List<CatalogModel> models = catalog().models();
        assertThat(models).extracting(CatalogModel::id).containsExactly("openai/gpt-5-mini", "openrouter/auto");
        CatalogModel mini = models.get(0);
        assertThat(mini.canonicalSlug()).contains("openai/gpt-5-mini-2025-08-07");
        assertThat(mini.prices()).containsOnlyKeys("prompt", "completion");
        assertThat(mini.promptPrice()).contains(new BigDecimal("0.00000025"));
        assertThat(mini.completionPrice()).contains(new BigDecimal("0.000002"));
        assertThat(mini.contextLength()).hasValue(400_000);
        assertThat(mini.maxCompletionTokens()).hasValue(128_000);
        assertThat(mini.reasons()).isTrue();
        assertThat(mini.knowledgeCutoff()).contains("2024-05-31");
        CatalogModel.Reasoning reasoning = mini.reasoning().orElseThrow();
        assertThat(reasoning.mandatory()).isTrue();
        assertThat(reasoning.supportedEfforts()).contains(List.of("high", "medium", "low"));
        assertThat(reasoning.defaultEffort()).contains("medium");
        assertThat(reasoning.defaultEnabled()).isEmpty();
        CatalogModel auto = models.get(1);
        assertThat(auto.prices()).isEmpty();
        assertThat(auto.reasoning()).isEmpty();
        assertThat(auto.contextLength()).isEmpty();
        assertThat(server.findAll(anyRequestedFor(anyUrl())).get(0).getUrl()).isEqualTo("/api/v1/models");
    }

    @ParameterizedTest
    @CsvSource({"500,oops,HTTP 500", "200,<html>,no list of models", "200,'{\"data\":{}}',no list of models"})
    void failuresSayWhatAndWhere(int status, String body, String message) {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        assertThatThrownBy(() -> catalog().models())
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("/models");
    }

    @Test
    void aCutConnectionIsACatalogException() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        assertThatThrownBy(() -> catalog().models()).isInstanceOf(CatalogException.class);
    }
}
