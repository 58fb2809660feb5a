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
import dev.rtel.spi.Grader;
import dev.rtel.testkit.ScriptedGradingContext;
import dev.rtel.testkit.SimpleContext;
import dev.rtel.testkit.Submissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxPolicyTest {
    private static final String CODE = "```python\ndef f():\n    return 1\n```";
    private int runs;

    private final class Recorder implements CodeExecutor {
        private final String status;

        Recorder(String status) {
            this.status = status;
        }

        @Override
        public String id() {
            return "unsafe";
        }

        @Override
        public Probe probe() {
            return new Probe(status.isEmpty() ? Containment.UNAVAILABLE : Containment.NONE, "no python here");
        }

        @Override
        public CodeVerdict run(CodeJob job) {
            runs++;
            return new CodeVerdict(status, "said", status.equals("PASS") ? 1 : 0, "unsafe", Optional.of("3.11.0"), "");
        }
    }

    private Grader grader(Map<String, String> options, String status) {
        return new CodeExecutionGraderProvider()
                .create(new SimpleContext(Config.empty(), options, Map.of(), name -> new Recorder(status)));
    }

    private static Sample sample(Object cases) {
        return Sample.builder("s")
                .input("?")
                .fields(Map.of("entry", "f", "cases", cases))
                .build();
    }

    private static final Sample SAMPLE = sample(List.of(Map.of("expected", 1)));

    @Test
    void autoRunsOnlyWhatIsTrusted() throws InterruptedException {
        Grader grader = grader(Map.of(), "PASS");
        var refused = grader.grade(Submissions.of(SAMPLE, CODE), ScriptedGradingContext.withoutRoles());
        assertThat(((Score.Unscored) refused).reason()).isEqualTo("no-containment");
        assertThat(refused.explanation()).contains("--code-sandbox unsafe", "RTEL_ALLOW_UNSAFE_CODE=yes");
        assertThat(runs).isZero();
        var score = grader.grade(
                Submissions.of(SAMPLE, CODE),
                ScriptedGradingContext.withoutRoles().asTrusted());
        assertThat(((Score.Graded) score).value()).isEqualTo(1);
        assertThat(score.detail())
                .isEqualTo(new GradingDetail.CodeRun(
                        "PASS", Optional.empty(), Optional.of("unsafe"), Optional.of("3.11.0"), 1, 1));
    }

    @Test
    void unsafeNeedsASecondWord() throws InterruptedException {
        assertThatThrownBy(() -> grader(Map.of("code-sandbox", "unsafe"), "PASS"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("needs RTEL_ALLOW_UNSAFE_CODE=yes in the environment as well");
        Grader grader = grader(Map.of("code-sandbox", "unsafe", "allow-unsafe-code", "yes"), "PASS");
        var score = grader.grade(Submissions.of(SAMPLE, CODE), ScriptedGradingContext.withoutRoles());
        assertThat(((Score.Graded) score).value()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bwrap", "landlock", "container", "seatbelt"})
    void laterBackendsAreSaidToBeMissing(String word) {
        assertThatThrownBy(() -> grader(Map.of("code-sandbox", word, "allow-unsafe-code", "yes"), "PASS"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(word)
                .hasMessageContaining("not available in this version");
    }

    @Test
    void anUnknownBackendIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> grader(Map.of("code-sandbox", "docker"), "PASS"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'docker'")
                .hasMessageContaining("auto, bwrap");
    }

    @Test
    void infrastructureSaysNothingAboutTheModel() throws InterruptedException {
        var trusted = ScriptedGradingContext.withoutRoles().asTrusted();
        var infra = grader(Map.of(), "INFRA").grade(Submissions.of(SAMPLE, CODE), trusted);
        assertThat(((Score.Unscored) infra).reason()).isEqualTo("code-infra");
        var none = grader(Map.of(), "").grade(Submissions.of(SAMPLE, CODE), trusted);
        assertThat(((Score.Unscored) none).reason()).isEqualTo("no-python");
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
        assertThat(runs).isZero();
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
        Sample script = Sample.builder("s")
                .input("?")
                .fields(Map.of("entry", "f", "tests", "assert f()"))
                .build();
        assertThat(grader.check(script).orElseThrow()).contains("not supported in this version");
    }
}
