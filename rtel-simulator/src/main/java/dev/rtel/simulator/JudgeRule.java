package dev.rtel.simulator;

import java.util.List;

/**
 * A reply of the scripted judges, given when a request contains all of some texts.
 *
 * @param contains texts that must all occur in the messages of the request; at least one
 * @param reply text of the reply
 */
public record JudgeRule(List<String> contains, String reply) {
    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if no text is given
     */
    public JudgeRule {
        contains = List.copyOf(contains);
        if (contains.isEmpty()) {
            throw new IllegalArgumentException("a judge rule needs at least one text to look for");
        }
    }

    /** Tells whether the rule applies to the concatenated text of a request. */
    public boolean appliesTo(String text) {
        return contains.stream().allMatch(text::contains);
    }
}
