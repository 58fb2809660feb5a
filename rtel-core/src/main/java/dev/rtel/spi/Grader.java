package dev.rtel.spi;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import java.util.Optional;
import java.util.Set;

/** Turns a completion into a score. Thread-safe, no state between calls. */
public interface Grader {
    /**
     * Grades one answer; may block on a subprocess or a role's model.
     *
     * @return {@link Score.Graded} for a verdict on the model (no answer found is a graded 0), {@link Score.Unscored}
     *     when the grader itself could not decide
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    Score grade(Submission submission, GradingContext context) throws InterruptedException;

    /** Returns the model roles used by {@link #grade}; the planner refuses a run that leaves one unbound. */
    default Set<String> requiredRoles() {
        return Set.of();
    }

    /** Returns a version that changes when the same answer could get another score; part of the grade fingerprint. */
    default String version() {
        return "1";
    }

    /** Returns the line that {@code answer_format: auto} appends to this sample's input; empty = nothing. */
    default Optional<String> answerFormat(Sample sample) {
        return Optional.empty();
    }

    /**
     * Checks while planning that the sample has what this grader needs.
     *
     * @return what is wrong, e.g. {@code target is '12a', expected a number}; empty = fine
     */
    default Optional<String> check(Sample sample) {
        return Optional.empty();
    }

    /**
     * Checks on this machine, right before a run begins, that answers could be graded at all. Blocks some seconds at
     * most.
     *
     * @param trusted whether all answers to grade come from a simulator that this very process started
     * @return why not and what to do, e.g. that no sandbox works here: the run is then refused before anything is
     *     sent; empty = ready
     * @throws InterruptedException if interrupted while looking
     */
    default Optional<String> unready(boolean trusted) throws InterruptedException {
        return Optional.empty();
    }
}
