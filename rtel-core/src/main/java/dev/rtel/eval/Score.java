package dev.rtel.eval;

import java.util.Optional;

/**
 * A grader's verdict. {@link Unscored} has no value and so cannot be averaged by mistake; "no answer found in the
 * model's text" is a {@link Graded} 0, "the judge could not be read" is {@link Unscored}.
 */
public sealed interface Score {
    /**
     * A verdict on the model.
     *
     * @param value 0 to 1
     * @param answer what was found in the reply, for people
     * @param explanation why, in a sentence
     * @param detail how it was found
     */
    record Graded(double value, Optional<String> answer, String explanation, GradingDetail detail) implements Score {
        /** Refuses values outside 0 to 1. */
        public Graded {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("a score lies in 0..1, not " + value);
            }
        }

        @Override
        public Score figures() {
            return new Graded(value, Optional.empty(), "", new GradingDetail.None());
        }
    }

    /**
     * The grader itself could not decide; says nothing about the model.
     *
     * @param reason a stable word, e.g. {@code judge-unreadable}
     * @param explanation why, in a sentence
     * @param detail what was found so far
     */
    record Unscored(String reason, String explanation, GradingDetail detail) implements Score {
        @Override
        public Score figures() {
            return unscored(reason, "");
        }
    }

    /** How it was decided. */
    GradingDetail detail();

    /** Why, for people. */
    String explanation();

    /** The same without what only people read: answer, explanation and detail. */
    Score figures();

    /** Full marks for this answer. */
    static Score correct(String answer) {
        return new Graded(1, Optional.of(answer), "correct", new GradingDetail.None());
    }

    /** No marks for this answer. */
    static Score incorrect(String answer, String explanation) {
        return new Graded(0, Optional.of(answer), explanation, new GradingDetail.None());
    }

    /** No verdict. */
    static Score unscored(String reason, String explanation) {
        return new Unscored(reason, explanation, new GradingDetail.None());
    }
}
