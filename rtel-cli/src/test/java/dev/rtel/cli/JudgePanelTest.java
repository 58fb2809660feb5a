package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several judges, or several votes of one, from the command line to the leaderboard. */
class JudgePanelTest {
    private static final String PASS =
            "{\"checkpoints\": {\"c1\": true}, \"fatal\": [], \"first_error\": null, \"injection\": false, \"verdict\": \"pass\"}";
    private static final String FAIL = PASS.replace("true", "false").replace("\"pass\"", "\"fail\"");

    @TempDir
    Path directory;

    private Cli cli;
    private Simulator simulator;

    @BeforeEach
    void start() {
        SimulatorScript.Builder script = SimulatorScript.builder()
                .sample(
                        "sound",
                        "first claim",
                        "proof",
                        "A sound proof of the first claim, with every step in its place.",
                        "?")
                .sample(
                        "weak",
                        "second claim",
                        "proof",
                        "A weak proof of the second claim, with hardly a step in it.",
                        "?")
                .model(ModelProfile.builder("acme/one").accuracy(1).build())
                .model(ModelProfile.builder("acme/two").accuracy(1).build())
                .judgeRule(PASS, "A sound proof")
                .judgeRule(FAIL, "A weak proof")
                .defaultJudgeReply("I have no opinion.");
        for (String id : List.of("lab/a", "lab/b", "lab/c", "acme/judge")) {
            script.model(ModelProfile.builder(id)
                    .judge(true)
                    .prices("0.000001", "0.000002")
                    .build());
        }
        simulator =
                Simulator.start(SimulatorConfig.builder(script.build()).seed(1).build());
        cli = Cli.in(directory).withKey();
        cli.write("proofs.yaml", """
                task: proofs
                version: "1"
                category: proof
                grader: {name: judge}
                samples:
                  - {id: sound, input: "Prove the first claim.", rubric: {checkpoints: [{id: c1, text: proves it}]}}
                  - {id: weak, input: "Prove the second claim.", rubric: {checkpoints: [{id: c1, text: proves it}]}}
                """);
        roster("judge: {id: lab/a, SETTINGS}");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void roster(String... roles) {
        String settings =
                "settings: {base_url: \"" + simulator.baseUri() + "\", generation_delays: \"10ms,50ms,200ms\"}";
        StringBuilder text = new StringBuilder("roster: panel\ndefaults: {max_tokens: 2000, timeout: 20s}\nroles:\n");
        for (String role : roles) {
            text.append("  ").append(role.replace("SETTINGS", settings)).append('\n');
        }
        text.append("models:\n  - {id: acme/one, ").append(settings).append("}\n");
        text.append("  - {id: acme/two, ").append(settings).append("}\n");
        cli.write("roster.yaml", text.toString());
    }

    private Cli.Result run(String... more) {
        return cli.run(Cli.args(
                new String[] {"run", "--roster", "roster.yaml", "--task", "proofs.yaml", "--yes", "--max-cost", "none"},
                more));
    }

    private static List<String> codes(Map<String, Object> board) {
        return Cli.objects(board.get("warnings")).stream()
                .map(w -> (String) w.get("code"))
                .toList();
    }

    private void assertPanel(int votes, List<String> judges) {
        assertPanel(cli.onlyRun(), votes, judges);
    }

    private static void assertPanel(Path run, int votes, List<String> judges) {
        assertThat(Cli.lines(run.resolve("samples.jsonl"))).hasSize(4).allSatisfy(sample -> {
            boolean sound = sample.get("sample").equals("sound");
            assertThat(sample).containsEntry("passed", sound);
            Map<String, Object> grading = Cli.object(sample.get("grading"));
            assertThat(grading)
                    .containsEntry("kind", "judge")
                    .containsEntry("judges", judges)
                    .containsEntry("votes", java.util.Collections.nCopies(votes, sound ? "pass" : "fail"));
            assertThat(((Number) grading.get("agreement")).doubleValue()).isEqualTo(1);
            assertThat(Cli.objects(grading.get("panel"))).hasSize(votes);
            assertThat((String) sample.get("judge_cost_usd")).isNotEqualTo("0");
        });
    }

    @Test
    void severalFlagsAreAPanel() {
        Cli.Result result = run(
                "--judge",
                "lab/a",
                "--judge",
                "lab/b",
                "--judge",
                "lab/c",
                "--base-url",
                simulator.baseUri().toString(),
                "--json");
        result.exits(0);
        assertPanel(3, List.of("lab/a", "lab/b", "lab/c"));
        Map<String, Object> agreement = Cli.objects(result.json().get("warnings")).stream()
                .filter(w -> w.get("code").equals("judge-agreement"))
                .findFirst()
                .orElseThrow();
        assertThat((String) agreement.get("text")).contains("alpha 1.00, unanimous on 4 of 4 submissions");
        assertThat(cli.run("show").exits(0).out()).contains("alpha 1.00");
        Map<String, Object> plan =
                dev.rtel.common.PlainJson.readObject(Cli.text(cli.onlyRun().resolve("run.json")));
        assertThat(Cli.object(plan.get("roles"))).containsOnlyKeys("judge-1", "judge-2", "judge-3");
    }

    @Test
    void aRosterMayBindThePanel() {
        roster("judge-1: {id: lab/a, SETTINGS}", "judge-2: {id: lab/b, SETTINGS}");
        run("--judge-votes", "2").exits(0);
        assertPanel(4, List.of("lab/a", "lab/b"));
        List<Map<String, Object>> calls = Cli.lines(cli.onlyRun().resolve("completions.jsonl")).stream()
                .flatMap(line -> Cli.objects(line.get("judge")).stream())
                .toList();
        assertThat(calls).hasSize(16);
        assertThat(calls).extracting(c -> c.get("role")).containsOnly("judge-1", "judge-2");
    }

    @Test
    void oneFlagTakesThePlaceOfThePanelAndVotesMakeOne() {
        roster("judge-1: {id: lab/a, SETTINGS}", "judge-2: {id: lab/b, SETTINGS}");
        run(
                        "--judge",
                        "lab/c",
                        "--judge-votes",
                        "3",
                        "--base-url",
                        simulator.baseUri().toString())
                .exits(0);
        assertPanel(3, List.of("lab/c"));
    }

    @Test
    void aRunThatIsGradedAgainKeepsItsPanel() {
        run(
                        "--judge",
                        "lab/a",
                        "--judge",
                        "lab/b",
                        "--judge-votes",
                        "2",
                        "--base-url",
                        simulator.baseUri().toString())
                .exits(0);
        Path first = cli.onlyRun();
        cli.run("regrade", "--max-cost", "none").exits(0);
        assertPanel(again(first), 4, List.of("lab/a", "lab/b"));
        cli.run("resume", again(first).getFileName().toString(), "--max-cost", "none")
                .exits(0);
        assertPanel(again(first), 4, List.of("lab/a", "lab/b"));
    }

    @Test
    void anotherPanelMayGradeARunAgain() {
        run("--judge", "lab/a", "--base-url", simulator.baseUri().toString()).exits(0);
        Path first = cli.onlyRun();
        String before = Cli.text(first.resolve("samples.jsonl"));
        long calls = simulator.bill().ofModel("lab/b").lines().size();
        cli.run("regrade", "--judge", "lab/b", "--judge", "lab/a", "--max-cost", "none")
                .exits(0);
        assertPanel(again(first), 2, List.of("lab/b", "lab/a"));
        assertThat(simulator.bill().ofModel("lab/b").lines()).hasSize((int) calls + 4);
        assertThat(Cli.text(first.resolve("samples.jsonl"))).isEqualTo(before);
    }

    private Path again(Path first) {
        return cli.runs().stream()
                .filter(run -> !run.equals(first))
                .reduce((one, other) -> {
                    throw new IllegalStateException(one + " and " + other);
                })
                .orElseThrow();
    }

    @Test
    void aDryRunCountsEveryVote() {
        String base = simulator.baseUri().toString();
        assertThat(run("--dry-run").exits(0).out()).contains("Judge calls: 4 (lab/a)");
        assertThat(run("--dry-run", "--judge-votes", "3").exits(0).out()).contains("Judge calls: 12 (lab/a)");
        Cli.Result panel =
                run("--dry-run", "--judge", "lab/a", "--judge", "lab/b", "--judge-votes", "3", "--base-url", base);
        assertThat(panel.exits(0).out()).contains("Judge calls: 24 (lab/a, lab/b)", "judge-1", "judge-2");
        assertThat(run("--dry-run", "--json", "--judge", "lab/a", "--judge", "lab/b")
                        .json())
                .containsEntry("judge_calls", 8L);
    }

    @Test
    void aTasksOwnPanelNeedsItsRoles() {
        cli.write(
                "proofs.yaml",
                Cli.text(directory.resolve("proofs.yaml")).replace("{name: judge}", "{name: judge, judges: 3}"));
        run("--dry-run").exits(2).says("role 'judge-1'", "with --judge MODEL once for each judge");
        run("--dry-run", "--judge-votes", "99").exits(2).says("--judge-votes is 99");
        cli.write("proofs.yaml", Cli.text(directory.resolve("proofs.yaml")).replace("judges: 3", "jugdes: 3"));
        run("--dry-run").exits(2).says("jugdes");
    }

    @Test
    void aJudgeOfTheSameVendorIsWarnedOfBeforeAndAfter() {
        Cli.Result result =
                run("--judge", "acme/judge", "--base-url", simulator.baseUri().toString(), "--json");
        result.exits(0).says("acme/judge comes from the vendor of acme/one, acme/two");
        assertThat(codes(result.json())).contains("same-vendor-judge").doesNotContain("self-judging");
        assertThat(run("--dry-run", "--judge", "acme/judge").exits(0).out()).contains("comes from the vendor of");
        assertThat(run("--dry-run").out()).doesNotContain("comes from the vendor of");
    }

    @Test
    void aContestantJudgesItselfOnlyWhenAllowed() {
        String base = simulator.baseUri().toString();
        for (String judge : List.of("acme/one", "acme/one:free", "ACME/One")) {
            run("--judge", judge, "--dry-run").exits(2).says("also a contestant", "--allow-self-judging");
        }
        assertThat(Files.exists(directory.resolve("results"))).isFalse();
        Cli.Result allowed = run("--judge", "acme/one", "--allow-self-judging", "--base-url", base, "--json");
        assertThat(codes(allowed.json())).contains("self-judging");
        cli.run("regrade", "--max-cost", "none").says("grades answers of this board, its own among them");
    }
}
