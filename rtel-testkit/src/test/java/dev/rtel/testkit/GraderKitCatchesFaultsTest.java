package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.eval.Target;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.GradingContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each of these graders has one fault; the kit has to name it. */
class GraderKitCatchesFaultsTest {
    private interface Plain extends Grader {
        static Score right(Submission submission) {
            return submission.text().equals("right")
                    ? Score.correct("right")
                    : Score.incorrect(submission.text(), "not right");
        }
    }

    private static GraderCompatibilityKit kit(Grader grader) {
        return kit(context -> {
            context.config().knownKeys();
            return grader;
        });
    }

    private static GraderCompatibilityKit kit(java.util.function.Function<ComponentContext, Grader> maker) {
        return new GraderCompatibilityKit() {
            @Override
            protected GraderProvider provider() {
                return new GraderProvider() {
                    @Override
                    public String name() {
                        return "plain";
                    }

                    @Override
                    public Grader create(ComponentContext context) {
                        return maker.apply(context);
                    }
                };
            }

            @Override
            protected Sample sample() {
                return Sample.of("s", "?", Target.of("right"));
            }

            @Override
            protected Optional<String> rightAnswer() {
                return Optional.of("right");
            }
        };
    }

    private static void caught(ThrowingCallable test, String words) {
        assertThatThrownBy(test).isInstanceOf(AssertionError.class).hasMessageContaining(words);
    }

    @Test
    void aGraderWithoutFaultPasses() {
        GraderCompatibilityKit kit = kit((submission, context) -> Plain.right(submission));
        assertThatCode(() -> {
                    kit.theNameIsWellFormed();
                    kit.anUnknownSettingIsRefusedByName();
                    kit.theSampleIsAccepted();
                    kit.whatIsPlannedIsTheSameEveryTime();
                    kit.theRightAnswerGetsFullMarks();
                    kit.anEmptyReplyIsAGradedZero();
                    kit.aReplyWithoutTextIsAGradedZero();
                    kit.aReplyWithoutAnAnswerIsGradedAndNotUnscored();
                    kit.aReplyThatWasCutOffIsGraded();
                    kit.aReplyOfAMegabyteIsGradedInTime();
                    kit.hostileTextNeverBreaksTheGrader();
                    kit.equalRepliesGetEqualScores();
                    kit.concurrentCallsDoNotDisturbEachOther();
                    kit.anInterruptionIsPassedOnAndNeverBecomesAVerdict();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aGraderThatThrowsAtAReplyIsCaught() {
        GraderCompatibilityKit kit = kit((submission, context) ->
                Score.correct(String.valueOf(submission.text().charAt(0))));
        caught(kit::anEmptyReplyIsAGradedZero, "whatever a reply holds is data");
        GraderCompatibilityKit textless = kit((submission, context) ->
                Score.incorrect(submission.completion().text().orElseThrow(), "never right"));
        caught(textless::aReplyWithoutTextIsAGradedZero, "whatever a reply holds is data");
        caught(
                kit((submission, context) -> new Score.Graded(
                        submission.text().length(),
                        Optional.empty(),
                        "",
                        Score.correct("").detail()))::hostileTextNeverBreaksTheGrader,
                "a score lies in 0..1");
    }

    @Test
    void aGraderThatLeavesMissingAnswersUnscoredIsCaught() {
        GraderCompatibilityKit kit = kit((submission, context) ->
                submission.text().equals("right") ? Score.correct("right") : Score.unscored("no-answer", "none found"));
        caught(kit::aReplyWithoutAnAnswerIsGradedAndNotUnscored, "a graded 0");
        caught(kit::anEmptyReplyIsAGradedZero, "a graded 0");
    }

    @Test
    void aGraderWithMemoryIsCaught() {
        AtomicInteger calls = new AtomicInteger();
        GraderCompatibilityKit kit =
                kit((submission, context) -> Score.incorrect("call " + calls.incrementAndGet(), "counts its calls"));
        caught(kit::equalRepliesGetEqualScores, "graded twice");
        caught(kit::concurrentCallsDoNotDisturbEachOther, "beside 15 others");
    }

    @Test
    void aGraderThatTakesAnySettingIsCaught() {
        caught(
                kit(context -> (submission, services) -> Plain.right(submission))::anUnknownSettingIsRefusedByName,
                "no-such-setting");
    }

    @Test
    void aGraderThatSwallowsAnInterruptionIsCaught() {
        caught(
                kit((submission, context) -> {
                    boolean swallowed = Thread.interrupted();
                    return swallowed ? Score.incorrect("", "interrupted") : Plain.right(submission);
                })::anInterruptionIsPassedOnAndNeverBecomesAVerdict,
                "under interruption");
        caught(
                kit((submission, context) -> {
                    Thread.interrupted();
                    return Plain.right(submission);
                })::anInterruptionIsPassedOnAndNeverBecomesAVerdict,
                "not swallowed");
        caught(
                kit(new Grader() {
                    @Override
                    public Score grade(Submission submission, GradingContext context) {
                        try {
                            context.model("judge").complete(dev.rtel.eval.CompletionRequest.of("?"));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return Score.unscored("judge-unreadable", "no answer");
                    }

                    @Override
                    public Set<String> requiredRoles() {
                        return Set.of("judge");
                    }
                })::anInterruptionEndsTheWaitForARole,
                "interrupted while the role's model answers");
    }

    @Test
    void aGraderWhoseFormatChangesIsCaught() {
        AtomicInteger calls = new AtomicInteger();
        caught(
                kit(new Grader() {
                    @Override
                    public Score grade(Submission submission, GradingContext context) {
                        return Plain.right(submission);
                    }

                    @Override
                    public Optional<String> answerFormat(Sample sample) {
                        return Optional.of("Answer, please, no. " + calls.incrementAndGet());
                    }
                })::whatIsPlannedIsTheSameEveryTime,
                "part of the prompt");
    }
}
