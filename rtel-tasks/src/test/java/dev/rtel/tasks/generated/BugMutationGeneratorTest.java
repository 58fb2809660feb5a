package dev.rtel.tasks.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs references, defects and wrong fixes with the real python3, all of them in one process. */
class BugMutationGeneratorTest {
    /** Prints for each job the number of cases that each program gets right; a hang or an exception is wrong. */
    private static final String HARNESS = """
            import copy, json, signal, sys

            class Hang(BaseException):
                pass

            def stop(*_):
                raise Hang()

            def right(source, entry, cases):
                count = 0
                space = {}
                exec(compile(source, entry, "exec"), space)
                for case in cases:
                    signal.setitimer(signal.ITIMER_REAL, 2.0)
                    try:
                        value = space[entry](*copy.deepcopy(case["args"]))
                        count += type(value) == type(case["expected"]) and value == case["expected"]
                    except (Exception, Hang):
                        pass
                    finally:
                        signal.setitimer(signal.ITIMER_REAL, 0)
                return count

            signal.signal(signal.SIGALRM, stop)
            with open(sys.argv[1], encoding="utf-8") as file:
                jobs = [json.loads(line) for line in file]
            for job in jobs:
                print(json.dumps([right(source, job["entry"], job["cases"]) for source in job["programs"]]))
            """;

    @TempDir
    Path directory;

    private List<List<Integer>> run(List<Sample> samples) throws IOException, InterruptedException {
        List<String> jobs = new ArrayList<>();
        for (Sample sample : samples) {
            List<Object> programs = new ArrayList<>();
            programs.add(Made.metadata(sample, "reference"));
            programs.add(sample.fields().get("buggy"));
            ((List<?>) Made.metadata(sample, "mutants")).forEach(m -> programs.add(((Map<?, ?>) m).get("code")));
            Map<String, Object> job = new LinkedHashMap<>();
            job.put("entry", sample.fields().get("entry"));
            job.put("cases", sample.fields().get("cases"));
            job.put("programs", programs);
            jobs.add(PlainJson.write(job));
        }
        Path script = Files.writeString(directory.resolve("harness.py"), HARNESS);
        Path input = Files.write(directory.resolve("jobs.jsonl"), jobs);
        Path output = directory.resolve("results.jsonl");
        Process process;
        try {
            process = new ProcessBuilder("python3", "-I", script.toString(), input.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(directory.resolve("errors").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "python3 is not installed; the generated programs were not run");
            throw e;
        }
        process.getOutputStream().close();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(Files.readString(directory.resolve("errors"))).isEmpty();
        return Files.readAllLines(output).stream()
                .map(line -> ((List<?>) PlainJson.read(line))
                        .stream().map(n -> ((Long) n).intValue()).toList())
                .toList();
    }

    @Test
    void theReferencePassesTheDefectFailsAndNoWrongFixPasses() throws Exception {
        List<Sample> samples = Made.thousand("bug-mutation");
        List<List<Integer>> results = run(samples);
        assertThat(results).hasSize(samples.size());
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            int cases = ((List<?>) sample.fields().get("cases")).size();
            List<Integer> right = results.get(i);
            assertThat(right.get(0)).as(sample.id() + ": reference").isEqualTo(cases);
            assertThat(right.get(1)).as(sample.id() + ": defect").isBetween(2, cases - 1);
            assertThat(right.subList(2, right.size()))
                    .as(sample.id() + ": wrong fixes")
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(n -> n < cases);
        }
    }

    @Test
    void everyKindOfDefectAndEveryProgramOccurs() {
        List<Sample> samples = Made.thousand("bug-mutation");
        Set<String> tags =
                samples.stream().flatMap(s -> s.tags().stream()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(tags)
                .contains(
                        "kind:value-misuse",
                        "kind:missing-logic",
                        "kind:excess-logic",
                        "kind:operator-misuse",
                        "kind:variable-misuse",
                        "kind:function-misuse");
        assertThat(tags.stream().filter(tag -> tag.startsWith("program:"))).hasSize(27);
    }

    @Test
    void promptShowsTheDefectAndNeitherReferenceNorHiddenCases() {
        for (Sample sample : Made.task("bug-mutation?seed=3&n=200").samples()) {
            String prompt = Made.input(sample);
            String entry = String.valueOf(sample.fields().get("entry"));
            String reference = String.valueOf(Made.metadata(sample, "reference"));
            assertThat(prompt)
                    .contains("```python\n" + sample.fields().get("buggy") + "```", "def " + entry + "(")
                    .doesNotContain(reference, "{a}", "{b}", "{name}");
            assertThat(reference.lines()).hasSizeLessThanOrEqualTo(40);
            List<?> cases = (List<?>) sample.fields().get("cases");
            assertThat(cases).doesNotHaveDuplicates().hasSizeBetween(8, 14);
            String example = prompt.lines()
                    .filter(l -> l.startsWith("Example:"))
                    .findFirst()
                    .orElseThrow();
            for (Object call : cases) {
                String args = PlainJson.write(((Map<?, ?>) call).get("args"));
                String shown = example.substring(example.indexOf('(') + 1, example.lastIndexOf(")` returns"));
                assertThat(args.substring(1, args.length() - 1)).isNotEqualTo(shown.replace(", ", ","));
            }
        }
    }
}
