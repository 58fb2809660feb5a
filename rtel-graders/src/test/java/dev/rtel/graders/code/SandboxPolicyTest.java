package dev.rtel.graders.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.CodeExecutor.Containment;
import dev.rtel.spi.Grader;
import dev.rtel.testkit.ScriptedGradingContext;
import dev.rtel.testkit.SimpleContext;
import dev.rtel.testkit.Submissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxPolicyTest {
    private static final String CODE = "```python\ndef f():\n    return 1\n```";
    private final Map<String, Containment> machine = new LinkedHashMap<>();
    private final List<String> ran = new ArrayList<>();

    /** An executor that works on this machine as far as {@link #machine} says, and always says the same. */
    private record Recorder(String id, Containment containment, String status, List<String> ran)
            implements CodeExecutor {
        @Override
        public Probe probe() {
            return new Probe(containment, id + " says so", Duration.ZERO);
        }

        @Override
        public CodeVerdict run(CodeJob job) {
            ran.add(id);
            int passed = status.equals("PASS") ? 1 : 0;
            return new CodeVerdict(status, "said", passed, 1, id, Optional.of("3.11.0"), "", Map.of("uid", 7L));
        }
    }

    private Grader grader(Map<String, String> options, String status) {
        return new CodeExecutionGraderProvider().create(new SimpleContext(Config.empty(), options, Map.of(), name -> {
            Containment containment = machine.get(name);
            if (containment == null) {
                throw new ConfigException("no CodeExecutorProvider named '" + name + "'");
            }
            return new Recorder(name, containment, status, ran);
        }));
    }

    @BeforeEach
    void aMachineWithoutSandbox() {
        machine.put("bwrap", Containment.UNAVAILABLE);
        machine.put("landlock", Containment.UNAVAILABLE);
        machine.put("seatbelt", Containment.NONE);
        machine.put("unsafe", Containment.NONE);
    }

    private static Sample sample(Object cases) {
        return Sample.builder("s")
                .input("?")
                .fields(Map.of("entry", "f", "cases", cases))
                .build();
    }

    private static final Sample SAMPLE = sample(List.of(Map.of("expected", 1)));

    private Score graded(Grader grader, boolean trusted) throws InterruptedException {
        var context = ScriptedGradingContext.withoutRoles();
        return grader.grade(Submissions.of(SAMPLE, CODE), trusted ? context.asTrusted() : context);
    }

    @Test
    void autoTakesTheFirstThatContains() throws InterruptedException {
        machine.put("landlock", Containment.CONTAINED);
        Score score = graded(grader(Map.of(), "PASS"), false);
        assertThat(((Score.Graded) score).value()).isEqualTo(1);
        assertThat(score.detail())
                .isEqualTo(new GradingDetail.CodeRun(
                        "PASS",
                        Optional.empty(),
                        Optional.of("landlock"),
                        Optional.of("3.11.0"),
                        1,
                        1,
                        Optional.empty(),
                        Map.of("uid", 7L)));
        machine.put("bwrap", Containment.CONTAINED);
        graded(grader(Map.of(), "PASS"), true);
        assertThat(ran).containsExactly("landlock", "bwrap");
    }

    @Test
    void withoutContainmentOnlySimulatedAnswersAreRun() throws InterruptedException {
        Grader grader = grader(Map.of(), "PASS");
        Score refused = graded(grader, false);
        assertThat(((Score.Unscored) refused).reason()).isEqualTo("no-containment");
        assertThat(refused.explanation())
                .contains("bwrap says so", "landlock says so", "--code-sandbox unsafe", "RTEL_ALLOW_UNSAFE_CODE=yes");
        assertThat(grader.unready(false).orElseThrow()).contains("install bubblewrap");
        assertThat(ran).isEmpty();
        assertThat(grader.unready(true)).isEmpty();
        assertThat(((Score.Graded) graded(grader, true)).value()).isEqualTo(1);
        assertThat(ran).containsExactly("unsafe");
    }

    @Test
    void aBackendAskedForIsNeverReplaced() throws InterruptedException {
        Grader grader = grader(Map.of("code-sandbox", "bwrap", "allow-unsafe-code", "yes"), "PASS");
        assertThat(((Score.Unscored) graded(grader, true)).reason()).isEqualTo("no-containment");
        assertThat(grader.unready(false).orElseThrow()).contains("bwrap says so");
        assertThat(ran).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsafe", "seatbelt"})
    void whatContainsNothingNeedsASecondWord(String word) throws InterruptedException {
        Grader grader = grader(Map.of("code-sandbox", word, "allow-unsafe-code", "yes"), "PASS");
        assertThat(((Score.Graded) graded(grader, false)).value()).isEqualTo(1);
        assertThat(ran).containsExactly(word);
    }

    @Test
    void withoutTheSecondWordNothingIsRun() throws InterruptedException {
        assertThatThrownBy(() -> grader(Map.of("code-sandbox", "unsafe"), "PASS"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("needs RTEL_ALLOW_UNSAFE_CODE=yes in the environment as well");
        Grader seatbelt = grader(Map.of("code-sandbox", "seatbelt"), "PASS");
        assertThat(((Score.Unscored) graded(seatbelt, true)).explanation()).contains("RTEL_ALLOW_UNSAFE_CODE=yes");
        assertThat(ran).isEmpty();
    }

    @Test
    void aMachineOnWhichTheFourSmallGradingsGoWrongIsNotUsed() throws InterruptedException {
        machine.put("landlock", Containment.CONTAINED);
        assertThat(grader(Map.of(), "PASS").unready(false).orElseThrow())
                .contains("a wrong answer was graded PASS instead of WRONG", "an endless loop");
        assertThat(grader(Map.of(), "INFRA").unready(false).orElseThrow()).contains("a right answer was graded INFRA");
    }

    @Test
    void theContainerBackendIsSaidToBeMissing() {
        assertThatThrownBy(() -> grader(Map.of("code-sandbox", "container"), "PASS"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not available in this version");
    }

    @Test
    void anUnknownBackendIsNamed() {
        assertThatThrownBy(() -> grader(Map.of("code-sandbox", "docker"), "PASS"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'docker'")
                .hasMessageContaining("auto");
    }

    @Test
    void infrastructureSaysNothingAboutTheModel() throws InterruptedException {
        var trusted = ScriptedGradingContext.withoutRoles().asTrusted();
        var infra = grader(Map.of(), "INFRA").grade(Submissions.of(SAMPLE, CODE), trusted);
        assertThat(((Score.Unscored) infra).reason()).isEqualTo("code-infra");
        machine.put("unsafe", Containment.UNAVAILABLE);
        var none = grader(Map.of(), "PASS").grade(Submissions.of(SAMPLE, CODE), trusted);
        assertThat(((Score.Unscored) none).reason()).isEqualTo("no-python");
        machine.put("unsafe", Containment.NONE);
        for (String status : List.of("WRONG", "TIMEOUT", "CRASH", "PROTOCOL_ERROR", "DISK_LIMIT")) {
            var score = grader(Map.of(), status).grade(Submissions.of(SAMPLE, CODE), trusted);
            assertThat(((Score.Graded) score).value()).isZero();
        }
    }

    @Test
    void aCutReplyIsNeverRun() throws InterruptedException {
        var score = grader(Map.of(), "PASS")
                .grade(
                        Submissions.of(SAMPLE, CODE, "length"),
                        ScriptedGradingContext.withoutRoles().asTrusted());
        assertThat(((Score.Graded) score).value()).isZero();
        assertThat(((GradingDetail.CodeRun) score.detail()).reason()).contains("TRUNCATED");
        assertThat(ran).isEmpty();
    }

    @Test
    void malformedCasesAreNamedBeforeTheRun() {
        Grader grader = grader(Map.of(), "PASS");
        assertThat(grader.check(SAMPLE)).isEmpty();
        assertThat(grader.check(sample(List.of())).orElseThrow()).contains("cases is missing or empty");
        assertThat(grader.check(sample(List.of(Map.of("args", 3, "expected", 1))))
                        .orElseThrow())
                .contains("cases[0]: args is no list");
        assertThat(grader.check(sample(List.of(Map.of("expect", 1)))).orElseThrow())
                .contains("unknown key 'expect'");
        assertThat(grader.check(sample(List.of(Map.of("args", List.of())))).orElseThrow())
                .contains("at least one of expected");
        assertThat(grader.check(sample(List.of(Map.of("expected", Map.of("$list", 1)))))
                        .orElseThrow())
                .contains("$tuple");
        Sample both = Sample.builder("s")
                .input("?")
                .fields(Map.of("entry", "f", "tests", "assert f()", "cases", List.of(Map.of("expected", 1))))
                .build();
        assertThat(grader.check(both).orElseThrow()).contains("both cases and tests");
    }
}
