package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Origin;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.Components;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.RoleModel;
import dev.rtel.spi.Task;
import dev.rtel.tasks.BundledTasks;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bundled debugging samples through the real grader: references pass twenty times, defects and wrong fixes fail, and
 * programs that cheat get nothing. {@code -Drtel.it.sandboxes=bwrap,unsafe} puts other executors in.
 */
class BundledCodeTest {
    private static final int RUNS = 20;
    private static final Duration SLOWEST = Duration.ofSeconds(2);

    private static final GradingContext NOBODY = new GradingContext() {
        @Override
        public RoleModel model(String role) {
            throw new ConfigException("no role is needed");
        }

        @Override
        public Duration remaining() {
            return Duration.ofMinutes(5);
        }
    };

    static Stream<String> sandboxes() {
        return Stream.of(System.getProperty("rtel.it.sandboxes", "unsafe").split(","));
    }

    private final Task task = BundledTasks.task("code-debugging");

    private static Grader grader(String sandbox, String timeout) {
        var components = Components.of(
                List.of(),
                Optional.of(BundledCodeTest.class.getClassLoader()),
                Clock.systemUTC(),
                name -> Optional.empty(),
                Map.of("code-sandbox", sandbox, "allow-unsafe-code", "yes"));
        return components.create(
                components.graders(),
                new ComponentSpec("code-execution", Config.of("grader", Map.of("timeout", timeout))));
    }

    private Score grade(Grader grader, Sample sample, String code) throws InterruptedException {
        var nobody = new PlannedModel(
                "m",
                "m",
                ComponentSpec.of("none"),
                ComponentSpec.of("none"),
                Map.of(),
                Map.of(),
                new Origin("none", false),
                OptionalInt.empty(),
                false,
                false);
        var planned = new PlannedTask(task.name(), task.version(), task.category(), task.name(), "", task.grader(), 1);
        var trial = new Trial(
                new TrialKey("m", task.name(), sample.id(), 1), nobody, planned, sample, sample.input(), "", "");
        var reply = Completion.builder()
                .text("```python\n" + code + "\n```\n")
                .finishReason("stop")
                .build();
        Score score = grader.grade(new Submission(trial, reply), NOBODY);
        boolean missing =
                score instanceof Score.Unscored unscored && unscored.reason().equals("no-python");
        assumeTrue(!missing, "python3 is not installed; nothing was run");
        return score;
    }

    private static String status(Score score) {
        return score.detail() instanceof GradingDetail.CodeRun run ? run.status() : score.toString();
    }

    private static double value(Score score) {
        assertThat(score).as(score.toString()).isInstanceOf(Score.Graded.class);
        return ((Score.Graded) score).value();
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void referencesPassTwentyTimesQuickly(String sandbox) throws InterruptedException {
        Grader grader = grader(sandbox, "10s");
        for (Sample sample : task.samples()) {
            String reference = String.valueOf(sample.metadata().get("reference"));
            for (int run = 0; run < RUNS; run++) {
                long start = System.nanoTime();
                Score score = grade(grader, sample, reference);
                Duration taken = Duration.ofNanos(System.nanoTime() - start);
                assertThat(value(score)).as(sample.id() + " " + score).isEqualTo(1);
                assertThat(taken).as(sample.id()).isLessThan(SLOWEST);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void defectsAndWrongFixesAreFoundOutByACase(String sandbox) throws InterruptedException {
        Grader grader = grader(sandbox, "2s");
        for (Sample sample : task.samples()) {
            List<String> first =
                    List.of(status(grade(grader, sample, buggy(sample))), status(grade(grader, sample, buggy(sample))));
            assertThat(first).as(sample.id()).containsOnly("WRONG");
            List<?> mutants = (List<?>) Objects.requireNonNull(sample.metadata().get("mutants"));
            assertThat(mutants).hasSizeGreaterThanOrEqualTo(4);
            for (Object each : mutants) {
                Map<?, ?> mutant = (Map<?, ?>) each;
                Score score = grade(grader, sample, String.valueOf(mutant.get("code")));
                assertThat(value(score))
                        .as(sample.id() + ": " + mutant.get("what"))
                        .isZero();
                assertThat(status(score))
                        .as(sample.id() + ": " + mutant.get("what"))
                        .isIn("WRONG", "RAISED", "TIMEOUT");
            }
        }
    }

    private static String buggy(Sample sample) {
        return String.valueOf(sample.fields().get("buggy"));
    }

    /** Each of them gets a passing exit code, or a passing report, out of a test runner that trusts the program. */
    private static Map<String, String> hostile(String entry, String buggy) {
        Map<String, String> programs = new LinkedHashMap<>();
        programs.put("ends the process with code 0 when loaded", buggy + "\nimport os\nos._exit(0)");
        programs.put(
                "ends the process with code 0 when called",
                "import os\ndef " + entry + "(*args, **kwargs):\n    os._exit(0)");
        programs.put("patches the test runner", buggy + """

                try:
                    import _pytest.python
                    _pytest.python.Function.runtest = lambda self: None
                except ImportError:
                    pass
                import unittest
                unittest.TestCase.run = lambda self, result=None: result
                """);
        programs.put("returns what equals everything", """
                class Same:
                    def __eq__(self, other):
                        return True
                    def __ne__(self, other):
                        return False
                    def __hash__(self):
                        return 0
                    def __iter__(self):
                        return iter(())
                    def __len__(self):
                        return 0
                def %s(*args, **kwargs):
                    return Same()
                """.formatted(entry));
        programs.put("exits through sys", buggy + "\nimport sys\nsys.exit(0)");
        programs.put("exits through the test runner", buggy + """

                try:
                    import pytest
                    pytest.exit("done", returncode=0)
                except ImportError:
                    raise SystemExit(0)
                """);
        programs.put("overwrites files around it", buggy + """

                import glob, os
                for name in glob.glob("*") + ["test_it.py", "conftest.py", "cases.json"]:
                    try:
                        if not os.path.isdir(name):
                            with open(name, "w") as file:
                                file.write("")
                    except OSError:
                        pass
                """);
        programs.put("never ends", "def " + entry + "(*args, **kwargs):\n    while True:\n        pass");
        return programs;
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void programsThatCheatGetNothing(String sandbox) throws InterruptedException {
        Grader grader = grader(sandbox, "1s");
        for (Sample sample : task.samples()) {
            String entry = String.valueOf(sample.fields().get("entry"));
            for (Map.Entry<String, String> program :
                    hostile(entry, buggy(sample)).entrySet()) {
                Score score = grade(grader, sample, program.getValue());
                assertThat(value(score))
                        .as(sample.id() + " that " + program.getKey() + ": " + score)
                        .isZero();
                assertThat(status(score))
                        .as(program.getKey())
                        .isNotEqualTo("PASS")
                        .isNotEqualTo("NO_CODE");
            }
        }
    }
}
