package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.spi.Task;
import dev.rtel.tasks.TaskFile;
import dev.rtel.tasks.generated.GeneratedTaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks from a seed, as a word and as a file. */
class TasksGenerateTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.in(directory);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static String completion(Task task, Sample sample, String text) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("model", "m");
        line.put("task", task.name());
        line.put("sample", sample.id());
        line.put("text", text);
        line.put("usage", Map.of("completion_tokens", 90L));
        return PlainJson.write(line);
    }

    private List<Map<String, Object>> graded(String completions, String task, String... more) throws IOException {
        cli.write("completions.jsonl", completions);
        String out = "results-" + files().size();
        cli.with("RTEL_ALLOW_UNSAFE_CODE", "yes")
                .run(Cli.args(
                        new String[] {"run", "--replay", "completions.jsonl", "--task", task, "--out", out}, more))
                .exits(0);
        try (Stream<Path> runs = Files.list(directory.resolve(out))) {
            return Cli.lines(runs.findFirst().orElseThrow().resolve("samples.jsonl"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"made.yaml", "made.json"})
    void aRunOfTheFileIsARunOfTheWord(String name) throws IOException {
        cli.run("tasks", "generate", "knights", "--seed", "7", "-n", "6", "--param", "people=4", "--out", name)
                .exits(0);
        String word = "generated:knights?seed=7&n=6&people=4";
        Task task = TaskFile.read(directory.resolve(name));
        String completions = task.samples().stream()
                .map(s -> completion(
                        task,
                        s,
                        "Final answer: "
                                + (s.id().endsWith("1") ? "true" : s.target().display())))
                .collect(Collectors.joining("\n"));
        List<Map<String, Object>> ofFile = graded(completions, name);
        List<Map<String, Object>> ofWord = graded(completions, word);
        assertThat(ofFile).hasSize(6);
        for (String key : List.of(
                "task",
                "category",
                "sample",
                "tags",
                "workload",
                "passed",
                "completion_fingerprint",
                "grade_fingerprint")) {
            assertThat(ofWord.stream().map(line -> line.get(key)).toList())
                    .as(key)
                    .isEqualTo(ofFile.stream().map(line -> line.get(key)).toList())
                    .doesNotContainNull();
        }
        assertThat(ofFile.stream().filter(line -> Boolean.TRUE.equals(line.get("passed"))))
                .hasSize(5);
    }

    @Test
    void theGraderPassesReferencesAndFailsDefects() throws IOException {
        String word = "generated:bug-mutation?seed=4&n=6";
        Task task = GeneratedTaskFile.of("bug-mutation", Map.of("seed", "4", "n", "6"))
                .task();
        String repaired = task.samples().stream()
                .map(s -> completion(task, s, "```python\n" + s.metadata().get("reference") + "```"))
                .collect(Collectors.joining("\n"));
        assertThat(graded(repaired, word, "--code-sandbox", "unsafe"))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).containsEntry("passed", true));
        String asFound = task.samples().stream()
                .map(s -> completion(task, s, "```python\n" + s.fields().get("buggy") + "```"))
                .collect(Collectors.joining("\n"));
        assertThat(graded(asFound, word, "--code-sandbox", "unsafe"))
                .hasSize(6)
                .allSatisfy(line ->
                        assertThat(line).containsEntry("outcome", "scored").containsEntry("passed", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "knights",
                "state-tracking",
                "river-crossing",
                "chinese-remainder",
                "lattice-paths",
                "bug-mutation"
            })
    void theFileIsValidAndItsAnswersAreGradedAsRight(String generator) throws IOException {
        cli.run("tasks", "generate", generator, "--out", "t.yaml").exits(0);
        cli.run("tasks", "validate", "t.yaml").exits(0);
        Task task = TaskFile.read(directory.resolve("t.yaml"));
        assertThat(task.samples()).hasSize(20);
        if (!(task.samples().get(0).target() instanceof Target.None)) {
            String completions = task.samples().stream()
                    .map(s -> completion(task, s, "Final answer: " + s.target().display()))
                    .collect(Collectors.joining("\n"));
            assertThat(graded(completions, "t.yaml"))
                    .allSatisfy(line -> assertThat(line).containsEntry("passed", true));
        }
    }

    @Test
    void aFileThatIsThereIsNotReplacedUnlessForced() throws IOException {
        cli.write("mine.yaml", "precious\n");
        cli.run("tasks", "generate", "knights", "-n", "3", "--out", "mine.yaml")
                .exits(2)
                .says("mine.yaml", "there already", "--force");
        assertThat(directory.resolve("mine.yaml")).hasContent("precious");
        cli.run("tasks", "generate", "knights", "-n", "3", "--out", "mine.yaml", "--force")
                .exits(0);
        assertThat(TaskFile.read(directory.resolve("mine.yaml")).samples()).hasSize(3);
        assertThat(files()).containsExactly("mine.yaml");
    }

    @Test
    void whatCannotBeMadeOrWrittenLeavesNothingBehind() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        cli.run("tasks", "generate", "knights", "--param", "people=99", "--out", "a.yaml")
                .exits(2)
                .says("people is '99', expected a whole number from 3 to 10");
        cli.run("tasks", "generate", "knights", "--out", "nowhere/a.yaml")
                .exits(2)
                .says("there is no folder");
        cli.run("tasks", "generate", "knights", "--out", "folder", "--force")
                .exits(2)
                .says("is a folder");
        assertThat(files()).containsExactly("folder");
        assertThat(directory.resolve("folder")).isEmptyDirectory();
    }

    @Test
    void withoutAFileTheTaskGoesToStandardOutput() {
        String yaml = cli.run("tasks", "generate", "lattice-paths", "--seed", "3", "-n", "4", "--difficulty", "hard")
                .exits(0)
                .out();
        assertThat(yaml).startsWith("# Generated by RTEL: generated:lattice-paths?seed=3&n=4&difficulty=hard. ");
        Cli.Result json = cli.run(
                        "tasks",
                        "generate",
                        "lattice-paths",
                        "--seed",
                        "3",
                        "-n",
                        "4",
                        "--difficulty",
                        "hard",
                        "--json")
                .exits(0);
        assertThat(json.json()).containsEntry("task", "generated-lattice-paths");
        assertThat(TaskFile.parse("t.json", json.out()).samples())
                .isEqualTo(TaskFile.parse("t.yaml", yaml).samples())
                .hasSize(4);
    }

    @Test
    void aFolderForResultsInTheConfigurationIsNoFile() throws IOException {
        assertThat(cli.with("RTEL_OUT", "results")
                        .run("tasks", "generate", "knights", "-n", "3")
                        .exits(0)
                        .out())
                .contains("task: \"generated-knights\"");
        assertThat(files()).isEmpty();
    }

    @Test
    void jsonTellsWhatWasWritten() {
        Map<String, Object> told = cli.run("tasks", "generate", "knights", "-n", "3", "--out", "k.json", "--json")
                .exits(0)
                .json();
        assertThat(told)
                .containsEntry("schema", "rtel.generated/1")
                .containsEntry("file", "k.json")
                .containsEntry("word", "generated:knights?seed=1&n=3")
                .containsEntry("task", "generated-knights")
                .containsEntry("sample_count", 3L)
                .containsEntry("grader", "boolean");
    }

    @Test
    void theListShowsParametersAndRanges() {
        assertThat(cli.run("tasks", "generate", "--list").exits(0).out())
                .contains("knights", "bug-mutation", "people: speakers, one statement each; 3 to 10 (easy 3 to 4,");
        List<Map<String, Object>> generators = Cli.objects(
                cli.run("tasks", "generate", "--list", "--json").exits(0).json().get("generators"));
        assertThat(generators)
                .hasSize(6)
                .allSatisfy(g -> assertThat(Cli.objects(g.get("parameters"))).isNotEmpty());
    }

    @Test
    void mistakesAreNamed() {
        cli.run("tasks", "generate").exits(2).says("no generator is named", "knights", "--list");
        cli.run("tasks", "generate", "knigts")
                .exits(2)
                .says("did you mean 'knights'?")
                .hasNoStackTrace();
        cli.run("tasks", "generate", "knights", "--param", "people").exits(2).says("expected KEY=VALUE");
        cli.run("tasks", "generate", "knights", "--param", "seed=3").exits(2).says("'seed' is given twice");
        cli.run("tasks", "generate", "knights", "--param", "people=3", "--param", "people=4")
                .exits(2)
                .says("'people' is given twice");
        cli.run("tasks", "generate", "knights", "-n", "0").exits(2).says("n is '0'");
        cli.run("run", "--dry-run", "--task", "generated:knights?peeple=3")
                .exits(2)
                .says("did you mean 'people'?");
        Map<String, Object> error = cli.run("tasks", "generate", "knights", "--seed", "x", "--json")
                .exits(2)
                .json();
        assertThat(error).containsEntry("schema", "rtel.error/1").containsEntry("type", "configuration");
    }
}
