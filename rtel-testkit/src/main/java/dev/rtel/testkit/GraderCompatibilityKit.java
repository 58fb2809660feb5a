package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.RoleModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
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
        return grade(grader, Submissions.of(sample(), text), text);
    }

    private Score grade(Grader grader, Submission submission, String reply) throws InterruptedException {
        return grade(grader, submission, gradingContext(), reply);
    }

    private static Score grade(Grader grader, Submission submission, GradingContext context, String reply)
            throws InterruptedException {
        Score score;
        try {
            score = grader.grade(submission, context);
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "grade threw " + e + " for the reply " + shown(reply)
                            + "; whatever a reply holds is data: return a Score",
                    e);
        }
        assertSound(score, reply);
        return score;
    }

    private static String shown(String reply) {
        return "'"
                + (reply.length() > 60
                        ? reply.substring(0, 60) + "...' of " + reply.length() + " characters"
                        : reply + "'");
    }

    private static void assertSound(Score score, String reply) {
        assertThat(score).as("the score of %s", shown(reply)).isNotNull();
        assertThat(score.explanation())
                .as("the explanation of %s", shown(reply))
                .isNotNull();
        assertThat(score.detail()).as("the detail of %s", shown(reply)).isNotNull();
        assertThat(score.detail().toMap())
                .as("the detail of %s as data", shown(reply))
                .isNotNull();
        if (score instanceof Score.Graded graded) {
            assertThat(graded.value())
                    .as("the score of %s lies in 0..1", shown(reply))
                    .isBetween(0.0, 1.0);
        } else if (score instanceof Score.Unscored unscored) {
            assertThat(unscored.reason())
                    .as("the reason why %s is unscored is a stable word", shown(reply))
                    .matches("[a-z0-9-]+");
        }
    }

    private static Score.Graded assertGraded(Score score, String reply) {
        assertThat(score)
                .as(
                        "the verdict on %s: a reply without an answer is a graded 0, unscored is for a grader that cannot decide",
                        shown(reply))
                .isInstanceOf(Score.Graded.class);
        return (Score.Graded) score;
    }

    @Test
    void theNameIsWellFormed() {
        assertThat(provider().name())
                .as("a grader's name: lower-case letters, digits, hyphens")
                .matches("[a-z0-9][a-z0-9-]{0,62}");
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
        assertThatThrownBy(
                        () -> provider().create(wrong),
                        "create with the setting 'no-such-setting'; call context.config().knownKeys(...)")
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no-such-setting");
    }

    @Test
    void theSampleIsAccepted() {
        assertThat(grader().check(sample()))
                .as("check(sample()) finds nothing wrong")
                .isEmpty();
    }

    @Test
    void whatIsPlannedIsTheSameEveryTime() {
        Grader grader = grader();
        Grader another = grader();
        assertThat(grader.version()).as("version()").isNotBlank().isEqualTo(another.version());
        assertThat(grader.requiredRoles()).as("requiredRoles()").isEqualTo(another.requiredRoles());
        assertThat(grader.requiredRoles()).as("names of roles").allMatch(role -> role.matches("[a-z0-9][a-z0-9-]*"));
        assertThat(grader.check(sample())).as("check").isEqualTo(another.check(sample()));
        Optional<String> format = grader.answerFormat(sample());
        assertThat(format)
                .as("answerFormat: it is part of the prompt, and so of what a completion was paid for")
                .isEqualTo(grader.answerFormat(sample()))
                .isEqualTo(another.answerFormat(sample()));
        assertThat(format.orElse("none")).as("answerFormat").isNotBlank();
    }

    @Test
    void theRightAnswerGetsFullMarks() throws InterruptedException {
        Assumptions.assumeTrue(rightAnswer().isPresent(), "no right answer given");
        String right = rightAnswer().get();
        Score.Graded score = assertGraded(grade(grader(), right), right);
        assertThat(score.value()).as("the score of rightAnswer(): %s", score).isEqualTo(1.0);
    }

    @Test
    void anEmptyReplyIsAGradedZero() throws InterruptedException {
        for (String text : List.of("", "   \n\t")) {
            Score.Graded score = assertGraded(grade(grader(), text), text);
            assertThat(score.value())
                    .as("the score of an empty reply: %s", score)
                    .isZero();
        }
    }

    @Test
    void aReplyWithoutTextIsAGradedZero() throws InterruptedException {
        Completion silent = Completion.builder().finishReason("stop").build();
        Score.Graded score = assertGraded(grade(grader(), Submissions.of(sample(), silent), ""), "(no text at all)");
        assertThat(score.value())
                .as("the score of a completion without text: %s", score)
                .isZero();
    }

    @Test
    void aReplyWithoutAnAnswerIsGradedAndNotUnscored() throws InterruptedException {
        for (String text :
                List.of("I do not know.", "no idea", "Sorry, I cannot help with that. Please ask somebody else.")) {
            assertGraded(grade(grader(), text), text);
        }
    }

    @Test
    void aReplyThatWasCutOffIsGraded() throws InterruptedException {
        String text = "First we look at the case in which";
        assertGraded(grade(grader(), Submissions.of(sample(), text, "length"), text), text);
    }

    @Test
    void aReplyOfAMegabyteIsGradedInTime() throws InterruptedException {
        Grader grader = grader();
        for (String unit : List.of("lorem ipsum ", "Final answer: 12 or ", "1,", "\\boxed{1} ", "\n")) {
            String text = unit.repeat((1 << 20) / unit.length());
            long start = System.nanoTime();
            grade(grader, text);
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds for a megabyte of '%s'", unit)
                    .isLessThan(TimeUnit.SECONDS.toNanos(15));
        }
    }

    @Test
    void hostileTextNeverBreaksTheGrader() throws InterruptedException {
        Grader grader = grader();
        for (String text : HOSTILE) {
            grade(grader, text);
        }
    }

    @Test
    void equalRepliesGetEqualScores() throws InterruptedException {
        Assumptions.assumeTrue(grader().requiredRoles().isEmpty(), "a role's model may answer differently each time");
        List<String> replies = new ArrayList<>(List.of("no idea", "Final answer: 7", "x".repeat(100)));
        rightAnswer().ifPresent(replies::add);
        for (String reply : replies) {
            assertThat(grade(grader(), reply))
                    .as("%s graded twice", shown(reply))
                    .isEqualTo(grade(grader(), reply));
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
                assertThat(scores.get(i).get())
                        .as("a grading beside 15 others, against the same one alone")
                        .isEqualTo(i % 2 == 0 ? expectedGood : expectedBad);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anInterruptionIsPassedOnAndNeverBecomesAVerdict() throws InterruptedException {
        Grader grader = grader();
        String reply = rightAnswer().orElse("Final answer: 7");
        Score undisturbed = grade(grader, reply);
        Thread.currentThread().interrupt();
        boolean kept;
        Score score = undisturbed;
        try {
            score = grade(grader, reply);
            kept = Thread.currentThread().isInterrupted();
        } catch (InterruptedException e) {
            kept = true;
        } finally {
            Thread.interrupted();
        }
        assertThat(score)
                .as("the score under interruption: throw InterruptedException, or grade as always")
                .isEqualTo(undisturbed);
        assertThat(kept)
                .as("the interruption: thrown as InterruptedException or left set, not swallowed")
                .isTrue();
    }

    @Test
    void anInterruptionEndsTheWaitForARole() throws Exception {
        Grader grader = grader();
        Assumptions.assumeTrue(!grader.requiredRoles().isEmpty(), "this grader asks no role");
        String reply = rightAnswer().orElse("Final answer: 7");
        var asked = new CountDownLatch(1);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Score> grading =
                    pool.submit(() -> grader.grade(Submissions.of(sample(), reply), new Waiting(asked)));
            assertThat(asked.await(20, TimeUnit.SECONDS))
                    .as("the role was asked about %s", shown(reply))
                    .isTrue();
            pool.shutdownNow();
            assertThatThrownBy(
                            () -> grading.get(20, TimeUnit.SECONDS),
                            "grading, interrupted while the role's model answers")
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Roles that never answer. */
    private record Waiting(CountDownLatch asked) implements GradingContext {
        @Override
        public RoleModel model(String role) {
            return new RoleModel() {
                @Override
                public String id() {
                    return "waiting/" + role;
                }

                @Override
                public Completion complete(CompletionRequest request) throws InterruptedException {
                    asked.countDown();
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("nobody counts down");
                }
            };
        }

        @Override
        public Duration remaining() {
            return Duration.ofMinutes(10);
        }
    }
}
