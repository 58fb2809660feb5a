package dev.rtel.eval;

/**
 * What a grader grades.
 *
 * @param trial the trial, with sample, target and task
 * @param completion the model's answer
 */
public record Submission(Trial trial, Completion completion) {
    /** The problem. */
    public Sample sample() {
        return trial.sample();
    }

    /** The answer's text, empty when there was none. */
    public String text() {
        return completion.text().orElse("");
    }
}
