package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorScriptTest {
    private static final String COMPLETE = """
            {"samples": [{"key": "a", "prompt_contains": "apples", "category": "math", "right": ["7"], "wrong": ["8", "9"]}],
             "models": [{"id": "acme/one", "canonical_slug": "acme/one-1", "provider_name": "Acme", "provider_tag": "acme/fp8",
               "prompt_price": "0.000001", "completion_price": 0.000002, "context_length": 1000, "max_completion_tokens": 500,
               "accuracy": 0.5, "accuracy_by_category": {"math": 0.9}, "reasoning": "optional", "mean_reasoning_tokens": 300,
               "reasoning_granularity": 64, "reasoning_text": "summary", "supported_efforts": ["high", "low"],
               "verbosity": 1.5, "truncation_probability": 0.1, "usage_shape": "details-absent", "content_shape": "PARTS",
               "finish_shape": "null", "model_echo": "requested", "usage_chunk": "empty-choices", "padding_blocks": 2,
               "comments_before": 3, "comments_between": 1, "rejects_other_efforts": true, "quantization": "fp8",
               "latency_ms": 20, "latency_spread_ms": 5, "first_reasoning_ms": 1, "first_content_ms": 2,
               "chunk_gap_ms": 3, "byok_fee": 0.05, "byok_upstream_shown": false, "judge": false},
              {"id": "acme/two", "prompt_price": 0.000001, "endpoints": [
               {"provider_name": "A", "tag": "a/fp8", "quantization": "fp8", "completion_price": 0.000003},
               {"provider_name": "B", "tag": "b", "prompt_price": "0.000002", "completion_price": 0.000004}]}],
             "judge_rules": [{"contains": ["x", "y"], "reply": "yes"}],
             "default_judge_reply": "no"}
            """;

    @Test
    void everyKeyIsRead() {
        SimulatorScript expected = SimulatorScript.builder()
                .sample(new ScriptedSample("a", "apples", "math", List.of("7"), List.of("8", "9")))
                .model(ModelProfile.builder("acme/one")
                        .canonicalSlug("acme/one-1")
                        .providerName("Acme")
                        .providerTag("acme/fp8")
                        .promptPrice(new BigDecimal("0.000001"))
                        .completionPrice(new BigDecimal("0.000002"))
                        .contextLength(1000)
                        .maxCompletionTokens(500)
                        .accuracy(0.5)
                        .accuracy("math", 0.9)
                        .reasoning(ReasoningMode.OPTIONAL, 300)
                        .reasoningGranularity(64)
                        .reasoningText(ReasoningText.SUMMARY)
                        .supportedEfforts(Effort.HIGH, Effort.LOW)
                        .verbosity(1.5)
                        .truncationProbability(0.1)
                        .usageShape(UsageShape.DETAILS_ABSENT)
                        .contentShape(ContentShape.PARTS)
                        .shape(FinishShape.NULL, ModelEcho.REQUESTED, UsageChunk.EMPTY_CHOICES)
                        .padding(2)
                        .comments(3, 1)
                        .rejectsOtherEfforts(true)
                        .quantization("fp8")
                        .latency(Duration.ofMillis(20), Duration.ofMillis(5))
                        .pacing(Pacing.BY_LATENCY
                                .withFirstReasoning(Duration.ofMillis(1))
                                .withFirstContent(Duration.ofMillis(2))
                                .withChunkGap(Duration.ofMillis(3)))
                        .byok(new BigDecimal("0.05"), false)
                        .build())
                .model(ModelProfile.builder("acme/two")
                        .endpoint(new Endpoint(
                                "A", "a/fp8", "fp8", new BigDecimal("0.000001"), new BigDecimal("0.000003")))
                        .endpoint(new Endpoint(
                                "B", "b", "unknown", new BigDecimal("0.000002"), new BigDecimal("0.000004")))
                        .build())
                .judgeRule("yes", "x", "y")
                .defaultJudgeReply("no")
                .build();
        assertThat(read(COMPLETE)).isEqualTo(expected);
        for (ModelProfile model : expected.models()) {
            assertThat(model.toBuilder().build()).isEqualTo(model);
        }
    }

    @Test
    void emptyObjectIsAnEmptyScript() {
        assertThat(read("{}")).isEqualTo(SimulatorScript.builder().build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|the script must be an object",
                "{\"samples\": [|not valid JSON at line 1",
                "{\"sample\": []}|unknown key \"sample\" in the script; known: [samples, models",
                "{\"models\": {}}|models must be a list",
                "{\"models\": [{}]}|models[0].id is missing",
                "{\"models\": [{\"id\": 1}]}|models[0].id must be a text, was 1",
                "{\"models\": [{\"id\": \"a\"}]}|models[0]: id must have the form author/slug, was \"a\"",
                "{\"models\": [{\"id\": \"a/b\", \"colour\": 1}]}|unknown key \"colour\" in models[0]",
                "{\"models\": [{\"id\": \"a/b\", \"accuracy\": 2}]}|models[0]: accuracy must be between 0 and 1, was 2.0",
                "{\"models\": [{\"id\": \"a/b\", \"accuracy\": \"x\"}]}|models[0].accuracy must be a number",
                "{\"models\": [{\"id\": \"a/b\", \"prompt_price\": \"x\"}]}|models[0].prompt_price must be a number or a decimal",
                "{\"models\": [{\"id\": \"a/b\", \"prompt_price\": true}]}|models[0].prompt_price must be a number or a decimal",
                "{\"models\": [{\"id\": \"a/b\", \"latency_ms\": 1.5}]}|models[0].latency_ms must be a whole number",
                "{\"models\": [{\"id\": \"a/b\", \"chunk_gap_ms\": -1}]}|models[0]: gap between chunks must not be",
                "{\"models\": [{\"id\": \"a/b\", \"padding_blocks\": -1}]}|models[0]: padding blocks must not be",
                "{\"models\": [{\"id\": \"a/b\", \"endpoints\": [{}]}]}|models[0].endpoints[0].provider_name is missing",
                "{\"models\": [{\"id\": \"a/b\", \"endpoints\": [{\"provider_name\": \"A\", \"tag\": \"a\"}]}]}|models[0].endpoints[0].prompt_price is missing, and the model",
                "{\"models\": [{\"id\": \"a/b\", \"prompt_price\": 1, \"completion_price\": 1, \"endpoints\": [{\"provider_name\": \"A\", \"tag\": \"a\", \"x\": 1}]}]}|unknown key \"x\" in models[0].endpoints[0]",
                "{\"models\": [{\"id\": \"a/b\", \"judge\": 1}]}|models[0].judge must be true or false",
                "{\"models\": [{\"id\": \"a/b\", \"reasoning\": \"x\"}]}|must be one of [none, optional, mandatory], was \"x\"",
                "{\"models\": [{\"id\": \"a/b\", \"supported_efforts\": [\"x\"]}]}|models[0].supported_efforts must be one of",
                "{\"models\": [{\"id\": \"a/b\", \"accuracy_by_category\": {\"m\": 7}}]}|accuracy of \"m\" must be between",
                "{\"models\": [{\"id\": \"a/b\"}, {\"id\": \"a/b\"}]}|model id \"a/b\" occurs twice",
                "{\"samples\": [{\"key\": \"k\", \"prompt_contains\": \"p\", \"right\": [], \"wrong\": []}]}|samples[0]: sample \"k\" needs",
                "{\"samples\": [{\"key\": \"k\", \"prompt_contains\": \"p\", \"right\": [1]}]}|samples[0].right[0] must be a text",
                "{\"judge_rules\": [{\"contains\": [], \"reply\": \"r\"}]}|judge_rules[0]: a judge rule needs",
                "{\"models\": [], \"models\": []}|not valid JSON at line 1"
            })
    void mistakesAreNamedWithTheirPlace(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(ScriptException.class).hasMessageContaining(message);
    }

    @Test
    void fileIsNamedInEveryMessage(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("script.json");
        assertThatThrownBy(() -> SimulatorScript.read(file))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("script.json");
        Files.writeString(file, "[]");
        assertThatThrownBy(() -> SimulatorScript.read(file))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("script.json\": the script must be an object");
        Files.writeString(file, COMPLETE);
        assertThat(SimulatorScript.read(file)).isEqualTo(read(COMPLETE));
    }

    private static SimulatorScript read(String json) {
        return SimulatorScript.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
