package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.Rtel;
import dev.rtel.common.PlainJson;
import dev.rtel.eval.StoredRun;
import dev.rtel.plan.RunSpec;
import dev.rtel.report.SamplesJsonl;
import dev.rtel.run.RunSummary;
import dev.rtel.simulator.Fault;
import dev.rtel.simulator.Simulator;
import dev.rtel.spi.RunRecords;
import dev.rtel.tasks.TaskFile;
import dev.rtel.tasks.replay.CompletionsFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded completions give the same results again, without a server and without a key. */
class ReplayTest {
    private static final Set<String> OF_THE_RUN = Set.of("run_id", "started_at", "finished_at");

    @TempDir
    Path directory;

    /** The lines of {@code samples.jsonl} without what names the run and its time. */
    static List<Map<String, Object>> comparable(Path run) {
        return comparable(Cli.lines(run.resolve("samples.jsonl")), OF_THE_RUN);
    }

    private static List<Map<String, Object>> comparable(List<Map<String, Object>> lines, Set<String> without) {
        return lines.stream()
                .<Map<String, Object>>map(line -> {
                    Map<String, Object> rest = new java.util.LinkedHashMap<>(line);
                    rest.keySet().removeAll(without);
                    return rest;
                })
                .toList();
    }

    /** Names of the keys in which any two lines differ. */
    private static Set<String> differences(List<Map<String, Object>> a, List<Map<String, Object>> b) {
        Set<String> keys = new TreeSet<>();
        assertThat(b).hasSameSizeAs(a);
        for (int i = 0; i < a.size(); i++) {
            for (String key : a.get(i).keySet()) {
                if (!java.util.Objects.equals(a.get(i).get(key), b.get(i).get(key))) {
                    keys.add(key);
                }
            }
            assertThat(b.get(i).keySet()).containsExactlyElementsOf(a.get(i).keySet());
        }
        return keys;
    }

    private Path other(Cli cli, Path... known) {
        return cli.runs().stream()
                .filter(run -> !List.of(known).contains(run))
                .reduce((a, b) -> {
                    throw new AssertionError("several new runs: " + a + ", " + b);
                })
                .orElseThrow();
    }

    private static String[] replay(Path run, String... more) {
        return Cli.args(
                new String[] {
                    "run",
                    "--replay",
                    run.resolve("completions.jsonl").toString(),
                    "--task",
                    "sums.yaml",
                    "--task",
                    "claims.yaml",
                    "--task",
                    "letters.yaml",
                    "--task",
                    "proofs.yaml",
                    "--task",
                    "repairs.yaml",
                    "--json"
                },
                more);
    }

    @Test
    void whatWasPaidForWhenItWasRecordedIsNotSpentAgain() throws IOException {
        Cli cli = Cli.in(directory);
        cli.write("dear.jsonl", """
                {"model": "m", "task": "t", "sample": "a", "text": "Final answer: 1", "usage": {"completion_tokens": 90, "cost": 3}}
                {"model": "m", "task": "t", "sample": "b", "text": "Final answer: 1", "usage": {"completion_tokens": 90, "cost": 3}}
                {"model": "m", "task": "t", "sample": "c", "text": "Final answer: 1", "usage": {"completion_tokens": 90, "cost": 3}}
                """);
        cli.write("t.yaml", """
                task: t
                version: "1"
                grader: exact-numeric
                samples:
                  - {id: a, input: "?", target: "1"}
                  - {id: b, input: "?", target: "1"}
                  - {id: c, input: "?", target: "1"}
                """);
        String[] replay = {"run", "--replay", "dear.jsonl", "--task", "t.yaml", "--concurrency", "1"};
        cli.run(replay).exits(0);
        cli.run(Cli.args(replay, "--max-cost", "0", "--max-total-tokens", "1")).exits(0);
    }

    @Test
    void aReplayOfEveryKindOfGraderGivesTheSameLines() throws IOException, InterruptedException {
        Cli cli = Cli.in(directory).withKey().with("RTEL_ALLOW_UNSAFE_CODE", "yes");
        Path first;
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.all("--code-sandbox", "unsafe", "--epochs", "2")).exits(0);
            first = cli.onlyRun();
        }
        List<Map<String, Object>> bought = Cli.lines(first.resolve("samples.jsonl"));
        assertThat(bought).hasSize(54);
        assertThat(bought).extracting(line -> line.get("outcome")).containsOnly("scored");
        assertThat(bought).extracting(line -> line.get("passed")).contains(true, false);
        assertThat(bought)
                .extracting(line -> Cli.object(Cli.object(line.get("tokens")).get("sources"))
                        .get("reasoning"))
                .as("counts of the reply and of billing records")
                .contains("usage", "generation");

        Cli.Result result = cli.run(replay(first, "--code-sandbox", "unsafe", "--epochs", "2"))
                .exits(0);
        assertThat(result.json()).containsEntry("schema", "rtel.leaderboard/1").containsEntry("simulated", false);
        Path second = other(cli, first);
        assertThat(differences(bought, Cli.lines(second.resolve("samples.jsonl"))))
                .isEqualTo(OF_THE_RUN);
        assertThat(comparable(second)).isEqualTo(comparable(first));
        assertThat(Cli.text(second.resolve("completions.jsonl")))
                .isEqualTo(Cli.text(first.resolve("completions.jsonl")));

        assertThat(rows(second)).isEqualTo(rows(first));

        assertThat(throughTheLibrary(first)).isEqualTo(comparable(first));

        cli.run(replay(second, "--code-sandbox", "unsafe", "--epochs", "2")).exits(0);
        assertThat(comparable(other(cli, first, second))).isEqualTo(comparable(first));
    }

    private static List<Map<String, Object>> rows(Path run) {
        return Cli.objects(
                PlainJson.readObject(Cli.text(run.resolve("leaderboard.json"))).get("rows"));
    }

    private List<Map<String, Object>> throughTheLibrary(Path run) throws IOException, InterruptedException {
        CompletionsFile completions = CompletionsFile.read(run.resolve("completions.jsonl"));
        RunSpec.Builder spec =
                RunSpec.builder().roster(completions.roster("again")).epochs(2);
        for (String task : SmallSuite.TASKS) {
            spec.task(TaskFile.read(directory.resolve(task)));
        }
        try (Rtel rtel = Rtel.builder()
                .discoverProviders()
                .option("code-sandbox", "unsafe")
                .option("allow-unsafe-code", "yes")
                .build()) {
            RunSummary summary = rtel.run(spec.build());
            StoredRun stored = rtel.store().run(summary.plan().runId()).orElseThrow();
            var out = new ByteArrayOutputStream();
            SamplesJsonl.write(RunRecords.stored(rtel.store(), stored), out);
            List<Map<String, Object>> lines = out.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(PlainJson::readObject)
                    .toList();
            return comparable(lines, OF_THE_RUN);
        }
    }

    @Test
    void onlyWhatRetriesCostIsNotPlayedBack() {
        Cli cli = Cli.in(directory).withKey();
        Path first;
        try (Simulator simulator = Simulator.start(SmallSuite.simulator()
                .fault(Fault.status(503).onAttempts(1).onModel("acme/right"))
                .build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums()).exits(0);
            first = cli.onlyRun();
        }
        cli.run("run", "--replay", first.resolve("completions.jsonl").toString(), "--task", "sums.yaml")
                .exits(0);
        Set<String> expected = new TreeSet<>(OF_THE_RUN);
        expected.add("attempts");
        Set<String> different = differences(
                Cli.lines(first.resolve("samples.jsonl")),
                Cli.lines(other(cli, first).resolve("samples.jsonl")));
        different.removeAll(Set.of("wasted_tokens", "wasted_cost_usd"));
        assertThat(different).isEqualTo(expected);
    }

    @Test
    void aFailedTrialIsAFailedTrialAgain() {
        Cli cli = Cli.in(directory).withKey();
        try (Simulator simulator = Simulator.start(SmallSuite.simulator()
                .fault(Fault.status(400).onTrial("*half*"))
                .build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums("--max-errors", "1")).exits(0);
        }
        Path first = cli.onlyRun();
        cli.run(
                        "run",
                        "--replay",
                        first.resolve("completions.jsonl").toString(),
                        "--task",
                        "sums.yaml",
                        "--max-errors",
                        "1")
                .exits(0);
        assertThat(Cli.lines(other(cli, first).resolve("samples.jsonl")).stream()
                        .filter(line -> line.get("outcome").equals("failed"))
                        .map(line -> line.get("sample")))
                .containsExactly("half", "half", "half");
    }

    @Test
    void aMinimalFileIsEnoughAndWhatItDoesNotTellIsUnknown() {
        Cli cli = Cli.in(directory);
        SmallSuite.write(cli, "http://127.0.0.1:9/api/v1");
        cli.write("mine.jsonl", """
                {"model": "me", "task": "sums", "sample": "sum", "text": "Final answer: 42"}
                {"model": "me", "task": "sums", "sample": "half", "text": "Final answer: 2"}

                {"model": "me", "task": "sums", "sample": "round", "text": null}
                """);
        Map<String, Object> board = cli.run("run", "--replay", "mine.jsonl", "--task", "sums.yaml", "--json")
                .exits(0)
                .json();
        assertThat(board).containsEntry("simulated", false);
        Map<String, Object> row = Cli.objects(board.get("rows")).get(0);
        assertThat(row)
                .containsEntry("model", "me")
                .containsEntry("n", 3L)
                .containsEntry("scored", 3L)
                .containsEntry("efficiency", null);
        assertThat(Cli.object(row.get("reasoning_tokens"))).containsEntry("status", "not-reported");
        List<Map<String, Object>> lines = Cli.lines(cli.onlyRun().resolve("samples.jsonl"));
        assertThat(lines).extracting(line -> line.get("passed")).containsExactly(true, false, false);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line)
                    .containsEntry("simulated", false)
                    .containsEntry("cost_usd", null)
                    .containsEntry("cost_source", "missing")
                    .containsEntry("latency_ms", null)
                    .containsEntry("finish_reason", null)
                    .containsEntry("generation_id", null);
            assertThat(Cli.object(line.get("tokens")))
                    .containsEntry("prompt", null)
                    .containsEntry("completion", null)
                    .containsEntry("reasoning", null)
                    .containsEntry("response", null);
        });
    }

    @Test
    void badLinesAreNamed() {
        Cli cli = Cli.in(directory);
        SmallSuite.write(cli, "http://127.0.0.1:9/api/v1");
        String good = "{\"model\": \"me\", \"task\": \"sums\", \"sample\": \"sum\", \"text\": \"42\"}\n";
        for (String bad : List.of(
                "{\"model\": \"me\"}",
                "no json",
                "{\"model\": 3, \"task\": \"sums\", \"sample\": \"half\", \"text\": \"x\"}",
                good)) {
            cli.write("mine.jsonl", good + bad);
            cli.run("run", "--replay", "mine.jsonl", "--task", "sums.yaml")
                    .exits(2)
                    .hasNoStackTrace()
                    .says("mine.jsonl:2");
        }
        cli.write("mine.jsonl", good);
        cli.run("run", "--replay", "mine.jsonl", "--base-url", "http://127.0.0.1:9", "--task", "sums.yaml")
                .exits(2)
                .says("--replay", "--base-url");
    }

    @Test
    void codeOfAReplayIsRunBehindTheSameLocks() throws InterruptedException {
        Cli cli = Cli.in(directory);
        assumeTrue(contained(cli), "no sandbox works here");
        cli.run("demo").exits(0);
        Path demo = cli.onlyRun();
        String file = demo.resolve("completions.jsonl").toString();
        Map<String, Object> board =
                cli.run("run", "--replay", file, "--json").exits(0).json();
        assertThat(board).containsEntry("simulated", true);
        Path replay = other(cli, demo);
        assertThat(comparable(replay)).hasSize(120).containsExactlyElementsOf(comparable(demo));
        assertThat(comparable(replay).stream()
                        .map(line -> Cli.object(line.get("grading")).get("containment"))
                        .filter(Objects::nonNull))
                .isNotEmpty()
                .containsOnly("contained");
        assertThat(Cli.text(replay.resolve("report.html"))).contains("[SIMULATED]");
    }

    private static boolean contained(Cli cli) {
        return cli.run("doctor").out().contains("code of models is run under");
    }
}
