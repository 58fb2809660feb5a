package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Message;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.spi.Task;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFileTest {
    private static final String FULL = """
            task: mixed-bag
            version: "1.10"
            category: misc
            grader: {name: exact-numeric, tolerance: 0.50}
            pass_at: 0.75
            answer_format: |
              Answer in one line.
            samples:
              - id: math-1
                input: "How many? 😀"
                target: "073"
                locale: de-AT
                choices: ["a", "b"]
                workload: 12.5
                twin_of: logic-1
                tags: [number-theory, easy]
                metadata: {licence: Apache-2.0, source: {year: 2026, big: 12345678901234567890}}
              - id: logic-1
                input:
                  - {role: system, content: Be brief.}
                  - {role: user, content: "True or false?"}
                target: [true, False]
              - {id: one-claim, input: q, target: true}
              - {id: many, input: q, target: {any_of: ["1e3", "1000"]}}
              - id: code.1
                input: fix it
                entry: merge
                buggy: |
                  def merge(x):
                      return x
                cases:
                  - {args: [[1, 2]], kwargs: {k: 1}, expected: {a: [1.50, null]}, approx: 1e-9, unordered: true}
                  - {args: [], raises: ValueError, same_type: true, nan_equal: false}
              - id: script
                input: fix it
                entry: f
                tests: |
                  assert f() == 1
              - id: proof_1
                input: prove it
                rubric: {checkpoints: [{id: c1, text: uses induction}], fatal: [], accept_also: none, pass_rule: all}
            """;

    @TempDir
    Path folder;

    @Test
    void everyFieldOfATaskFileIsRead() {
        Task task = TaskFile.parse("t.yaml", FULL);

        assertThat(task.name()).isEqualTo("mixed-bag");
        assertThat(task.version()).isEqualTo("1.10");
        assertThat(task.category()).isEqualTo("misc");
        assertThat(task.grader().provider()).isEqualTo("exact-numeric");
        assertThat(task.grader().config().values()).isEqualTo(Map.of("tolerance", new BigDecimal("0.50")));
        assertThat(task.grader().config().at("tolerance")).isEqualTo("grader.tolerance (t.yaml:4)");
        assertThat(task.passAt()).isEqualTo(0.75);
        assertThat(task.answerFormat()).isEqualTo("Answer in one line.\n");
        assertThat(task.samples())
                .extracting(Sample::id)
                .containsExactly("math-1", "logic-1", "one-claim", "many", "code.1", "script", "proof_1");
    }

    @Test
    void everyFieldOfASampleIsRead() {
        Sample sample = sample(0);

        assertThat(sample.input()).containsExactly(Message.user("How many? 😀"));
        assertThat(sample.target()).isEqualTo(Target.of("073"));
        assertThat(sample.locale()).contains("de-AT");
        assertThat(sample.choices()).containsExactly("a", "b");
        assertThat(sample.workload()).hasValue(12.5);
        assertThat(sample.twinOf()).contains("logic-1");
        assertThat(sample.tags()).containsExactly("number-theory", "easy");
        assertThat(sample.metadata())
                .isEqualTo(Map.of(
                        "licence",
                        "Apache-2.0",
                        "source",
                        Map.of("year", 2026L, "big", new java.math.BigInteger("12345678901234567890"))));
    }

    @Test
    void conversationsKeepTheirRoles() {
        assertThat(sample(1).input())
                .containsExactly(new Message("system", "Be brief."), Message.user("True or false?"));
    }

    @Test
    void targetsAreTextClaimsOrAnyOf() {
        assertThat(sample(1).target()).isEqualTo(new Target.Claims(List.of(true, false)));
        assertThat(sample(2).target()).isEqualTo(Target.of(true));
        assertThat(sample(3).target()).isEqualTo(new Target.AnyOf(List.of("1e3", "1000")));
        assertThat(sample(4).target()).isEqualTo(new Target.None());
    }

    @Test
    void whatOnlyTheGraderReadsIsKeptAsPlainData() {
        Map<String, Object> fields = sample(4).fields();
        assertThat(fields).containsOnlyKeys("entry", "buggy", "cases").containsEntry("entry", "merge");
        assertThat(fields.get("buggy")).isEqualTo("def merge(x):\n    return x\n");
        assertThat(fields.get("cases").toString())
                .isEqualTo("[{args=[[1, 2]], kwargs={k=1}, expected={a=[1.50, null]}, approx=1E-9, unordered=true},"
                        + " {args=[], raises=ValueError, same_type=true, nan_equal=false}]");
        assertThat(sample(5).fields()).containsEntry("tests", "assert f() == 1\n");
        assertThat(sample(6).fields().get("rubric").toString())
                .isEqualTo("{checkpoints=[{id=c1, text=uses induction}], fatal=[], accept_also=none, pass_rule=all}");
    }

    @Test
    void whatIsNotSaidHasTheDefaultsOfTheContract() {
        Task task = TaskFile.parse(
                "t.yaml", "task: t\nversion: \"1\"\ngrader: boolean\nsamples: [{id: a, input: q, target: true}]\n");

        assertThat(task.category()).isEqualTo("t");
        assertThat(task.passAt()).isEqualTo(1.0);
        assertThat(task.answerFormat()).isEqualTo(Task.AUTO_FORMAT);
        assertThat(task.grader().provider()).isEqualTo("boolean");
        assertThat(task.samples().get(0).locale()).isEmpty();
        assertThat(task.samples().get(0).workload()).isEmpty();
    }

    @Test
    void thePassMarkAmongTheGradersSettingsIsNotPassedToTheGrader() {
        Task task = TaskFile.parse(
                "t.yaml", "task: t\nversion: '1'\ngrader: {name: judge, pass_at: 0.5}\nsamples: [{id: a, input: q}]\n");

        assertThat(task.passAt()).isEqualTo(0.5);
        assertThat(task.grader().config().values()).isEmpty();
    }

    @Test
    void graderSettingsMayStandInAGroupOfTheirOwn() {
        Task task = TaskFile.parse(
                "t.yaml",
                "task: t\nversion: '1'\ngrader:\n  name: judge\n  settings:\n    votes: 3\nsamples: [{id: a, input: q}]\n");

        assertThat(task.grader().config().values()).isEqualTo(Map.of("votes", 3L));
        assertThat(task.grader().config().at("votes")).isEqualTo("grader.settings.votes (t.yaml:6)");
    }

    @Test
    void jsonIsReadLikeYaml() {
        Task task = TaskFile.parse(
                "t.json",
                "{\"task\": \"t\", \"version\": \"1\", \"grader\": \"boolean\","
                        + " \"samples\": [{\"id\": \"a\", \"input\": \"q\", \"target\": [true, false]}]}");
        assertThat(task.samples().get(0).target()).isEqualTo(new Target.Claims(List.of(true, false)));
    }

    @Test
    void filesWithoutAKnownEndingAreJsonWhenTheyStartWithABrace() throws IOException {
        Path file = Files.writeString(
                folder.resolve("task"),
                "\uFEFF {\"task\": \"t\", \"version\": \"1\", \"grader\": \"boolean\", \"samples\": [{\"id\": \"a\", \"input\": \"tab\\tq\"}]}");
        assertThat(TaskFile.read(file).samples().get(0).input()).containsExactly(Message.user("tab\tq"));
    }

    @Test
    void samplesMayStandInAJsonLinesFileBesideTheTask() throws IOException {
        Files.writeString(
                folder.resolve("s.jsonl"),
                "{\"id\": \"a\", \"input\": \"q\", \"target\": \"1\"}\r\n\n{\"id\": \"b\", \"input\": \"q\", \"twin_of\": \"a\"}");
        Path file = Files.writeString(
                folder.resolve("t.yaml"), "task: t\nversion: '1'\ngrader: exact-numeric\nsamples: s.jsonl\n");

        assertThat(TaskFile.read(file).samples()).extracting(Sample::id).containsExactly("a", "b");
    }

    @Test
    void aFaultInASamplesFileIsNamedByThatFileAndLine() throws IOException {
        Path samples = Files.writeString(
                folder.resolve("s.jsonl"),
                "{\"id\": \"a\", \"input\": \"q\"}\n\n{\"id\": \"a\", \"input\": \"q\", \"target\": 7}\n");
        Path file = Files.writeString(
                folder.resolve("t.yaml"), "task: t\nversion: '1'\ngrader: exact-numeric\nsamples: s.jsonl\n");

        assertThatThrownBy(() -> TaskFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(samples + ":3: target: is the number 7 without quotes")
                .hasMessageContaining(samples + ":3: id: 'a' is the id of another sample too, at " + samples + ":1");
    }

    @Test
    void testsMayStandInAFileBesideTheTask() throws IOException {
        Files.createDirectory(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/a.py"), "assert f() == 1\n");
        Path file = Files.writeString(
                folder.resolve("t.yaml"),
                "task: t\nversion: '1'\ngrader: code-execution\nsamples: [{id: a, input: q, entry: f, tests_file: tests/a.py}]\n");

        assertThat(TaskFile.read(file).samples().get(0).fields())
                .containsOnlyKeys("entry", "tests")
                .containsEntry("tests", "assert f() == 1\n");
    }

    @Test
    void missingNeighboursAreNamedWhereTheyAreMentioned() throws IOException {
        Path file = Files.writeString(
                folder.resolve("t.yaml"),
                "task: t\nversion: '1'\ngrader: g\nsamples:\n  - id: a\n    input: q\n    tests_file: gone.py\n");
        assertThatThrownBy(() -> TaskFile.read(file))
                .hasMessage(
                        file + ":7: samples[0].tests_file: " + folder.resolve("gone.py") + ": there is no such file");
        assertThatThrownBy(() -> TaskFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(folder.resolve("none.yaml") + ": there is no such file");
        assertThatThrownBy(() -> TaskFile.read(folder)).hasMessage(folder + ": is a folder, expected a file");
    }

    private static Sample sample(int index) {
        return TaskFile.parse("t.yaml", FULL).samples().get(index);
    }
}
