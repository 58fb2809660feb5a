package dev.rtel.eval;

import java.util.List;

/**
 * Model x sample x epoch, ready to run.
 *
 * @param key its name within the run
 * @param model the model at its operating point
 * @param task the task
 * @param sample the problem
 * @param messages the conversation as sent, answer-format line included
 * @param completionFingerprint digest of all that decides the answer
 * @param gradeFingerprint digest of all that decides the score
 */
public record Trial(
        TrialKey key,
        PlannedModel model,
        PlannedTask task,
        Sample sample,
        List<Message> messages,
        String completionFingerprint,
        String gradeFingerprint) {
    /** Copies the list. */
    public Trial {
        messages = List.copyOf(messages);
    }

    /** Whether a simulator answers. */
    public boolean simulated() {
        return model.identity().simulated();
    }
}
