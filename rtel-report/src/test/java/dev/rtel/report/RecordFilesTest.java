package dev.rtel.report;

import static dev.rtel.report.LeaderboardFilesTest.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.Score;
import dev.rtel.eval.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordFilesTest {
    private static final List<String> SAMPLE_KEYS = List.of(
            ("schema run_id simulated model model_id task category sample epoch tags outcome score passed extracted"
                            + " explanation grading finish_reason truncated tokens cost_usd cost_source judge_cost_usd"
                            + " latency_ms ttft_ms attempts wasted_tokens wasted_cost_usd provider served_model"
                            + " generation_id error quarantined workload started_at finished_at"
                            + " completion_fingerprint grade_fingerprint")
                    .split(" "));

    private static String samples(SampleRun run) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SamplesJsonl.write(run.source(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String completions(SampleRun run) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CompletionsJsonl.write(run.source(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> line(String text, String sample) {
        return text.lines()
                .map(PlainJson::readObject)
                .filter(m -> sample.equals(m.get("sample")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyTrialIsOneObjectWithEveryKeyInOrder() throws IOException {
        String text = samples(new SampleRun());
        assertThat(text).endsWith("\n");
        assertThat(text.lines()).hasSize(6).allSatisfy(line -> {
            Map<String, @Nullable Object> map = PlainJson.readObject(line);
            assertThat(map.keySet()).containsExactlyElementsOf(SAMPLE_KEYS);
            assertThat(map(map.get("tokens")).keySet())
                    .containsExactly(
                            "prompt",
                            "cached",
                            "response",
                            "reasoning",
                            "reasoning_raw",
                            "completion",
                            "sources",
                            "flags");
            assertThat(map(map(map.get("tokens")).get("sources")).keySet())
                    .containsExactly("prompt", "cached", "response", "reasoning", "completion");
        });
    }

    @Test
    void aFullSampleShowsWhatIsKnown() throws IOException {
        Map<String, @Nullable Object> map = line(samples(new SampleRun()), "full");
        assertThat(map)
                .containsEntry("schema", "rtel.sample/1")
                .containsEntry("outcome", "scored")
                .containsEntry("passed", true)
                .containsEntry("extracted", "4")
                .containsEntry("truncated", false)
                .containsEntry("cost_usd", "0.02176")
                .containsEntry("cost_source", "billed")
                .containsEntry("judge_cost_usd", "0")
                .containsEntry("latency_ms", new BigDecimal("31000.25"))
                .containsEntry("ttft_ms", 400L)
                .containsEntry("workload", new BigDecimal("12.0"))
                .containsEntry("started_at", "2026-11-20T14:02:11.000Z")
                .containsEntry("finished_at", "2026-11-20T14:02:42.007Z")
                .containsEntry("completion_fingerprint", "c1:full")
                .containsEntry("error", null);
        assertThat(map(map.get("grading")))
                .containsEntry("kind", "extraction")
                .containsEntry("tier", 1L)
                .containsEntry("span", List.of(14L, 15L));
        assertThat(map(map.get("tokens")))
                .containsEntry("reasoning", 1900L)
                .containsEntry("flags", List.of("relation-assumed"));
        assertThat(map(map(map.get("tokens")).get("sources"))).containsEntry("response", "derived");
    }

    @Test
    void unknownIsNullEverywhereInAFailedTrial() throws IOException {
        Map<String, @Nullable Object> map = line(samples(new SampleRun()), "failed");
        assertThat(map).containsEntry("outcome", "failed").containsEntry("passed", false);
        for (String key : ("score extracted explanation grading finish_reason truncated cost_usd latency_ms ttft_ms"
                        + " wasted_tokens wasted_cost_usd provider served_model generation_id quarantined workload")
                .split(" ")) {
            assertThat(map.get(key)).as(key).isNull();
        }
        assertThat(map(map.get("error")))
                .containsExactly(Map.entry("type", "timeout"), Map.entry("message", "no reply within 600 s"));
        assertThat(map(map.get("tokens")).get("reasoning")).isNull();
        assertThat(map).containsEntry("cost_source", "missing");
    }

    @Test
    void anUnscoredTrialHasNoScoreAndGivesTheReason() throws IOException {
        Map<String, @Nullable Object> map = line(samples(new SampleRun()), "unscored");
        assertThat(map)
                .containsEntry("outcome", "unscored")
                .containsEntry("score", null)
                .containsEntry("passed", null)
                .containsEntry("judge_cost_usd", "0.0001");
        assertThat(map(map.get("grading")))
                .containsEntry("reason", "judge-unreadable")
                .containsEntry("kind", "judge");
        assertThat((BigDecimal) map(map.get("grading")).get("agreement"))
                .isBetween(new BigDecimal("0.66"), new BigDecimal("0.67"));
    }

    @Test
    void aPaidButUngradedTrialHasNoOutcomeYet() throws IOException {
        Map<String, @Nullable Object> map = line(samples(new SampleRun()), "ungraded");
        assertThat(map)
                .containsEntry("outcome", null)
                .containsEntry("passed", null)
                .containsEntry("judge_cost_usd", null);
    }

    @Test
    void twinsPassOnlyTogether() throws IOException {
        SampleRun run = new SampleRun();
        assertThat(line(samples(run), "twin-a"))
                .containsEntry("score", new BigDecimal("1.0"))
                .containsEntry("passed", false);
        run.replace("twin-b", SampleRun.plain(1));
        assertThat(line(samples(run), "twin-a")).containsEntry("passed", true);
    }

    @Test
    void theOrderOfRecordsDoesNotMatter() throws IOException {
        SampleRun run = new SampleRun();
        String samples = samples(run);
        String completions = completions(run);
        Collections.reverse(run.records);
        assertThat(samples(run)).isEqualTo(samples);
        assertThat(completions(run)).isEqualTo(completions);
    }

    @Test
    void onlyTrialsWithACompletionAreReplayable() throws IOException {
        List<String> samples = new ArrayList<>();
        completions(new SampleRun())
                .lines()
                .map(PlainJson::readObject)
                .forEach(m -> samples.add((String) m.get("sample")));
        assertThat(samples).containsExactly("full", "unscored", "ungraded", "twin-a", "twin-b");
    }

    @Test
    void aCompletionHoldsAllThatWasAnswered() throws IOException {
        Map<String, @Nullable Object> map = line(completions(new SampleRun()), "full");
        assertThat(map.keySet())
                .containsExactly(
                        ("model task sample epoch text input params finish_reason reasoning usage raw latency_ms ttft_ms"
                                        + " provider served_model generation_id model_id client routing"
                                        + " completion_fingerprint")
                                .split(" "));
        assertThat(map(map.get("usage")))
                .containsExactly(
                        Map.entry("prompt_tokens", 10L),
                        Map.entry("completion_tokens", 2000L),
                        Map.entry("reasoning_tokens", 1900L),
                        Map.entry("total_tokens", 2010L),
                        Map.entry("cost", new BigDecimal("0.02176")));
        assertThat(PlainJson.write(map.get("raw"))).isEqualTo(SampleRun.RAW);
        assertThat(map.get("input")).isEqualTo(List.of(Map.of("role", "user", "content", "2+2?\nFinal answer: …")));
        assertThat(map.get("params")).isEqualTo(Map.of("reasoning", Map.of("effort", "high")));
    }

    @Test
    void aStreamedReplyIsKeptAsText() throws IOException {
        String stream = ": PROCESSING\n\ndata: {\"choices\":[]}\n\ndata: [DONE]\n\n";
        SampleRun run = new SampleRun();
        Outcome.Scored scored = (Outcome.Scored) SampleRun.full();
        run.replace(
                "full",
                new Outcome.Scored(
                        scored.completion().toBuilder().raw(stream).build(),
                        scored.usage(),
                        scored.score(),
                        scored.graderUsage()));
        assertThat(line(completions(run), "full")).containsEntry("raw", stream).doesNotContainKey("raw_text");
    }

    @Test
    void whatIsUnknownIsAbsentButTheText() throws IOException {
        Map<String, @Nullable Object> map = line(completions(new SampleRun()), "twin-a");
        assertThat(map).containsEntry("text", null);
        assertThat(map.keySet())
                .containsExactly(
                        "model",
                        "task",
                        "sample",
                        "epoch",
                        "text",
                        "input",
                        "params",
                        "model_id",
                        "client",
                        "routing",
                        "completion_fingerprint");
    }

    @Test
    void theJudgesAnswersAreKeptForReplay() throws IOException {
        Map<String, @Nullable Object> map = line(completions(new SampleRun()), "unscored");
        Map<String, @Nullable Object> call = map(((List<?>) map.get("judge")).get(0));
        assertThat(call)
                .containsEntry("role", "judge")
                .containsEntry("model", "mistralai/judge")
                .containsEntry("text", "I cannot say")
                .containsEntry("usage", Map.of("prompt_tokens", 7L))
                .containsEntry("raw_text", "not json")
                .doesNotContainKey("raw");
    }

    @Test
    void simulatedCompletionsSaySo() throws IOException {
        assertThat(line(completions(new SampleRun("m", true)), "full")).containsEntry("simulated", true);
        assertThat(line(completions(new SampleRun("m", false)), "full")).doesNotContainKey("simulated");
    }

    @Test
    void countsOfTheBillingRecordStandInOnlyWhereTheReplyToldNone() throws IOException {
        SampleRun run = new SampleRun();
        TokenUsage billed = new TokenUsage(
                Count.of(10, Count.Source.GENERATION),
                Count.missing(),
                Count.of(5, Count.Source.DERIVED),
                Count.of(15, Count.Source.GENERATION),
                OptionalLong.empty(),
                Count.of(20, Count.Source.GENERATION),
                Cost.of(new BigDecimal("0.5"), Cost.Source.GENERATION),
                Set.of());
        run.replace("full", scored(Completion.builder().text("x").build(), billed));
        assertThat(map(line(completions(run), "full").get("usage")))
                .containsExactly(
                        Map.entry("prompt_tokens", 10L),
                        Map.entry("completion_tokens", 20L),
                        Map.entry("reasoning_tokens", 15L),
                        Map.entry("cost", new BigDecimal("0.5")));

        run.replace(
                "full",
                scored(
                        Completion.builder()
                                .text("x")
                                .usage(Map.of("completion_tokens", 21))
                                .build(),
                        billed));
        assertThat(map(line(completions(run), "full").get("usage")))
                .containsExactly(Map.entry("completion_tokens", 21L), Map.entry("cost", new BigDecimal("0.5")));
    }

    private static Outcome scored(Completion completion, TokenUsage usage) {
        return new Outcome.Scored(completion, usage, Score.correct("4"), RoleUsage.none());
    }

    @Test
    void hostileTextStaysOneLineAndSurvives() throws IOException {
        String hostile = "a\nb\r\n\u2028\u0000\u001b[2J\"\\ </script> \ud83d\ude00";
        SampleRun run = new SampleRun(hostile, false);
        run.replace(
                "full",
                scored(
                        Completion.builder()
                                .text(hostile)
                                .raw("{\n \"x\": [1,\n2]}")
                                .build(),
                        TokenUsage.unknown()));
        String text = completions(run);
        assertThat(text.split("\n")).hasSize(5);
        assertThat(line(text, "full")).containsEntry("text", hostile).containsEntry("model", hostile);
        assertThat(samples(run).split("\n")).hasSize(6);
    }

    @Test
    void theRunFileTellsConditionsAndUnknownAttempts() {
        SampleRun run = new SampleRun();
        String text = RunJson.text(run.source());
        Map<String, @Nullable Object> map = PlainJson.readObject(text);
        assertThat(map.keySet())
                .containsExactly(
                        ("schema run_id state roster simulated command versions os environment limits epochs tasks models"
                                        + " roles start end counts unknown_attempts note")
                                .split(" "));
        assertThat(map)
                .containsEntry("state", "finished")
                .containsEntry("limits", null)
                .containsEntry("environment", List.of("OPENROUTER_API_KEY"))
                .containsEntry("end", "2026-11-20T14:03:11.000Z");
        assertThat(text).doesNotContain("sk-planted-secret");
        assertThat(map(((List<?>) map.get("tasks")).get(0)))
                .containsEntry("name", "aime-math")
                .containsEntry("sha256", "ab12")
                .containsEntry("samples", 6L);
        assertThat(map(map.get("counts")))
                .containsEntry("trials", 6L)
                .containsEntry("scored", 3L)
                .containsEntry("unscored", 1L)
                .containsEntry("failed", 1L)
                .containsEntry("ungraded", 1L)
                .containsEntry("open", 0L);
        assertThat((List<?>) map.get("unknown_attempts")).hasSize(1);
        assertThat(map(((List<?>) map.get("unknown_attempts")).get(0)))
                .containsEntry("attempt_id", "a-2")
                .containsEntry("role", "contestant")
                .containsEntry("generation_id", "gen-2");
    }
}
