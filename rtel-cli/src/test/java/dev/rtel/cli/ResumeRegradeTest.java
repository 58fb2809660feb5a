package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rtel.simulator.BillLine;
import dev.rtel.simulator.Fault;
import dev.rtel.simulator.FaultKind;
import dev.rtel.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is paid for is kept: resume, regrade, and looking at runs afterwards. */
class ResumeRegradeTest {
    private static final String HOSTILE = "evil\\e[31m\\e]0;title\\a\\u202e<script>alert(1)</script>";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.in(directory).withKey();
    }

    /** Of the latest run. */
    private Map<String, Map<String, Object>> samples() {
        return samples(latest());
    }

    private Map<String, Map<String, Object>> samples(String run) {
        Map<String, Map<String, Object>> lines = new TreeMap<>();
        Cli.lines(directory.resolve("results").resolve(run).resolve("samples.jsonl"))
                .forEach(l -> lines.put(l.get("model") + "/" + l.get("sample") + "/" + l.get("epoch"), l));
        return lines;
    }

    private String latest() {
        Map<String, Object> runs = cli.run("runs", "--json").exits(0).json();
        return (String) Cli.objects(runs.get("runs")).get(0).get("run_id");
    }

    private String id() {
        return cli.onlyRun().getFileName().toString();
    }

    @Test
    void aRunStoppedByAnEmptyAccountGoesOnWhereItStopped() {
        String url;
        int port;
        int bought;
        try (Simulator simulator = Simulator.start(SmallSuite.simulator()
                .fault(Fault.of(FaultKind.OUT_OF_CREDIT).onModel("acme/mixed"))
                .build())) {
            port = simulator.port();
            url = simulator.baseUri().toString();
            SmallSuite.write(cli, url);
            cli.run(SmallSuite.all("--concurrency", "1")).exits(6);
            bought = simulator.bill().lines().size();
            assertThat(bought).isBetween(1, 30);
        }
        Map<String, Map<String, Object>> before = samples();
        try (Simulator simulator =
                Simulator.start(SmallSuite.simulator().port(port).build())) {
            cli.run("resume", "--json").exits(0).json();
            assertThat(simulator.bill().lines()).hasSize(27 + 3 - bought);
        }
        Map<String, Map<String, Object>> after = samples();
        assertThat(after).hasSize(27);
        before.forEach((trial, line) -> assertThat(after.get(trial)).as(trial).isEqualTo(line));
        cli.run("runs").exits(0);
        assertThat(cli.run("runs").out()).contains(id(), "finished");
    }

    @Test
    void regradingWithAnotherJudgeCallsTheJudgeAlone() {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.all()).exits(0);
            List<BillLine> first = simulator.bill().lines();
            assertThat(first).hasSize(30);
            Map<String, Map<String, Object>> before = samples();
            assertThat(before.get("acme/right/odd/1")).containsEntry("passed", true);

            cli.run("regrade", "--judge", "acme/strict").exits(0);
            List<BillLine> more = simulator
                    .bill()
                    .lines()
                    .subList(30, simulator.bill().lines().size());
            assertThat(more)
                    .extracting(BillLine::model)
                    .containsOnly("acme/strict")
                    .hasSize(3);
            Map<String, Map<String, Object>> after = samples();
            assertThat(after).hasSize(27);
            before.forEach((trial, line) -> {
                Map<String, Object> now = after.get(trial);
                assertThat(now.get("generation_id")).as(trial).isEqualTo(line.get("generation_id"));
                assertThat(now.get("cost_usd")).as(trial).isEqualTo(line.get("cost_usd"));
                if (line.get("task").equals("proofs")) {
                    assertThat(now.get("grade_fingerprint")).as(trial).isNotEqualTo(line.get("grade_fingerprint"));
                    assertThat(Cli.object(now.get("grading"))).as(trial).containsEntry("judge", "acme/strict");
                } else {
                    assertThat(now.get("passed")).as(trial).isEqualTo(line.get("passed"));
                    assertThat(now.get("grade_fingerprint")).as(trial).isEqualTo(line.get("grade_fingerprint"));
                }
            });
        }
    }

    @Test
    void regradingADemoKeepsToItsSimulator() {
        Cli keyless = Cli.in(directory);
        keyless.run("demo").exits(0);
        Map<String, Map<String, Object>> before = samples();
        Cli.Result result = keyless.run("regrade", "--judge", "mistralai/mistral-medium-3-5")
                .exits(0);
        assertThat(result.out()).containsIgnoringCase("simulated");
        Map<String, Map<String, Object>> after = samples();
        assertThat(after).hasSize(120).allSatisfy((trial, line) -> {
            assertThat(line.get("passed")).as(trial).isEqualTo(before.get(trial).get("passed"));
            assertThat(line).containsEntry("simulated", true);
        });
    }

    @Test
    void aChangedTargetIsGradedAgainAndNothingIsBought() {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums("--model", "acme/right,acme/wrong")).exits(0);
            assertThat(simulator.bill().lines()).hasSize(6);
            assertThat(samples().get("acme/wrong/sum/1")).containsEntry("passed", false);
            String file = Cli.text(directory.resolve("sums.yaml"));

            cli.write("sums.yaml", file.replace("target: \"42\"", "target: \"41\""));
            cli.run("resume", id()).exits(0);
            assertThat(samples().get("acme/wrong/sum/1")).containsEntry("passed", true);
            assertThat(samples().get("acme/right/sum/1")).containsEntry("passed", false);

            cli.write("sums.yaml", file);
            cli.run("regrade").exits(0);
            assertThat(samples().get("acme/wrong/sum/1")).containsEntry("passed", false);
            assertThat(samples().get("acme/right/sum/1")).containsEntry("passed", true);
            assertThat(simulator.bill().lines()).hasSize(6);
        }
    }

    @Test
    void aChangedSettingOfTheGraderIsGradedAgainAndNothingIsBought() {
        Cli allowed = cli.with("RTEL_ALLOW_UNSAFE_CODE", "yes");
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            String[] run = {
                "run",
                "--roster",
                "roster.yaml",
                "--model",
                "acme/right,acme/wrong",
                "--task",
                "repairs.yaml",
                "--code-sandbox",
                "unsafe"
            };
            allowed.run(run).exits(0);
            Map<String, Map<String, Object>> before = samples();
            assertThat(before.get("acme/right/double/1")).containsEntry("passed", true);
            assertThat(before.get("acme/wrong/double/1")).containsEntry("passed", false);
            String file = Cli.text(directory.resolve("repairs.yaml"));
            cli.write("repairs.yaml", file.replace("{name: code-execution}", "{name: code-execution, timeout: 5s}"));
            allowed.run("regrade", "--code-sandbox", "unsafe").exits(0);
            samples().forEach((trial, line) -> {
                assertThat(line.get("passed")).isEqualTo(before.get(trial).get("passed"));
                assertThat(line.get("completion_fingerprint"))
                        .isEqualTo(before.get(trial).get("completion_fingerprint"));
                assertThat(line.get("grade_fingerprint"))
                        .isNotEqualTo(before.get(trial).get("grade_fingerprint"));
            });
            assertThat(simulator.bill().lines()).hasSize(2);
        }
    }

    @Test
    void storedRunsCanBeLookedAt() {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums()).exits(0);
        }
        String id = id();
        assertThat(cli.run("runs").exits(0).out())
                .contains(id, "finished", "3 models x 3 samples (1 task) x 1 epoch = 9 trials");
        assertThat(cli.run("show").exits(0).out()).contains(id, "acme/right", "acme/wrong", "acme/mixed");
        assertThat(cli.run("show", id.substring(id.length() - 4), "acme/wrong", "sum")
                        .exits(0)
                        .out())
                .contains("Final answer: 41", "extracted 41", "expected 42", "reasoning tokens 0", "cost $");
        assertThat(cli.run("show", id, "acme/right").exits(0).out()).contains("Final answer: 42", "Final answer: 1/2");
        assertThat(cli.run("report", id, "--out", "site").exits(0).out()).contains("acme/right");
        assertThat(directory.resolve("site").resolve(id).resolve("report.html")).isNotEmptyFile();
        assertThat(Cli.text(directory.resolve("site").resolve(id).resolve("samples.jsonl")))
                .isEqualTo(Cli.text(cli.onlyRun().resolve("samples.jsonl")));
    }

    @Test
    void severalRunsShareALeaderboardOnlyWhenOfOneKind() {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums("--model", "acme/right")).exits(0);
            cli.run(SmallSuite.sums("--model", "acme/wrong")).exits(0);
        }
        List<String> ids =
                cli.runs().stream().map(r -> r.getFileName().toString()).toList();
        Map<String, Object> board =
                cli.run("report", ids.get(0), ids.get(1), "--json").exits(0).json();
        assertThat(Cli.objects(board.get("rows"))).hasSize(2);
        assertThat((List<?>) board.get("run_ids")).hasSize(2);
        String line = Cli.text(cli.runs().get(0).resolve("completions.jsonl"))
                .lines()
                .findFirst()
                .orElseThrow();
        cli.write("simulated.jsonl", line.replaceFirst("\\{", "{\"simulated\": true, ") + "\n");
        Map<String, Object> simulated = cli.run(
                        "run", "--replay", "simulated.jsonl", "--task", "sums.yaml", "--max-errors", "1", "--json")
                .exits(0)
                .json();
        assertThat(simulated).containsEntry("simulated", true);
        String other = (String) ((List<?>) simulated.get("run_ids")).get(0);
        cli.run("report", ids.get(0), other).exits(2).hasNoStackTrace().says("simulated", "kind");
    }

    @Test
    void hostileNamesReachNeitherTerminalNorPage() {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator()
                .fault(Fault.status(400).onTrial("*half*"))
                .build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            String roster = Cli.text(directory.resolve("roster.yaml"));
            cli.write("roster.yaml", roster.replace("{id: acme/right,", "{name: \"" + HOSTILE + "\", id: acme/right,"));
            cli.run(SmallSuite.sums("--dry-run")).exits(0);
            for (Cli one : List.of(cli, cli.onTerminal().with("NO_COLOR", "1"))) {
                for (String[] args : List.of(
                        SmallSuite.sums("--dry-run"),
                        SmallSuite.sums("--max-errors", "1", "--progress", "lines", "--verbose"))) {
                    assertHarmless(one.run(args).exits(0));
                }
            }
        }
        String id = cli.runs().get(0).getFileName().toString();
        String name = (String)
                Cli.lines(cli.runs().get(0).resolve("samples.jsonl")).get(0).get("model");
        assertThat(name).startsWith("evil\u001b[31m");
        assertHarmless(cli.run("runs").exits(0));
        assertHarmless(cli.run("show", id).exits(0));
        assertHarmless(cli.run("show", id, name).exits(0));
        assertHarmless(cli.run("show", id, name + "x").exits(2));
        assertHarmless(cli.run("report", id).exits(0));
        assertThat(Cli.text(cli.runs().get(0).resolve("report.html")))
                .doesNotContain("<script>alert", "\u001b", "\u202e");
        assertThat(Cli.text(cli.runs().get(0).resolve("leaderboard.json"))).doesNotContain("\u001b");
    }

    @Test
    void whatAServerSaysReachesTheTerminalHarmless() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"error\": {\"code\": 401, \"message\": \"no \\u001b[2J\\u001b]0;x\\u0007 entry\"}}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            SmallSuite.write(cli, "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1");
            Cli.Result result = cli.run(SmallSuite.sums()).exits(6).says("entry");
            assertHarmless(result);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void namesInFilesReachTheTerminalHarmlessInErrorsToo() {
        cli.write("roster.yaml", "roster: mine\nmodels:\n  - {id: a/b, \"" + HOSTILE + "\": 1}\n");
        assertHarmless(cli.run("run", "--dry-run", "--roster", "roster.yaml").exits(2));
        cli.write(
                "mine.jsonl",
                "{\"model\": \"\\u001b[31mx\", \"task\": \"t\", \"sample\": \"s\", \"epoch\": \"\\u001b[2J\", \"text\": \"\"}\n");
        assertHarmless(cli.run("run", "--dry-run", "--replay", "mine.jsonl").exits(2));
    }

    private static void assertHarmless(Cli.Result result) {
        assertThat(result.out() + result.err())
                .as(result.toString().replace("\u001b", "␛"))
                .doesNotContain("\u001b", "\u0007", "\u202e", "\u009b");
    }
}
