package dev.rtel.wire;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;

/** Whether an interface counts reasoning inside its output tokens; used only where the reported total does not show it. */
public enum ReasoningRelation {
    /** Seen from the numbers; inside where they do not show it. */
    AUTO,
    /** Reasoning is part of the output tokens (OpenRouter, OpenAI, Anthropic, DeepSeek). */
    INCLUSIVE,
    /** Reasoning comes on top of the output tokens (xAI chat completions, Gemini). */
    ADDITIVE;

    SplitRule rule() {
        return switch (this) {
            case AUTO -> InterfaceProfile.GENERIC.rule();
            case INCLUSIVE -> new SplitRule(false, false, true);
            case ADDITIVE -> new SplitRule(true, true, true);
        };
    }

    /**
     * Reads the setting {@code relation: auto|inclusive|additive}; {@link #AUTO} when absent.
     *
     * @throws ConfigException if it is another word
     */
    public static ReasoningRelation of(Config config) {
        String word = config.string("relation").orElse("auto");
        return switch (word) {
            case "auto" -> AUTO;
            case "inclusive" -> INCLUSIVE;
            case "additive" -> ADDITIVE;
            default ->
                throw new ConfigException(
                        config.at("relation") + " is '" + word + "', expected auto, inclusive or additive");
        };
    }
}
