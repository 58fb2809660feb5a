package dev.rtel.simulator;

import tools.jackson.databind.node.ArrayNode;

/** Writes the entries of {@code reasoning_details}. */
final class ReasoningDetails {
    private ReasoningDetails() {}

    /** Adds the entry with the readable text, or a part of it. */
    static void putText(ArrayNode details, ReasoningText form, String text) {
        if (form == ReasoningText.SUMMARY) {
            details.addObject()
                    .put("type", "reasoning.summary")
                    .put("summary", text)
                    .put("format", "openai-responses-v1")
                    .put("index", 0);
        } else {
            details.addObject()
                    .put("type", "reasoning.text")
                    .put("text", text)
                    .put("format", "unknown")
                    .put("index", 0);
        }
    }

    /** Tells whether a form has an entry that nobody but the provider can read. */
    static boolean hasSealed(ReasoningText form) {
        return form == ReasoningText.SUMMARY || form == ReasoningText.SIGNATURE;
    }

    /** Adds that entry, if the form has one. */
    static void putSealed(ArrayNode details, ReasoningText form, String id) {
        Dice dice = new Dice(0, id);
        if (form == ReasoningText.SUMMARY) {
            details.addObject()
                    .put("type", "reasoning.encrypted")
                    .put("data", "gAAAAAB" + dice.letters("encrypted", 32))
                    .put("id", "rs_" + dice.letters("detail", 12))
                    .put("format", "openai-responses-v1")
                    .put("index", 0);
        } else if (form == ReasoningText.SIGNATURE) {
            details.addObject()
                    .put("type", "reasoning.text")
                    .put("signature", "EqQB" + dice.letters("signature", 40))
                    .put("format", "anthropic-claude-v1")
                    .put("index", 0);
        }
    }
}
