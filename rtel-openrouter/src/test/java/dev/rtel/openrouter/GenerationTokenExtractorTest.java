package dev.rtel.openrouter;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.testkit.TokenExtractorCompatibilityKit;
import dev.rtel.wire.ChatReply;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTokenExtractorTest extends TokenExtractorCompatibilityKit {
    private static final String RECORD = "{\"data\":{\"id\":\"gen-1\",\"native_tokens_prompt\":14,"
            + "\"native_tokens_completion\":120,\"native_tokens_reasoning\":112,\"total_cost\":0.000265}}";
    private WireMockServer server;

    @BeforeEach
    void start() {
        server = Servers.wireMock();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Override
    protected TokenExtractor extractor() {
        return new GenerationTokenExtractorProvider()
                .create(Servers.context(true, Map.of("base_url", server.baseUrl() + "/api/v1/")));
    }

    @Override
    protected Optional<TokenExtractor> extractorWithoutRecord() {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
        return Optional.of(extractor());
    }

    private static Completion bare(String id) {
        return Completion.builder().text("42").generationId(id).build();
    }

    @Test
    void theRecordFillsWhatTheReplyDidNotTell() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(RECORD)));
        BillingRecord record = extractor().lookUp("gen-1").orElseThrow();
        TokenUsage settled =
                extractor().extract(bare("gen-1").toBuilder().billing(record).build());
        assertThat(settled.reasoning()).isEqualTo(Count.of(112, Count.Source.GENERATION));
        var sent = server.findAll(anyRequestedFor(anyUrl())).get(0);
        assertThat(sent.getUrl()).isEqualTo("/api/v1/generation?id=gen-1");
        assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + Servers.KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 404, 429, 500, 502, 524, 529, 302})
    void anyOtherStatusIsNotYet(int status) throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(RECORD)));
        assertThat(extractor().lookUp("gen-1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"data\":{\"id\":\"gen-other\",\"native_tokens_prompt\":1}}"})
    void whatIsNotTheRecordIsNotYet(String body) throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(okJson(body)));
        assertThat(extractor().lookUp("gen-1")).isEmpty();
    }

    @Test
    void aCutConnectionIsNotYet() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        assertThat(extractor().lookUp("gen-1")).isEmpty();
    }

    @Test
    void oddIdsAreEscaped() throws InterruptedException {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
        extractor().lookUp("gen 1&x=/../é");
        assertThat(server.findAll(anyRequestedFor(anyUrl())).get(0).getUrl())
                .isEqualTo("/api/v1/generation?id=gen+1%26x%3D%2F..%2F%C3%A9");
    }

    @Test
    void aCompleteReplyIsOnlyCrossChecked() {
        Completion full = ChatReply.fromRaw(Servers.ANSWER);
        assertThat(extractor().settling(full, extractor().extract(full)))
                .isEqualTo(TokenExtractor.Settling.CROSS_CHECK);
    }

    @Test
    void aMissingReasoningCountIsNeededWhereThinkingShows() {
        String noDetails = Servers.ANSWER.replace("completion_tokens_details", "other");
        Completion silent = ChatReply.fromRaw(noDetails);
        assertThat(extractor().settling(silent, extractor().extract(silent)))
                .isEqualTo(TokenExtractor.Settling.CROSS_CHECK);
        Completion thinking =
                ChatReply.fromRaw(noDetails.replace("\"content\":\"42\"", "\"content\":\"42\",\"reasoning\":\"Hm.\""));
        assertThat(extractor().settling(thinking, extractor().extract(thinking)))
                .isEqualTo(TokenExtractor.Settling.NEEDED);
    }

    @Test
    void aMissingCostIsNeeded() {
        Completion free = ChatReply.fromRaw(Servers.ANSWER.replace("\"cost\"", "\"price\""));
        assertThat(extractor().settling(free, extractor().extract(free))).isEqualTo(TokenExtractor.Settling.NEEDED);
    }

    @Test
    void aCachedAnswerIsNotLookedUp() {
        Completion cached = bare("gen-1").toBuilder().cacheHit(true).build();
        assertThat(extractor().settling(cached, extractor().extract(cached))).isEqualTo(TokenExtractor.Settling.NONE);
    }
}
