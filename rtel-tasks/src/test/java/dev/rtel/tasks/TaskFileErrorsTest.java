package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rtel.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskFileErrorsTest {
    private static final String HEAD = "task: t\nversion: \"1\"\ngrader: g\n";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void faultsAreNamedWithFileLineAndKey(String text, String message) {
        assertThat(error(text)).isEqualTo(message);
    }

    static Stream<Arguments> faultsAreNamedWithFileLineAndKey() {
        return Stream.of(
                fault(
                        "category: c\nversion: \"1\"\ngrader: g\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:1: task: is missing, expected text"),
                fault(
                        "versoin: \"1\"\ntask: t\nversion: \"1\"\ngrader: g\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:1: versoin: unknown key 'versoin' (did you mean 'version'?); known: [answer_format, category, grader, pass_at, samples, task, version]"),
                fault(
                        "task: My Task\nversion: \"1\"\ngrader: g\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:1: task: is 'My Task', expected lower-case letters, digits and hyphens"),
                fault(
                        "task: t\nversion: 1.10\ngrader: g\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:2: version: is the number 1.10 without quotes, expected text in quotes: \"1.10\""),
                fault(
                        "task: t\nversion: \"\"\ngrader: g\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:2: version: is blank, expected text"),
                fault(
                        "task: t\nversion: \"1\"\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:1: grader: is missing, expected a grader such as {name: exact-numeric}"),
                fault(
                        "task: t\nversion: \"1\"\ngrader: {votes: 3}\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:3: grader.name: is missing, expected text"),
                fault(
                        "task: t\nversion: \"1\"\ngrader:\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:3: grader: is empty, expected a name or {name: …}; or leave the key out"),
                fault(
                        "task: t\nversion: \"1\"\ngrader: {name: g, settings: {a: 1}, b: 2}\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:3: grader.b: stands beside 'settings'; move it into that group"),
                fault(
                        HEAD + "pass_at: 1.5\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:4: pass_at: is 1.5, expected a score above 0, at most 1"),
                fault(
                        HEAD + "pass_at: \"1\"\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:4: pass_at: is the text '1', expected a number without quotes"),
                fault(
                        "task: t\nversion: \"1\"\ngrader: {name: g, pass_at: 1}\npass_at: 1\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:4: pass_at: is given here and in the grader; keep one of them"),
                fault(
                        HEAD + "answer_format: [a]\nsamples: [{id: a, input: q}]\n",
                        "t.yaml:4: answer_format: is a list, expected text"),
                fault(HEAD, "t.yaml:1: samples: is missing, expected a list of samples or the name of a .jsonl file"),
                fault(HEAD + "samples: []\n", "t.yaml:4: samples: holds no sample, expected at least one"),
                fault(
                        HEAD + "samples: {id: a}\n",
                        "t.yaml:4: samples: is a group of keys, expected a list or the name of a .jsonl file"),
                fault(
                        HEAD + "samples:\n  - a\n",
                        "t.yaml:5: samples[0]: is the text 'a', expected a sample: a group of keys"),
                fault(HEAD + "samples: s.jsonl\n", "t.yaml:4: samples: 's.jsonl' cannot be read from here"),
                sample("input: q", 5, "samples[0].id: is missing, expected text"),
                sample(
                        "id: a b\n    input: q",
                        5,
                        "samples[0].id: is 'a b', expected letters, digits, dots, hyphens and underscores"),
                sample(
                        "id: 7\n    input: q",
                        5,
                        "samples[0].id: is the number 7 without quotes, expected text in quotes: \"7\""),
                sample("id: a", 5, "samples[0].input: is missing, expected text or a list of {role, content}"),
                sample("id: a\n    input: ''", 6, "samples[0].input: is blank, expected text"),
                sample(
                        "id: a\n    input: 7",
                        6,
                        "samples[0].input: is the number 7 without quotes, expected text in quotes: \"7\""),
                sample("id: a\n    input: [{role: user}]", 6, "samples[0].input[0].content: is missing, expected text"),
                sample(
                        "id: a\n    input:\n      - q",
                        7,
                        "samples[0].input[0]: is the text 'q', expected {role: …, content: …}"),
                sample(
                        "id: a\n    input: [{role: tool, content: x}, {role: user, content: x}]",
                        6,
                        "samples[0].input[0].role: is 'tool', expected one of [system, user, assistant]"),
                sample(
                        "id: a\n    input: [{role: system, content: x}]",
                        6,
                        "samples[0].input: holds no message of the role user, expected at least one"),
                sample(
                        "id: a\n    input: q\n    target: 507",
                        7,
                        "samples[0].target: is the number 507 without quotes, expected text: put it in quotes (\"507\"), so that it is kept as written"),
                sample(
                        "id: a\n    input: q\n    target: 1e3",
                        7,
                        "samples[0].target: is the number 1e3 without quotes, expected text: put it in quotes (\"1e3\"), so that it is kept as written"),
                sample(
                        "id: a\n    input: q\n    target: {any_of: [\"1\", 2]}",
                        7,
                        "samples[0].target.any_of[1]: is the number 2 without quotes, expected text: put it in quotes (\"2\"), so that it is kept as written"),
                sample(
                        "id: a\n    input: q\n    target: {anyof: [x]}",
                        7,
                        "samples[0].target.anyof: unknown key 'anyof' (did you mean 'any_of'?); known: [any_of]\n"
                                + "t.yaml:7: samples[0].target.any_of: is missing, expected a list of quoted answers"),
                sample(
                        "id: a\n    input: q\n    target: [true, \"false\"]",
                        7,
                        "samples[0].target[1]: is the text 'false', expected true or false; several accepted answers are {any_of: [...]}"),
                sample(
                        "id: a\n    input: q\n    target: []",
                        7,
                        "samples[0].target: is an empty list, expected quoted text, true or false, a list of true and false, or {any_of: [...]}"),
                sample(
                        "id: a\n    input: q\n    target:",
                        7,
                        "samples[0].target: is empty, expected quoted text, true or false, a list of true and false, or {any_of: [...]}; or leave the key out"),
                sample(
                        "id: a\n    input: q\n    locale: german language",
                        7,
                        "samples[0].locale: is 'german language', expected a language such as en or de-AT"),
                sample(
                        "id: a\n    input: q\n    choices: [one]",
                        7,
                        "samples[0].choices: has 1 options, expected at least 2"),
                sample(
                        "id: a\n    input: q\n    choices: [one, 2]",
                        7,
                        "samples[0].choices[1]: is the number 2 without quotes, expected text in quotes: \"2\""),
                sample(
                        "id: a\n    input: q\n    workload: 0",
                        7,
                        "samples[0].workload: is 0, expected a number above 0"),
                sample(
                        "id: a\n    input: q\n    workload: much",
                        7,
                        "samples[0].workload: is the text 'much', expected a number without quotes"),
                sample(
                        "id: a\n    input: q\n    twin_of: a",
                        7,
                        "samples[0].twin_of: names the sample itself, expected the id of another sample"),
                sample(
                        "id: abc\n    input: q\n    twin_of: abd",
                        7,
                        "samples[0].twin_of: there is no sample 'abd' (did you mean 'abc'?); there are: [abc]"),
                sample(
                        "id: a\n    input: q\n    tags: easy",
                        7,
                        "samples[0].tags: is the text 'easy', expected a list of text"),
                sample(
                        "id: a\n    input: q\n    metadata: x",
                        7,
                        "samples[0].metadata: is the text 'x', expected a group of keys"),
                sample(
                        "id: a\n    input: q\n    taget: \"5\"",
                        7,
                        "samples[0].taget: unknown key 'taget' (did you mean 'target'?); known: [buggy, cases, choices, entry, id, input, locale, metadata, rubric, tags, target, tests, tests_file, twin_of, workload]"),
                sample(
                        "id: a\n    input: q\n    cases: [{arg: [], expected: 1}]",
                        7,
                        "samples[0].cases[0].arg: unknown key 'arg' (did you mean 'args'?); known: [approx, args, args_after, expected, kwargs, nan_equal, raises, same_type, unordered]"),
                sample(
                        "id: a\n    input: q\n    cases: [{args: []}]",
                        7,
                        "samples[0].cases[0].expected: is missing, expected one of expected, raises, args_after"),
                sample(
                        "id: a\n    input: q\n    cases: [{args: 1, expected: 1}]",
                        7,
                        "samples[0].cases[0].args: is the number 1, expected a list of arguments"),
                sample(
                        "id: a\n    input: q\n    cases: [{args: [], expected: 1, unordered: \"true\"}]",
                        7,
                        "samples[0].cases[0].unordered: is the text 'true', expected true or false without quotes"),
                sample(
                        "id: a\n    input: q\n    tests: x\n    tests_file: y",
                        8,
                        "samples[0].tests_file: is given beside 'tests'; keep one of them\n"
                                + "t.yaml:8: samples[0].tests_file: 'y' cannot be read from here"),
                sample(
                        "id: a\n    input: q\n    rubric: {checkpoint: []}",
                        7,
                        "samples[0].rubric.checkpoint: unknown key 'checkpoint' (did you mean 'checkpoints'?); known: [accept_also, checkpoints, fatal, pass_rule]"),
                fault(
                        HEAD + "samples:\n  - {id: a, input: q}\n  - id: a\n    input: r\n",
                        "t.yaml:6: samples[1].id: 'a' is the id of another sample too, at t.yaml:5"));
    }

    @Test
    void allProblemsOfAFileAreToldInFileOrder() {
        String message = error(
                "version: 1\nsamples:\n  - {id: a, input: q, target: 5}\n  - {id: a, input: ''}\ngrader: g\ntask: T\n");
        assertThat(message.lines().map(l -> l.substring(0, l.indexOf(": is") > 0 ? l.indexOf(": is") : 30)))
                .hasSize(5);
        assertThat(message)
                .startsWith("t.yaml:1: version: is the number 1 without quotes")
                .contains("\nt.yaml:3: samples[0].target: ")
                .contains("\nt.yaml:4: samples[1].input: is blank")
                .endsWith("t.yaml:6: task: is 'T', expected lower-case letters, digits and hyphens");
    }

    @Test
    void aHeapOfProblemsIsCutAfterTwenty() {
        String samples = IntStream.range(0, 30)
                .mapToObj(i -> "  - {id: a" + i + ", input: q, target: " + (i + 10) + "}\n")
                .collect(Collectors.joining());
        String message = error(HEAD + "samples:\n" + samples);
        assertThat(message.lines()).hasSize(21);
        assertThat(message).startsWith("t.yaml:5: samples[0].target").endsWith("\nand 10 more problems");
    }

    @Test
    void filesThatAreNotUtf8AreNamedWithTheLine() throws Exception {
        Path file = Files.write(
                folder.resolve("t.yaml"), "task: t\nversion: \"ü\"\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(ConfigException.class, () -> TaskFile.read(file)))
                .hasMessage(file + ":2: the file is not UTF-8; save it with that encoding");
    }

    private static Arguments fault(String text, String message) {
        return Arguments.of(text, message);
    }

    private static Arguments sample(String yaml, int line, String message) {
        return Arguments.of(HEAD + "samples:\n  - " + yaml + "\n", "t.yaml:" + line + ": " + message);
    }

    private static String error(String text) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> TaskFile.parse("t.yaml", text));
        assertThat(e).as("no problem was found in:\n%s", text).isNotNull();
        return e.getMessage();
    }
}
