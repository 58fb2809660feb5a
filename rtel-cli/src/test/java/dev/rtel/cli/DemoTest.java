package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as a new user sees it: once, and everything that it leaves behind. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoTest {
    private static final List<String> SAMPLE_KEYS = List.of(
            "schema",
            "run_id",
            "simulated",
            "model",
            "model_id",
            "task",
            "category",
            "sample",
            "epoch",
            "tags",
            "outcome",
            "score",
            "passed",
            "extracted",
            "explanation",
            "grading",
            "finish_reason",
            "truncated",
            "tokens",
            "cost_usd",
            "cost_source",
            "judge_cost_usd",
            "latency_ms",
            "ttft_ms",
            "attempts",
            "wasted_tokens",
            "wasted_cost_usd",
            "provider",
            "served_model",
            "generation_id",
            "error",
            "quarantined",
            "workload",
            "started_at",
            "finished_at",
            "completion_fingerprint",
            "grade_fingerprint");

    @TempDir
    static Path directory;

    private static Cli cli;
    private static Cli.Result demo;
    private static Path folder;

    @BeforeAll
    static void runTheDemo() {
        cli = Cli.in(directory);
        demo = cli.run("demo");
        demo.exits(0);
        folder = cli.onlyRun();
    }

    @Test
    void everyTrialIsDoneAndNoneFailed() {
        Map<String, Object> counts = Cli.object(run().get("counts"));
        assertThat(counts)
                .containsEntry("trials", 120L)
                .containsEntry("failed", 0L)
                .containsEntry("ungraded", 0L)
                .containsEntry("open", 0L);
        assertThat(demo.err()).contains("6 models x 20 samples (4 tasks) x 1 epoch = 120 trials");
    }

    @Test
    void theTableNamesAllModelsAndIsMarkedSimulated() {
        assertThat(demo.out())
                .containsIgnoringCase("simulated")
                .contains(
                        "google/gemini-2.5-pro",
                        "openai/gpt-4.1",
                        "anthropic/claude-opus-4.8",
                        "x-ai/grok-4.3",
                        "deepseek/deepseek-r1",
                        "moonshotai/kimi-k2");
    }

    @Test
    void theResultFolderHasExactlyItsSevenFiles() throws IOException {
        assertThat(folder.getFileName().toString()).matches("\\d{8}T\\d{6}Z-default-[0-9a-f]{4}");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "run.json",
                            "samples.jsonl",
                            "completions.jsonl",
                            "leaderboard.json",
                            "leaderboard.csv",
                            "report.html",
                            "SHA256SUMS");
        }
    }

    @Test
    void theChecksumsFitTheFiles() throws IOException, NoSuchAlgorithmException {
        Map<String, String> sums = new TreeMap<>();
        for (String line : Cli.text(folder.resolve("SHA256SUMS")).lines().toList()) {
            assertThat(line).matches("[0-9a-f]{64} [ *][\\w.]+");
            sums.put(line.substring(66), line.substring(0, 64));
        }
        assertThat(sums.keySet())
                .containsExactly(
                        "completions.jsonl",
                        "leaderboard.csv",
                        "leaderboard.json",
                        "report.html",
                        "run.json",
                        "samples.jsonl");
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(sum.getKey())));
            assertThat(HexFormat.of().formatHex(digest)).as(sum.getKey()).isEqualTo(sum.getValue());
        }
    }

    @Test
    void runJsonSaysWhatWasRunAndUnderWhichConditions() {
        Map<String, Object> run = run();
        assertThat(run)
                .containsEntry("run_id", folder.getFileName().toString())
                .containsEntry("command", "rtel demo")
                .containsEntry("roster", "default")
                .containsEntry("simulated", true)
                .containsEntry("state", "finished")
                .containsKeys("limits", "start", "end");
        assertThat(Cli.object(run.get("versions"))).containsKeys("tool", "commit", "java", "python");
        assertThat(Cli.object(run.get("os"))).containsKeys("name", "version", "arch");
        assertThat((List<?>) run.get("environment")).isEmpty();
        assertThat(Cli.objects(run.get("tasks")))
                .hasSize(4)
                .allSatisfy(task -> assertThat((String) task.get("sha256")).matches("[0-9a-f]{64}"))
                .extracting(task -> task.get("name"))
                .containsExactly("aime-math", "logic", "code-debugging", "formal-proofs");
        assertThat(Cli.objects(run.get("models")))
                .hasSize(6)
                .allSatisfy(model ->
                        assertThat(model).containsEntry("client", "openrouter").containsEntry("simulated", true));
    }

    @Test
    void samplesHaveALineATrialWithEveryKey() {
        List<Map<String, Object>> samples = Cli.lines(folder.resolve("samples.jsonl"));
        assertThat(samples).hasSize(120).allSatisfy(sample -> {
            assertThat(sample.keySet()).containsExactlyElementsOf(SAMPLE_KEYS);
            assertThat(sample)
                    .containsEntry("schema", "rtel.sample/1")
                    .containsEntry("simulated", true)
                    .containsEntry("run_id", folder.getFileName().toString())
                    .containsEntry("error", null);
            assertThat((String) sample.get("outcome")).isIn("scored", "unscored");
            assertThat(Cli.object(sample.get("tokens")).keySet())
                    .containsExactlyInAnyOrder(
                            "prompt",
                            "cached",
                            "response",
                            "reasoning",
                            "reasoning_raw",
                            "completion",
                            "sources",
                            "flags");
            assertThat((String) sample.get("cost_source")).isIn("billed", "generation");
            if (!sample.get("task").equals("formal-proofs")) {
                assertThat(Cli.object(sample.get("grading"))).containsKey("kind");
            }
        });
        assertThat(samples.stream()
                        .map(s -> s.get("model") + "|" + s.get("sample"))
                        .distinct())
                .hasSize(120);
        assertThat(Cli.lines(folder.resolve("completions.jsonl")))
                .hasSize(120)
                .allSatisfy(completion -> assertThat(completion)
                        .containsKeys("model", "task", "sample", "epoch", "text")
                        .containsEntry("simulated", true));
    }

    @Test
    void countsAddUpOrAreUnknown() {
        for (Map<String, Object> sample : Cli.lines(folder.resolve("samples.jsonl"))) {
            Map<String, Object> tokens = Cli.object(sample.get("tokens"));
            if (tokens.get("reasoning") != null && tokens.get("response") != null) {
                assertThat((Long) tokens.get("reasoning") + (Long) tokens.get("response"))
                        .as("%s on %s", sample.get("model"), sample.get("sample"))
                        .isEqualTo(tokens.get("completion"));
            }
        }
    }

    @Test
    void theLeaderboardIsSimulatedInEveryForm() {
        Map<String, Object> board = dev.rtel.common.PlainJson.readObject(Cli.text(folder.resolve("leaderboard.json")));
        assertThat(board).containsEntry("schema", "rtel.leaderboard/1").containsEntry("simulated", true);
        assertThat(Cli.objects(board.get("rows")))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row)
                        .containsKeys(
                                "model",
                                "model_id",
                                "n",
                                "scored",
                                "unscored",
                                "failed",
                                "quarantined",
                                "truncated",
                                "accuracy",
                                "reasoning_tokens",
                                "response_tokens",
                                "prompt_tokens",
                                "completion_tokens",
                                "efficiency",
                                "e0",
                                "decomposition",
                                "cost_usd",
                                "latency_ms",
                                "speed",
                                "rank",
                                "pareto",
                                "reasoning_locked",
                                "by_task"));
        assertThat(Cli.text(folder.resolve("report.html"))).contains("[SIMULATED]");
        assertThat(Cli.text(folder.resolve("leaderboard.csv")).lines()).hasSize(7);
    }

    @Test
    @Order(100)
    void resumingAFinishedDemoDoesNothing() {
        List<Map<String, Object>> before = Cli.lines(folder.resolve("samples.jsonl"));
        cli.run("resume").exits(4).says("no unfinished run").hasNoStackTrace();
        Cli.Result again = cli.run("resume", folder.getFileName().toString()).exits(0);
        assertThat(again.err()).contains("120 of 120 trials are done already; 0 to go");
        assertThat(Cli.lines(cli.onlyRun().resolve("samples.jsonl"))).isEqualTo(before);
    }

    private static Map<String, Object> run() {
        return dev.rtel.common.PlainJson.readObject(Cli.text(folder.resolve("run.json")));
    }
}
