package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.GradingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every grader has to do: extend this class in a test, give a provider and a sample it can grade, and run it.
 * Graders that ask a role override {@link #gradingContext()} with a scripted one.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class GraderCompatibilityKit {
    private static final List<String> HOSTILE = List.of(
            "\0",
            "\uD800",
            "\uDC00 Final answer: \uD800",
            "\u202E\u202Dx\u2066",
            "a\u0301".repeat(2_000),
            "\uFEFF\u200B\u200D",
            "{".repeat(5_000),
            "(".repeat(5_000) + ")".repeat(5_000),
            "\\boxed{".repeat(3_000),
            "<think>".repeat(3_000),
            "```".repeat(3_000),
            "Final answer: ".repeat(3_000),
            "\uD83D\uDE00\uFDFA\uFB03\u00BD",
            "\r\n\r\n\t\u000B\f\u0085\u2028\u2029",
            "$(id) `id` ; rm -- \"'",
            "9".repeat(20_000),
            "Final answer: 1e999999999",
            "Final answer: " + "1/".repeat(5_000) + "1");

    /** Returns the provider under test. */
    protected abstract GraderProvider provider();

    /** Returns a sample that the grader can grade. */
    protected abstract Sample sample();

    /** Returns a reply to {@link #sample()} that deserves full marks; empty skips the tests that need one. */
    protected Optional<String> rightAnswer() {
        return Optional.empty();
    }

    /** Returns the settings to create the grader with; none by default. */
    protected ComponentContext componentContext() {
        return SimpleContext.of(Map.of());
    }

    /** Returns the services of one grading; no roles by default. */
    protected GradingContext gradingContext() {
        return ScriptedGradingContext.withoutRoles();
    }

    private Grader grader() {
        return provider().create(componentContext());
    }

    private Score grade(Grader grader, String text) throws InterruptedException {
        return grader.grade(Submissions.of(sample(), text), gradingContext());
    }

    private static void assertSound(Score score) {
        assertThat(score).isNotNull();
        assertThat(score.explanation()).isNotNull();
        assertThat(score.detail()).isNotNull();
        if (score instanceof Score.Graded graded) {
            assertThat(graded.value()).isBetween(0.0, 1.0);
        } else if (score instanceof Score.Unscored unscored) {
            assertThat(unscored.reason()).matches("[a-z0-9-]+");
        }
    }

    @Test
    void theNameIsWellFormed() {
        assertThat(provider().name()).matches("[a-z0-9][a-z0-9-]{0,62}");
    }

    @Test
    void anUnknownSettingIsRefusedByName() {
        ComponentContext context = componentContext();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("no-such-setting", "1");
        var wrong = new SimpleContext(
                Config.of("grader", settings),
                context instanceof SimpleContext simple ? simple.options() : Map.of(),
                Map.of(),
                context::codeExecutor);
        assertThatThrownBy(() -> provider().create(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no-such-setting");
    }

    @Test
    void theSampleIsAccepted() {
        assertThat(grader().check(sample())).isEmpty();
        assertThat(grader().answerFormat(sample())).isNotNull();
        assertThat(grader().version()).isNotBlank();
    }

    @Test
    void theRightAnswerGetsFullMarks() throws InterruptedException {
        Assumptions.assumeTrue(rightAnswer().isPresent(), "no right answer given");
        Score score = grade(grader(), rightAnswer().get());
        assertThat(score).isInstanceOf(Score.Graded.class);
        assertThat(((Score.Graded) score).value()).isEqualTo(1.0);
    }

    @Test
    void anEmptyReplyIsAGradedZero() throws InterruptedException {
        for (String text : List.of("", "   \n\t")) {
            Score score = grade(grader(), text);
            assertThat(score).isInstanceOf(Score.Graded.class);
            assertThat(((Score.Graded) score).value()).isZero();
        }
    }

    @Test
    void aReplyOfAMegabyteIsGradedInTime() throws InterruptedException {
        Grader grader = grader();
        for (String unit : List.of("lorem ipsum ", "Final answer: 12 or ", "1,", "\\boxed{1} ", "\n")) {
            String text = unit.repeat((1 << 20) / unit.length());
            long start = System.nanoTime();
            assertSound(grade(grader, text));
            assertThat(System.nanoTime() - start)
                    .as("time for a megabyte of '%s'", unit)
                    .isLessThan(TimeUnit.SECONDS.toNanos(15));
        }
    }

    @Test
    void hostileTextNeverBreaksTheGrader() throws InterruptedException {
        Grader grader = grader();
        for (String text : HOSTILE) {
            assertSound(grade(grader, text));
        }
    }

    @Test
    void equalRepliesGetEqualScores() throws InterruptedException {
        List<String> replies = new ArrayList<>(List.of("no idea", "Final answer: 7", "x".repeat(100)));
        rightAnswer().ifPresent(replies::add);
        for (String reply : replies) {
            assertThat(grade(grader(), reply)).isEqualTo(grade(grader(), reply));
        }
    }

    @Test
    void concurrentCallsDoNotDisturbEachOther() throws Exception {
        Grader grader = grader();
        String good = rightAnswer().orElse("Final answer: 7");
        Score expectedGood = grade(grader, good);
        Score expectedBad = grade(grader, "no idea");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Score>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String text = i % 2 == 0 ? good : "no idea";
                calls.add(() -> grade(grader, text));
            }
            List<Future<Score>> scores = pool.invokeAll(calls);
            for (int i = 0; i < scores.size(); i++) {
                assertThat(scores.get(i).get()).isEqualTo(i % 2 == 0 ? expectedGood : expectedBad);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
