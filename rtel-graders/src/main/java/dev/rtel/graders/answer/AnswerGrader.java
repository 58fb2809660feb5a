package dev.rtel.graders.answer;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GradingContext;
import java.util.List;
import java.util.Optional;

/** Finds an answer in the reply and compares it with the target. */
final class AnswerGrader implements Grader {
    private final Kind kind;

    AnswerGrader(Kind kind) {
        this.kind = kind;
    }

    /** What differs between the kinds of answers. */
    interface Kind {
        /** Reads the replies to this sample. */
        ValueForm form(Sample sample);

        /** Returns the right answers in canonical form; empty if the target is none for this kind. */
        List<String> targets(Sample sample);

        /** What the target should be, for the message of a failed check. */
        String expected(Sample sample);

        /** What the value looks like, for the answer-format line. */
        String shape(Sample sample);
    }

    @Override
    public Score grade(Submission submission, GradingContext context) {
        Sample sample = submission.sample();
        Extracted extracted = AnswerExtractor.extract(
                submission.text(), submission.completion().truncated(), kind.form(sample));
        Reading reading = extracted.reading();
        if (!reading.isOne()) {
            return new Score.Graded(0, Optional.empty(), missing(submission, extracted), extracted.detail());
        }
        boolean right = kind.targets(sample).contains(reading.value());
        String explanation = right
                ? "the answer " + reading.value() + " is right"
                : "the answer " + reading.value() + " is not " + sample.target().display();
        return new Score.Graded(right ? 1 : 0, Optional.of(reading.value()), explanation, extracted.detail());
    }

    private static String missing(Submission submission, Extracted extracted) {
        if (extracted.reading().kind() == Reading.Kind.SEVERAL) {
            return "the reply offers more than one answer, or not the number of answers asked for";
        }
        if (submission.text().isEmpty()) {
            return "the reply is empty";
        }
        return submission.completion().truncated()
                ? "the reply was cut off before an answer"
                : "no answer found in the reply";
    }

    @Override
    public String version() {
        return "2+" + AnswerExtractor.CONTRACT;
    }

    @Override
    public Optional<String> answerFormat(Sample sample) {
        return Optional.of(
                "End your reply with exactly one line of the form \"Final answer: <value>\", where <value> is "
                        + kind.shape(sample) + ".");
    }

    @Override
    public Optional<String> check(Sample sample) {
        return kind.targets(sample).isEmpty()
                ? Optional.of("target is '" + sample.target().display() + "', expected " + kind.expected(sample))
                : Optional.empty();
    }

    /** The texts of a target that has texts. */
    static List<String> texts(Sample sample) {
        if (sample.target() instanceof dev.rtel.eval.Target.Text text) {
            return List.of(text.value());
        }
        return sample.target() instanceof dev.rtel.eval.Target.AnyOf any ? any.values() : List.of();
    }
}
