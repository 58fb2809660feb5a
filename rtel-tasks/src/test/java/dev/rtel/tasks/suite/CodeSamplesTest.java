package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.tasks.suite.Suite.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs the project's own Python sources of the code task against their hidden cases; needs python3. */
class CodeSamplesTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** Prints, for every program, the outcome of every case: ok, wrong or hang, and the seconds it took. */
    private static final String HARNESS = """
            import copy, json, signal, sys, time

            class Hang(BaseException):
                pass

            def stop(*_):
                raise Hang()

            def outcome(source, entry, case):
                space = {}
                signal.setitimer(signal.ITIMER_REAL, 1.0)
                try:
                    exec(source, space)
                    value = space[entry](*copy.deepcopy(case["args"]), **case.get("kwargs", {}))
                    return "ok" if "expected" in case and value == case["expected"] else "wrong"
                except Hang:
                    return "hang"
                except Exception as error:
                    return "ok" if case.get("raises") == type(error).__name__ else "wrong"
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)

            signal.signal(signal.SIGALRM, stop)
            with open(sys.argv[1], encoding="utf-8") as file:
                job = json.load(file)
            programs = {"reference": job["reference"], "buggy": job["buggy"]}
            programs.update((str(i), m["code"]) for i, m in enumerate(job["mutants"]))
            results = {}
            for name, source in programs.items():
                start = time.perf_counter()
                outcomes = [outcome(source, job["entry"], case) for case in job["cases"]]
                results[name] = {"outcomes": outcomes, "seconds": time.perf_counter() - start}
            first = results["reference"]["outcomes"], results["buggy"]["outcomes"]
            results["stable"] = all(
                (
                    [outcome(job["reference"], job["entry"], case) for case in job["cases"]],
                    [outcome(job["buggy"], job["entry"], case) for case in job["cases"]],
                )
                == first
                for _ in range(20)
            )
            print(json.dumps(results))
            """;

    @TempDir
    Path directory;

    private JsonNode run(Item item) throws IOException, InterruptedException {
        ObjectNode job = JSON.createObjectNode();
        job.set("entry", item.node().get("entry"));
        job.set("cases", item.node().get("cases"));
        job.set("buggy", item.node().get("buggy"));
        job.set("reference", item.metadata().get("reference"));
        job.set("mutants", item.metadata().get("mutants"));
        Path script = Files.writeString(directory.resolve("harness.py"), HARNESS);
        Path input = Files.writeString(directory.resolve("job.json"), JSON.writeValueAsString(job));
        Path output = directory.resolve("result.json");
        Process process;
        try {
            process = new ProcessBuilder("python3", "-I", script.toString(), input.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "python3 is not installed; the code samples were not run");
            throw e;
        }
        process.getOutputStream().close();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as(item.id() + " ended in time").isTrue();
        return JSON.readTree(Files.readString(output, StandardCharsets.UTF_8));
    }

    @Test
    void theReferencePassesTheBuggyCodeFailsAndEveryWrongFixIsKilled() throws Exception {
        for (Item item : Suite.of("code-debugging")) {
            JsonNode results = run(item);
            int cases = item.node().get("cases").size();
            JsonNode reference = results.get("reference");
            assertThat(Suite.texts(reference.get("outcomes")))
                    .as(item.id())
                    .hasSize(cases)
                    .containsOnly("ok");
            assertThat(reference.get("seconds").asDouble()).as(item.id()).isLessThan(0.1 * cases);
            assertThat(Suite.texts(results.get("buggy").get("outcomes")))
                    .as(item.id())
                    .contains("wrong", "ok");
            JsonNode mutants = item.metadata().get("mutants");
            for (int i = 0; i < mutants.size(); i++) {
                assertThat(Suite.texts(results.get(String.valueOf(i)).get("outcomes")))
                        .as(item.id() + ": " + mutants.get(i).get("what").asString())
                        .containsAnyOf("wrong", "hang");
            }
            assertThat(results.get("stable").booleanValue())
                    .as(item.id() + " is stable")
                    .isTrue();
        }
    }

    @Test
    void thePromptShowsTheBuggyCodeAndNotTheReference() {
        for (Item item : Suite.of("code-debugging")) {
            String buggy = item.node().get("buggy").asString();
            String entry = item.node().get("entry").asString();
            assertThat(item.input()).as(item.id()).contains("```python\n" + buggy + "```");
            assertThat(item.input()).contains("def " + entry + "(").contains("one ```python block");
            assertThat(item.metadata().get("reference").asString())
                    .isNotEqualTo(buggy)
                    .contains("def " + entry + "(");
        }
    }

    @Test
    void thereAreEightToFourteenDifferentCasesAndFourOrMoreWrongFixes() {
        for (Item item : Suite.of("code-debugging")) {
            assertThat(item.node().get("cases"))
                    .as(item.id())
                    .hasSizeBetween(8, 14)
                    .doesNotHaveDuplicates();
            for (JsonNode test : item.node().get("cases")) {
                assertThat(test.get("args").isArray()).as(item.id()).isTrue();
                assertThat(test.has("expected")).as(item.id()).isNotEqualTo(test.has("raises"));
            }
            assertThat(item.metadata().get("mutants"))
                    .as(item.id())
                    .hasSizeGreaterThanOrEqualTo(4)
                    .anyMatch(mutant -> mutant.get("what")
                            .asString()
                            .toLowerCase(Locale.ROOT)
                            .contains("hard-coded"));
        }
    }

    @Test
    void referencesAreShort() {
        for (Item item : Suite.of("code-debugging")) {
            assertThat(item.metadata().get("reference").asString().lines())
                    .as(item.id())
                    .hasSizeLessThanOrEqualTo(40);
        }
    }
}
