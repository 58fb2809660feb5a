package dev.rtel.simulator;

import java.util.List;

/**
 * A problem that the scripted models know, with texts of right and wrong answers.
 *
 * @param key unique name; replies depend on it
 * @param promptContains text by which a request is recognised
 * @param category name under which a model's accuracy is looked up
 * @param right right answers, at least one
 * @param wrong wrong answers, at least one
 */
public record ScriptedSample(
        String key, String promptContains, String category, List<String> right, List<String> wrong) {
    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if the key or the recognised text is blank, or a list of answers is empty
     */
    public ScriptedSample {
        if (key.isBlank()) {
            throw new IllegalArgumentException("key must not be blank");
        }
        if (promptContains.isBlank()) {
            throw new IllegalArgumentException("the text that recognises sample \"" + key + "\" must not be blank");
        }
        right = List.copyOf(right);
        wrong = List.copyOf(wrong);
        if (right.isEmpty() || wrong.isEmpty()) {
            throw new IllegalArgumentException("sample \"" + key + "\" needs at least one right and one wrong answer");
        }
    }
}
