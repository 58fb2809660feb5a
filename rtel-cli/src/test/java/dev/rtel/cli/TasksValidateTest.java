package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.simulator.Simulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rtel tasks validate}: sound tasks pass, each planted defect is named with file and line. */
class TasksValidateTest {
    private static final String CODE = """
            task: doubling
            version: "1"
            category: code
            grader: {name: code-execution}
            samples:
              - id: double
                input: "Repair double(x), which returns twice its argument."
                entry: double
                buggy: "def double(x):\\n    return x * x\\n"
                cases: [{args: [3], expected: 6}, {args: [0], expected: 0}, {args: [-4], expected: -8}]
                metadata:
                  licence: CC0-1.0
                  reference: "def double(x):\\n    return 2 * x\\n"
                  mutants:
                    - {what: "adds two", code: "def double(x):\\n    return x + 2\\n"}
                    - {what: "hard-coded example", code: "def double(x):\\n    return 6\\n"}
            """;

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.in(directory);
    }

    private static String numeric(String... samples) {
        StringBuilder text = new StringBuilder("task: mine\nversion: \"1\"\ngrader: {name: exact-numeric}\nsamples:\n");
        for (String sample : samples) {
            text.append("  - {").append(sample).append(", metadata: {licence: CC0-1.0}}\n");
        }
        return text.toString();
    }

    private static String booleans(String... samples) {
        return numeric(samples).replace("exact-numeric", "boolean");
    }

    private List<Map<String, Object>> findings(Map<String, Object> document) {
        List<Map<String, Object>> all = new java.util.ArrayList<>(Cli.objects(document.get("unreadable")));
        Cli.objects(document.get("tasks")).forEach(task -> all.addAll(Cli.objects(task.get("findings"))));
        return all;
    }

    private Map<String, Object> only(String text, int exit, String... more) {
        cli.write("mine.yaml", text);
        Map<String, Object> document = cli.run(
                        Cli.args(new String[] {"tasks", "validate", "mine.yaml", "--json"}, more))
                .exits(exit)
                .json();
        assertThat(document).containsEntry("valid", exit == 0);
        List<Map<String, Object>> findings = findings(document);
        assertThat(findings).as(document.toString()).hasSize(1);
        return findings.get(0);
    }

    @Test
    void theBundledTasksAreClean() {
        Map<String, Object> document = cli.with("RTEL_ALLOW_UNSAFE_CODE", "yes")
                .run(
                        "tasks",
                        "validate",
                        "aime-math",
                        "logic",
                        "code-debugging",
                        "formal-proofs",
                        "--strict",
                        "--code-sandbox",
                        "unsafe",
                        "--json")
                .exits(0)
                .json();
        assertThat(document)
                .containsEntry("schema", "rtel.validation/1")
                .containsEntry("valid", true)
                .containsEntry("errors", 0L)
                .containsEntry("warnings", 0L);
        assertThat(findings(document)).isEmpty();
        List<Map<String, Object>> tasks = Cli.objects(document.get("tasks"));
        assertThat(tasks).hasSize(4);
        tasks.forEach(task -> assertThat(Cli.objects(task.get("samples")))
                .hasSize(5)
                .allSatisfy(row -> {
                    assertThat(row).containsEntry("ok", true).containsEntry("licence", "Apache-2.0");
                    assertThat(row.get("workload")).isNotNull();
                    assertThat(row.get("chance")).isNotNull();
                    assertThat((Long) row.get("words")).isBetween(20L, 600L);
                }));
        assertThat(Cli.objects(tasks.get(2).get("samples")))
                .allSatisfy(row ->
                        assertThat(String.valueOf(row.get("remark"))).matches("([0-9])/\\1 wrong fixes found out"));
    }

    @Test
    void theTableHasALineForEachSample() {
        Cli.Result result =
                cli.run("tasks", "validate", "logic", "formal-proofs").exits(0);
        assertThat(result.out().lines())
                .anyMatch(line -> line.matches(" *logic-hats-01 +6.3 % +44 +Apache-2.0 +[0-9]+ +ok"))
                .anyMatch(line -> line.matches(" *proof-cubes-01 +0.0 % +6 +Apache-2.0 +[0-9]+ +ok"))
                .anyMatch(line -> line.contains("guessing scores 6.3 %"))
                .anyMatch("ok"::equals);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aSoundTaskOfOnesOwnPasses() {
        cli.write(
                "mine.yaml",
                numeric(
                        "id: a, input: \"What is 12 times 31?\", target: \"372\"",
                        "id: b, input: \"What is 17 times 19?\", target: \"323\""));
        assertThat(cli.run("tasks", "validate", "mine.yaml", "--strict")
                        .exits(0)
                        .out())
                .contains("ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is 372 + 0?|372",
                "Write 1,372 in words.|1372",
                "Reduce 14/24.|7/12",
                "What is \\\\frac{3}{4} of one?|0.75",
                "Halve 744 to get 372.|372.0",
                "Is -57 the least?|-57",
                "Between 0.5 and 1 lies what?|1/2",
            })
    void aGoldAnswerInThePromptIsAnError(String prompt, String gold) {
        Map<String, Object> finding = only(numeric("id: a, input: \"" + prompt + "\", target: \"" + gold + "\""), 2);
        assertThat(finding)
                .containsEntry("rule", "gold-in-prompt")
                .containsEntry("sample", "a")
                .containsEntry("severity", "error");
        assertThat((String) finding.get("where")).endsWith("mine.yaml:5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is x372 in this listing?|372",
                "What is 3721 minus 13.372?|372",
                "What is 900-12 less 516?|-12",
                "Compute 372.5 minus one half.|372",
            })
    void partsOfOtherTokensAreNoGoldAnswers(String prompt, String gold) {
        cli.write("mine.yaml", numeric("id: a, input: \"" + prompt + "\", target: \"" + gold + "\""));
        cli.run("tasks", "validate", "mine.yaml").exits(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-3", "10", "100", "1000", "2026"})
    void guessableNumbersAreDoubtful(String gold) {
        String text = numeric("id: a, input: \"How many are there?\", target: \"" + gold + "\"");
        assertThat(only(text, 0)).containsEntry("rule", "guessable").containsEntry("severity", "warning");
        assertThat(only(text, 2, "--strict")).containsEntry("severity", "error");
    }

    @Test
    void aSingleTruthValueIsAGuessAndATwinMendsIt() {
        cli.write(
                "mine.yaml",
                booleans(
                        "id: a, input: \"Is it so?\", target: true",
                        "id: b, input: \"Is it otherwise?\", target: false"));
        Cli.Result result = cli.run("tasks", "validate", "mine.yaml").exits(0);
        assertThat(result.out()).contains("mine.yaml:5", "50.0 %", "[chance]", "[random-strategy]");
        cli.run("tasks", "validate", "mine.yaml", "--strict").exits(2).says("mine", "'a'", "50.0 %");
        cli.write(
                "mine.yaml",
                booleans(
                        "id: a, input: \"Is it so?\", target: true",
                        "id: b, input: \"Is it otherwise?\", target: false, twin_of: a"));
        assertThat(cli.run("tasks", "validate", "mine.yaml").exits(0).out())
                .contains("25.0 %")
                .doesNotContain("[chance]");
    }

    @Test
    void twinsThatOneAnswerPassesAreAnErrorUnlessTheyAskInTwoLanguages() {
        String twins = booleans(
                "id: a, input: \"Is it so?\", target: [true, false, true, true]",
                "id: b, input: \"Is it otherwise?\", target: [true, false, true, true], twin_of: a");
        assertThat(only(twins, 2)).containsEntry("rule", "twin-targets").containsEntry("sample", "b");
        cli.write(
                "mine.yaml",
                numeric(
                        "id: a, input: \"What is 12 times 31?\", target: \"372\"",
                        "id: b, input: \"Was ist 12 mal 31?\", target: \"372\", locale: de, twin_of: a"));
        cli.run("tasks", "validate", "mine.yaml", "--strict").exits(0);
    }

    @Test
    void anAnswerThatFitsManySamplesIsDoubtful() {
        Map<String, Object> finding = only(
                numeric(
                        "id: a, input: \"What is 12 times 31?\", target: \"372\"",
                        "id: b, input: \"What is 6 times 62?\", target: \"372.0\"",
                        "id: c, input: \"What is 11 times 31?\", target: \"341\""),
                0);
        assertThat(finding).containsEntry("rule", "constant-strategy");
        assertThat((String) finding.get("what")).contains("'372'", "2 of 3");
        assertThat(finding.get("sample")).isNull();
    }

    @Test
    void oneQuestionWithTwoAnswersIsAnErrorAndOneAskedTwiceIsDoubtful() {
        assertThat(only(
                        numeric(
                                "id: a, input: \"What is 12 times 31?\", target: \"372\"",
                                "id: b, input: \"what is  12 times 31\", target: \"371\""),
                        2))
                .containsEntry("rule", "duplicate")
                .containsEntry("sample", "b");
        cli.write(
                "other.yaml",
                numeric("id: z, input: \"What is 12 times 31!\", target: \"372\"")
                        .replace("mine", "other"));
        cli.write("mine.yaml", numeric("id: a, input: \"What is 12 times 31?\", target: \"372\""));
        assertThat(cli.run("tasks", "validate", "mine.yaml", "other.yaml")
                        .exits(0)
                        .out())
                .contains("[duplicate]", "sample 'a' of task 'mine'", "mine.yaml:5");
        cli.run("tasks", "validate", "mine.yaml", "mine.yaml").exits(2).says("two tasks are named 'mine'");
    }

    @Test
    void whatIsStatedIsComparedWithWhatIsComputed() {
        String text = booleans("id: a, input: \"Four claims.\", target: [true, false, true, true]")
                .replace("licence: CC0-1.0", "licence: CC0-1.0, chance: 0.5");
        assertThat(only(text, 0)).containsEntry("rule", "chance-stated");
    }

    @Test
    void balanceIsLookedAtOverTheWholeTask() {
        String[] samples = new String[5];
        for (int i = 0; i < 5; i++) {
            samples[i] = "id: s" + i + ", input: \"Claims " + i + ".\", target: [true, " + (i % 2 == 0) + ", true, "
                    + (i < 3) + "]";
        }
        cli.write("mine.yaml", booleans(samples));
        assertThat(cli.run("tasks", "validate", "mine.yaml").exits(0).out())
                .contains("[truth-balance]", "claim 1 of 4 is true in all 5 vectors", "claim 3 of 4")
                .doesNotContain("claim 2 of 4");
    }

    @Test
    void missingLicencesLongPromptsAndPromptsWithoutAnAnswerFormAreDoubtful() {
        String sample = numeric("id: a, input: \"What is 12 times 31?\", target: \"372\"");
        assertThat(only(sample.replace(", metadata: {licence: CC0-1.0}", ""), 0))
                .containsEntry("rule", "licence");
        assertThat(only(sample.replace("times", "times " + "very ".repeat(600)), 0))
                .containsEntry("rule", "long-prompt");
        String none = sample.replace("samples:", "answer_format: none\nsamples:");
        assertThat(only(none, 0)).containsEntry("rule", "answer-format");
        cli.write("mine.yaml", none.replace("31?", "31? End with a line Final answer: N."));
        cli.run("tasks", "validate", "mine.yaml", "--strict").exits(0);
    }

    @Test
    void everyMistakeInTheFileIsAFindingWithItsLine() {
        cli.write(
                "mine.yaml",
                "task: mine\nversion: \"1\"\ngrader: {name: exact-numeric}\nsamples:\n"
                        + "  - {id: a, input: x, traget: \"1\"}\n  - {id: a, input: y, target: 5}\n");
        Map<String, Object> document =
                cli.run("tasks", "validate", "mine.yaml", "--json").exits(2).json();
        assertThat(document).containsEntry("schema", "rtel.validation/1").containsEntry("valid", false);
        assertThat(findings(document)).hasSize(3).allSatisfy(f -> assertThat(f).containsEntry("rule", "schema"));
        assertThat(findings(document).stream()
                        .map(f -> String.valueOf(f.get("where")))
                        .toList())
                .allMatch(where -> where.matches(".*mine.yaml:[56]"));
        cli.run("tasks", "validate", "mine.yaml").exits(2).says("mine.yaml:5", "traget");
        cli.run("tasks", "validate", "gone.yaml").exits(2).says("gone.yaml");
        cli.run("tasks", "validate").exits(4);
    }

    @Test
    void samplesInALinesFileAreNamedByTheirOwnLine() {
        cli.write("mine.jsonl", """
                {"id": "a", "input": "What is 12 times 31?", "target": "372", "metadata": {"licence": "CC0-1.0"}}
                {"id": "b", "input": "What is 323 times 1?", "target": "323", "metadata": {"licence": "CC0-1.0"}}
                """);
        Map<String, Object> finding =
                only("task: mine\nversion: \"1\"\ngrader: {name: exact-numeric}\nsamples: mine.jsonl\n", 2);
        assertThat((String) finding.get("where")).endsWith("mine.jsonl:2");
    }

    @Test
    void codeIsRunOnlyByAnExecutorThatMay() {
        cli.write("mine.yaml", CODE);
        boolean contained = cli.run("doctor").out().contains("code of models is run under");
        Cli.Result result =
                cli.run("tasks", "validate", "mine.yaml", "--strict").exits(0);
        if (contained) {
            assertThat(result.out()).contains("2/2 wrong fixes found out").doesNotContain("note");
        } else {
            assertThat(result.out()).contains("note", "were not run", "--code-sandbox", "code not run");
        }
        // nothing is contained by a sandbox that is not on this system
        assertThat(cli.run("tasks", "validate", "mine.yaml", "--strict", "--code-sandbox", "seatbelt")
                        .exits(0)
                        .out())
                .contains("note", "were not run", "--code-sandbox", "code not run");
        cli.run("tasks", "validate", "mine.yaml", "--code-sandbox", "unsafe")
                .exits(2)
                .says("RTEL_ALLOW_UNSAFE_CODE");
        assertThat(unsafe().out()).contains("2/2 wrong fixes found out").doesNotContain("note");
    }

    private Cli.Result unsafe(String... more) {
        return cli.with("RTEL_ALLOW_UNSAFE_CODE", "yes")
                .run(Cli.args(
                        new String[] {"tasks", "validate", "mine.yaml", "--code-sandbox", "unsafe", "--strict"}, more));
    }

    @Test
    void programsThatDoNotDoTheirPartAreErrors() {
        cli.write("mine.yaml", CODE.replace("{args: [-4], expected: -8}", "{args: [2], expected: 4}"));
        assertThat(unsafe().exits(0).out()).doesNotContain("[mutant]");
        cli.write("mine.yaml", CODE.replace("return x + 2", "return x + x"));
        assertThat(unsafe().exits(2).out()).contains("'adds two' passes all cases", "mine.yaml:15", "[mutant]");
        cli.write("mine.yaml", CODE.replace("return 2 * x", "return 3 * x"));
        assertThat(unsafe().exits(2).out()).contains("reference does not pass", "mine.yaml:13");
        cli.write("mine.yaml", CODE.replace("return x * x", "return 2 * x"));
        assertThat(unsafe().exits(2).out()).contains("defective code passes", "mine.yaml:9");
        cli.write("mine.yaml", CODE.replace("def double(x):\\n    return 6", "six = 6"));
        assertThat(unsafe().exits(2).out()).contains("no program that defines 'double'");
        cli.write("mine.yaml", CODE.replaceAll("(?s)      reference:.*", ""));
        assertThat(unsafe().exits(2).out()).contains("[reference]", "[mutants]");
    }

    @Test
    void aRubricThatAJudgeCannotUseIsNamed() {
        String proof = """
                task: mine
                version: "1"
                grader: {name: judge}
                samples:
                  - id: odd
                    input: "Prove that the sum of two odd numbers is even."
                    rubric: {checkpoints: [{id: c1, text: names both}, {id: c2, text: factors}], fatal: [{id: f1, text: example}]}
                    metadata: {licence: CC0-1.0, reference: "2a+1 and 2b+1 have the sum 2(a+b+1)."}
                """;
        cli.write("mine.yaml", proof);
        cli.run("tasks", "validate", "mine.yaml", "--strict").exits(0);
        assertThat(only(proof.replace("id: c2", "id: c1"), 2)).containsEntry("rule", "grader");
        assertThat(only(proof.replace(", fatal: [{id: f1, text: example}]", ""), 0))
                .containsEntry("rule", "rubric");
        assertThat(only(proof.replace("reference:", "sketch:"), 0)).containsEntry("rule", "reference");
    }

    @Test
    void aRunTellsWhichSamplesToLookAt() {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.withKey().run(SmallSuite.all("--max-errors", "1")).exits(0);
        }
        String id = cli.onlyRun().getFileName().toString();
        Map<String, Object> document = cli.run("tasks", "validate", "letters.yaml", "--run", id, "--json")
                .exits(0)
                .json();
        Map<String, Object> run = Cli.object(document.get("run"));
        assertThat(run).containsEntry("run_id", id).containsEntry("simulated", false);
        assertThat(Cli.objects(run.get("items")))
                .hasSize(2)
                .allSatisfy(item ->
                        assertThat(item).containsEntry("task", "letters").containsEntry("n", 3L));
        String all = cli.run("tasks", "validate", "--run", id).exits(0).out();
        assertThat(all).contains("of 9 samples to look at", "double", "discrimination");
        assertThat(cli.run("tasks", "validate", "--run").exits(0).out()).isEqualTo(all);
        cli.run("tasks", "validate", "logic", "--run", id).exits(2).says("none of the tasks", "letters");
        cli.run("tasks", "validate", "--run", "nosuchrun").exits(2).says("nosuchrun");
    }
}
