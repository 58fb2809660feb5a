package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.cli.ScriptedJudges.Findings;
import dev.rtel.common.PlainJson;
import dev.rtel.eval.Sample;
import dev.rtel.simulator.Simulator;
import dev.rtel.tasks.BundledTasks;
import dev.rtel.tasks.JudgeCorpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rtel judge calibrate} against judges that answer over HTTP. */
class JudgeCalibrateTest {
    private final JudgeCorpus bundled = JudgeCorpus.bundled();

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void cli() {
        cli = Cli.in(directory).withKey();
    }

    private Cli.Result calibrate(JudgeCorpus corpus, Map<String, String> replies, String... more) {
        try (Simulator simulator = ScriptedJudges.serve(corpus, replies)) {
            return cli.run(Cli.args(
                    new String[] {
                        "judge",
                        "calibrate",
                        "--judge",
                        ScriptedJudges.ID,
                        "--base-url",
                        simulator.baseUri().toString()
                    },
                    more));
        }
    }

    @Test
    void aJudgeThatTellsWhatIsTrueMayGrade() {
        Cli.Result result =
                calibrate(bundled, ScriptedJudges.truthful(bundled), "--json").exits(0);
        Map<String, Object> document = result.json();
        assertThat(document)
                .containsEntry("schema", "rtel.judge-calibration/1")
                .containsEntry("passed", true)
                .containsEntry("reasons", List.of())
                .containsEntry("judge", ScriptedJudges.ID)
                .containsEntry("votes", 3L)
                .containsEntry("calls", 45L)
                .containsEntry("correct", Map.of("n", 5L, "accepted", 5L))
                .containsEntry("flawed", Map.of("n", 5L, "rejected", 5L))
                .containsEntry("hostile", Map.of("n", 5L, "resisted", 5L))
                .containsEntry(
                        "injection",
                        Map.of("n", 5L, "flagged", 5L, "false_flags", 0L, "detected", 5L, "false_detections", 0L));
        assertThat(Cli.object(document.get("agreement")))
                .containsEntry("alpha", java.math.BigDecimal.valueOf(1.0))
                .containsEntry("unanimous", 15L)
                .containsEntry("unreadable", 0L);
        assertThat(new java.math.BigDecimal((String) document.get("cost_usd"))).isPositive();
        assertThat((Long) Cli.object(document.get("tokens")).get("prompt")).isPositive();
        assertThat(result.out() + result.err()).doesNotContain(Cli.KEY);

        Cli.Result text = calibrate(bundled, ScriptedJudges.truthful(bundled)).exits(0);
        assertThat(text.out())
                .contains(
                        "correct proofs accepted",
                        "5 of 5",
                        "alpha 1.00",
                        "The floor is reached: this judge may grade.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass", "fail", "obeys", "garbage"})
    void trivialJudgesMayNot(String kind) {
        Cli.Result result = calibrate(bundled, ScriptedJudges.trivial(bundled, kind), "--json")
                .exits(10);
        assertThat(result.json()).containsEntry("passed", false);
        result.says("the judge did not reach the floor");
        Map<String, Object> document = result.json();
        switch (kind) {
            case "pass" ->
                assertThat(document)
                        .containsEntry("correct", Map.of("n", 5L, "accepted", 5L))
                        .containsEntry("flawed", Map.of("n", 5L, "rejected", 0L))
                        .containsEntry("hostile", Map.of("n", 5L, "resisted", 1L));
            case "fail" ->
                assertThat(document)
                        .containsEntry("correct", Map.of("n", 5L, "accepted", 0L))
                        .containsEntry("flawed", Map.of("n", 5L, "rejected", 5L))
                        .containsEntry("hostile", Map.of("n", 5L, "resisted", 4L));
            case "obeys" ->
                assertThat(document)
                        .containsEntry("correct", Map.of("n", 5L, "accepted", 5L))
                        .containsEntry("flawed", Map.of("n", 5L, "rejected", 5L))
                        .containsEntry("hostile", Map.of("n", 5L, "resisted", 0L));
            default ->
                assertThat(document)
                        .containsEntry("correct", Map.of("n", 5L, "accepted", 0L))
                        .containsEntry("calls", 90L);
        }
    }

    @Test
    void flippingAnyOneFindingFlipsTheVerdict() {
        for (JudgeCorpus.Proof proof : bundled.proofs()) {
            int checkpoints = ScriptedJudges.checkpoints(bundled, proof);
            Findings truth = ScriptedJudges.truth(proof, checkpoints);
            List<Findings> flipped = new ArrayList<>();
            if (proof.passExpected()) {
                for (int i = 1; i <= checkpoints; i++) {
                    flipped.add(new Findings(List.of(i), List.of(), "", truth.injection()));
                }
                flipped.add(new Findings(List.of(), List.of("f1"), "", truth.injection()));
            } else {
                flipped.add(Findings.none(truth.injection()));
            }
            for (Findings findings : proof.kind().equals("correct") ? flipped : flipped.subList(0, 1)) {
                Map<String, String> replies = new LinkedHashMap<>(ScriptedJudges.truthful(bundled));
                // the judge's own word stays: it decides nothing
                replies.put(proof.id(), findings.reply(checkpoints, proof.passExpected() ? "pass" : "fail"));
                Cli.Result result = calibrate(bundled, replies, "--votes", "1", "--json");
                assertThat(verdicts(result))
                        .as("%s with %s", proof.id(), findings)
                        .containsExactly(Map.entry(proof.id(), proof.passExpected() ? "fail" : "pass"));
                result.exits(proof.kind().equals("subtle_flaw") ? 0 : 10);
            }
        }
    }

    /** Verdicts that are not the expected ones. */
    private static Map<String, Object> verdicts(Cli.Result result) {
        Map<String, Object> wrong = new LinkedHashMap<>();
        for (Map<String, Object> proof : Cli.objects(result.json().get("proofs"))) {
            if (!proof.get("expected").equals(proof.get("verdict"))) {
                wrong.put((String) proof.get("id"), proof.get("verdict"));
            }
        }
        return wrong;
    }

    /** Another corpus than the bundled one: through the whole protocol, truthful and trivial judges. */
    @ParameterizedTest
    @ValueSource(strings = {"truth", "pass", "fail", "obeys", "garbage"})
    void theReferenceCorpusRunsThroughTheWholeProtocol(String kind) {
        Path data = Path.of(System.getProperty("rtel.shared", "../../shared"), "data", "graders");
        Assumptions.assumeTrue(Files.isDirectory(data), () -> "no reference data at " + data);
        Path proofs = data.resolve("judge.jsonl").toAbsolutePath();
        Path rubrics = data.resolve("judge-rubrics.json").toAbsolutePath();
        JudgeCorpus corpus = JudgeCorpus.read(proofs, Optional.of(rubrics));
        Cli.Result result = calibrate(
                corpus,
                kind.equals("truth") ? ScriptedJudges.truthful(corpus) : ScriptedJudges.trivial(corpus, kind),
                "--file",
                proofs.toString(),
                "--rubrics",
                rubrics.toString(),
                "--json");
        result.exits(kind.equals("truth") ? 0 : 10);
        if (kind.equals("truth")) {
            assertThat(result.json())
                    .containsEntry(
                            "injection",
                            Map.of("n", 5L, "flagged", 5L, "false_flags", 0L, "detected", 5L, "false_detections", 0L));
        }
    }

    /** Every bundled rubric: its reference proof passes, its two bad proofs fail, each with the error quoted where it is. */
    @Test
    void everyBundledRubricTellsItsReferenceProofFromItsBadProofs() {
        List<String> bad = new ArrayList<>();
        List<String> good = new ArrayList<>();
        for (Sample sample : BundledTasks.task("formal-proofs").samples()) {
            good.add(line(sample, "reference", "correct", sample.metadata().get("reference"), null));
            for (Map<String, Object> flawed : Cli.objects(sample.metadata().get("bad_proofs"))) {
                bad.add(line(sample, "bad-" + bad.size(), "subtle_flaw", flawed.get("text"), flawed.get("where")));
            }
        }
        assertThat(bad).hasSize(2 * good.size());
        // the script knows a prompt by a proof in it, and reference proofs are in all of them: those come last
        bad.addAll(good);
        Path file = cli.write("proofs.jsonl", String.join("\n", bad));
        JudgeCorpus corpus = JudgeCorpus.read(file, Optional.empty());
        Map<String, String> replies = ScriptedJudges.replies(corpus, proof -> {
            int checkpoints = ScriptedJudges.checkpoints(corpus, proof);
            return new Findings(
                            proof.passExpected() ? List.of() : List.of(checkpoints),
                            proof.passExpected() ? List.of() : List.of("f1"),
                            proof.flaw().orElse(""),
                            false)
                    .reply(checkpoints, "pass");
        });
        Cli.Result result = calibrate(corpus, replies, "--file", file.toString(), "--votes", "1", "--json");
        assertThat(verdicts(result)).isEmpty();
        assertThat(result.json())
                .containsEntry("correct", Map.of("n", 5L, "accepted", 5L))
                .containsEntry("flawed", Map.of("n", 10L, "rejected", 10L))
                .containsEntry("quotes", Map.of("claimed", 10L, "verified", 10L, "comparable", 10L, "at_the_flaw", 10L))
                .containsEntry("reasons", List.of("no hostile proof was tried"));
        result.exits(10);
    }

    private static String line(Sample sample, String id, String kind, Object proof, Object where) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", sample.id() + "-" + id);
        line.put("statement_id", sample.id());
        line.put("class", kind);
        line.put("proof", proof);
        line.put("expected_verdict", where == null ? "pass" : "fail");
        if (where != null) {
            line.put("flaw", Map.of("where", where));
        }
        return PlainJson.write(line);
    }

    @Test
    void theOrderDependsOnTheSeedAndNothingElseOnIt() {
        Map<String, String> truth = ScriptedJudges.truthful(bundled);
        List<String> orders = new ArrayList<>();
        for (String seed : List.of("1", "1", "2")) {
            orders.add(CalibrationCorpus.task(bundled, 3, Long.parseLong(seed)).samples().stream()
                    .map(s -> s.id())
                    .toList()
                    .toString());
            assertThat(calibrate(bundled, truth, "--seed", seed, "--json")
                            .exits(0)
                            .json())
                    .containsEntry("passed", true);
        }
        assertThat(orders.get(0)).isEqualTo(orders.get(1)).isNotEqualTo(orders.get(2));
    }

    @Test
    void theResultIsKeptAndGoesWithTheRunsOfThatJudge() {
        Map<String, String> truth = ScriptedJudges.truthful(bundled);
        try (Simulator judge = ScriptedJudges.serve(bundled, truth);
                Simulator contestants = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, contestants.baseUri().toString());
            String roster = Cli.text(directory.resolve("roster.yaml"))
                    .replaceFirst(
                            "id: acme/judge, settings: \\{base_url: \"[^\"]+\"",
                            "id: lab/judge, settings: {base_url: \"" + judge.baseUri() + "\"");
            cli.write("roster.yaml", roster);
            String[] run = {
                "run",
                "--roster",
                "roster.yaml",
                "--model",
                "acme/right",
                "--task",
                "proofs.yaml",
                "--yes",
                "--json",
                "--max-cost",
                "none"
            };
            assertThat(codes(cli.run(run).json())).contains("judge-not-calibrated");
            List<Path> before = cli.runs();
            cli.run("judge", "calibrate", "--roster", "roster.yaml", "--max-cost", "none", "--json")
                    .exits(0)
                    .says("Kept: .rtel/judges/");
            assertThat(codes(cli.run(run).json())).doesNotContain("judge-not-calibrated", "judge-calibration-failed");
            Path latest = cli.runs().stream()
                    .filter(one -> !before.contains(one))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> facts = Cli.object(
                    PlainJson.readObject(Cli.text(latest.resolve("run.json"))).get("judges"));
            assertThat(Cli.object(facts.get("judge")))
                    .containsEntry("passed", true)
                    .containsEntry("judge", "lab/judge");
        }
        try (Simulator judge = ScriptedJudges.serve(bundled, ScriptedJudges.trivial(bundled, "pass"));
                Simulator contestants = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, contestants.baseUri().toString());
            String roster = Cli.text(directory.resolve("roster.yaml"))
                    .replaceFirst(
                            "id: acme/judge, settings: \\{base_url: \"[^\"]+\"",
                            "id: lab/judge, settings: {base_url: \"" + judge.baseUri() + "\"");
            cli.write("roster.yaml", roster);
            cli.run("judge", "calibrate", "--roster", "roster.yaml", "--max-cost", "none")
                    .exits(10);
            Cli.Result run = cli.run(
                    "run",
                    "--roster",
                    "roster.yaml",
                    "--model",
                    "acme/right",
                    "--task",
                    "proofs.yaml",
                    "--yes",
                    "--json",
                    "--max-cost",
                    "none");
            assertThat(codes(run.json())).contains("judge-calibration-failed");
            run.says("did not reach the floor of its calibration");
        }
    }

    private static List<String> codes(Map<String, Object> board) {
        return Cli.objects(board.get("warnings")).stream()
                .map(w -> (String) w.get("code"))
                .toList();
    }

    @Test
    void itNeedsAKeyAJudgeAndSense() {
        Cli without = Cli.in(directory);
        without.run("judge", "calibrate", "--judge", "lab/judge", "--max-cost", "none")
                .exits(6)
                .hasNoStackTrace();
        without.run("judge", "calibrate", "--judge", "nonsense").exits(2).says("--judge is 'nonsense'");
        without.run("judge", "calibrate", "--role", "judge-2").exits(2).says("role 'judge-2'", "[judge]");
        without.run("judge", "calibrate", "--judge", "lab/judge", "--role", "judge-2")
                .exits(2)
                .says("--role");
        without.run("judge", "calibrate", "--votes", "0").exits(2).says("--votes is 0");
        without.run("judge", "calibrate", "--rubrics", "r.json").exits(2).says("--file");
        without.run("judge", "calibrate", "--file", "none.jsonl").exits(2).says("none.jsonl");
        without.run("judge").exits(2);
        assertThat(without.run("judge", "calibrate", "--dry-run").exits(0).out())
                .contains("Judge calls: 45");
        assertThat(directory.resolve(".rtel")).doesNotExist();
    }

    @Test
    void aJudgeThatNeverAnswersIsNotJudged() {
        Map<String, String> none = new LinkedHashMap<>();
        bundled.proofs().forEach(p -> none.put(p.id(), "x"));
        String url;
        try (Simulator simulator = ScriptedJudges.serve(bundled, none)) {
            url = simulator.baseUri().toString();
        }
        Cli.Result result = cli.run(
                "judge",
                "calibrate",
                "--judge",
                ScriptedJudges.ID,
                "--base-url",
                url,
                "--retries",
                "0",
                "--max-cost",
                "none");
        result.exits(7).hasNoStackTrace();
        assertThat(directory.resolve(".rtel/judges").toFile().list()).isNullOrEmpty();
    }

    @Test
    void aSpendingLimitBreaksItOff() {
        Cli.Result result =
                calibrate(bundled, ScriptedJudges.truthful(bundled), "--max-cost", "0.02", "--concurrency", "1");
        result.exits(5).says("broken off").hasNoStackTrace();
        assertThat(result.out()).isEmpty();
        assertThat(directory.resolve(".rtel/judges").toFile().list()).isNullOrEmpty();
    }
}
