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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "pricing":{"prompt":"0.00000025","completion":"0.000002","discount":0.5,"overrides":[{"min_prompt_tokens":200000,"prompt":"0.000001","completion":"-1"},
                {"min_prompt_tokens":100000,"prompt":"0.0000005"},{"prompt":"1"},
                {"utc_start":"00:00","utc_end":"06:00","min_prompt_tokens":1,"prompt":"2"},null]},
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
        assertThat(mini.overrides())
                .extracting(CatalogModel.PriceOverride::minPromptTokens)
                .containsExactly(100_000L, 200_000L);
        assertThat(mini.pricesAt(99_999)).isEqualTo(mini.prices());
        assertThat(mini.pricesAt(100_000)).containsEntry("prompt", new BigDecimal("0.0000005"));
        assertThat(mini.pricesAt(300_000))
                .containsEntry("prompt", new BigDecimal("0.000001"))
                .containsEntry("completion", new BigDecimal("0.000002"));
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

    @Test
    void onlyTheModelsAskedForAreKept() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson("""
                {"data":[{"id":"a/1"},{"id":"b/2"},{"id":"c/3"}],"total_count":3}""")));
        assertThat(catalog().models(List.of("c/3", "a/1", "x/9", "a/1")))
                .extracting(CatalogModel::id)
                .containsExactly("a/1", "c/3");
        assertThat(catalog().models(List.of())).isEmpty();
    }

    @Test
    void endpointsAreReadAsListed() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson("""
                {"data":{"id":"deepseek/deepseek-r1","name":"R1","endpoints":[
                {"name":"DeepInfra | r1","provider_name":"DeepInfra","tag":"deepinfra/fp8","quantization":"fp8",
                "context_length":163840,"max_completion_tokens":null,"status":0,
                "pricing":{"prompt":"0.0000005","completion":"0.00000215","discount":0}},
                {"provider_name":"Novita","quantization":"unknown","max_completion_tokens":32768,"status":-5,
                "pricing":null},
                {"tag":"nameless"},null]}}""")));
        List<CatalogEndpoint> endpoints = catalog().endpoints("deepseek/deepseek-r1:free");
        assertThat(endpoints).extracting(CatalogEndpoint::provider).containsExactly("DeepInfra", "Novita");
        CatalogEndpoint first = endpoints.get(0);
        assertThat(first.tag()).contains("deepinfra/fp8");
        assertThat(first.quantization()).contains("fp8");
        assertThat(first.contextLength()).hasValue(163_840);
        assertThat(first.maxCompletionTokens()).isEmpty();
        assertThat(first.prices())
                .containsOnlyKeys("prompt", "completion")
                .containsEntry("completion", new BigDecimal("0.00000215"));
        assertThat(first.status()).hasValue(0);
        assertThat(endpoints.get(1).status()).hasValue(-5);
        assertThat(endpoints.get(1).quantization()).isEmpty();
        assertThat(endpoints.get(1).tag()).isEmpty();
        assertThat(server.findAll(anyRequestedFor(anyUrl())).get(0).getUrl())
                .isEqualTo("/api/v1/models/deepseek/deepseek-r1:free/endpoints");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4", "a/b/c", "../key", "a/../../key", "a/b?x=1", "a/b#c", "a b/c", "/", ""})
    void aModelIdThatIsNoneIsNotAskedFor(String id) {
        assertThatThrownBy(() -> catalog().endpoints(id))
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(CatalogException.Kind.OTHER))
                .hasMessageContaining("'" + id + "'");
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @Test
    void whatTheKeyMaySpendIsReadAndItsLabelIsNot() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson("""
                {"data":{"label":"sk-or-v1-abc...xyz","limit":50,"limit_remaining":37.25,"usage":12.75,
                "is_free_tier":false,"expires_at":"2027-01-01T00:00:00Z","rate_limit":{"requests":-1}}}""")));
        KeyInfo key = catalog().keyInfo();
        assertThat(key.limit()).contains(new BigDecimal("50"));
        assertThat(key.limitRemaining()).contains(new BigDecimal("37.25"));
        assertThat(key.usage()).contains(new BigDecimal("12.75"));
        assertThat(key.isFreeTier()).contains(false);
        assertThat(key.expiresAt()).contains(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(key.toString()).doesNotContain("sk-or");
        assertThat(server.findAll(anyRequestedFor(anyUrl())).get(0).getUrl()).isEqualTo("/api/v1/key");
    }

    @Test
    void aKeyWithoutLimitsHasNone() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson("""
                {"data":{"limit":null,"limit_remaining":null,"usage":0,"expires_at":"soon"}}""")));
        KeyInfo key = catalog().keyInfo();
        assertThat(key.limit()).isEmpty();
        assertThat(key.limitRemaining()).isEmpty();
        assertThat(key.usage()).contains(BigDecimal.ZERO);
        assertThat(key.isFreeTier()).isEmpty();
        assertThat(key.expiresAt()).isEmpty();
    }

    @Test
    void withoutAKeyNobodyIsAsked() {
        OpenRouterCatalog catalog =
                OpenRouterCatalog.of(Servers.context(false, Map.of("base_url", "https://models.invalid/v1")));
        assertThatThrownBy(catalog::keyInfo)
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(CatalogException.Kind.KEY_REFUSED))
                .hasMessageContaining("OPENROUTER_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\":\"list\",\"data\":[{\"id\":\"llama3\"},{\"object\":\"model\"},{\"id\":\"qwen3\"}]}",
                "[{\"id\":\"llama3\"},null,{\"id\":\"qwen3\"}]",
            })
    void compatibleServersNameTheirModels(String body) throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(body)));
        OpenAiCompatibleCatalog catalog =
                OpenAiCompatibleCatalog.of(Servers.context(false, Map.of("base_url", server.baseUrl() + "/v1/")));
        assertThat(catalog.modelIds()).containsExactly("llama3", "qwen3");
        assertThat(server.findAll(anyRequestedFor(anyUrl())).get(0).getUrl()).isEqualTo("/v1/models");
        assertThatThrownBy(() -> OpenAiCompatibleCatalog.of(Servers.context(false, Map.of())))
                .hasMessageContaining("base_url");
    }

    @ParameterizedTest
    @CsvSource({
        "500,oops,OTHER,HTTP 500",
        "404,oops,OTHER,HTTP 404",
        "401,'{\"error\":{\"message\":\"User not found.\"}}',KEY_REFUSED,User not found",
        "200,<html>,OTHER,is no",
        "200,'{\"data\":7}',OTHER,is no",
        "200,'',OTHER,is no"
    })
    void failuresSayWhatAndWhere(int status, String body, CatalogException.Kind kind, String message) {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        for (Asked asked : List.<Asked>of(
                () -> catalog().models(),
                () -> catalog().endpoints("a/b"),
                () -> catalog().keyInfo(),
                () -> OpenAiCompatibleCatalog.of(Servers.context(true, Map.of("base_url", server.baseUrl())))
                        .modelIds())) {
            assertThatThrownBy(asked::ask)
                    .isInstanceOfSatisfying(CatalogException.class, e -> {
                        assertThat(e.kind()).isEqualTo(kind);
                        assertThat(e.status()).hasValue(status);
                    })
                    .hasMessageContaining(message)
                    .hasMessageContaining(server.baseUrl());
        }
    }

    private interface Asked {
        void ask() throws InterruptedException;
    }

    @Test
    void anEchoedKeyIsTakenOut() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401).withBody("bad " + Servers.KEY)));
        OpenRouterCatalog catalog = OpenRouterCatalog.of(Servers.context(true, Map.of("base_url", server.baseUrl())));
        assertThatThrownBy(catalog::keyInfo).hasMessageNotContaining(Servers.KEY);
    }

    @Test
    void aCutConnectionIsUnreachable() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        assertThatThrownBy(() -> catalog().models()).isInstanceOfSatisfying(CatalogException.class, e -> {
            assertThat(e.kind()).isEqualTo(CatalogException.Kind.UNREACHABLE);
            assertThat(e.status()).isEmpty();
        });
    }
}
