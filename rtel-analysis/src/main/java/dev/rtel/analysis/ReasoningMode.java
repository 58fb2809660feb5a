package dev.rtel.analysis;

import java.util.OptionalLong;

/** Whether a model reasoned at all, told from the token totals of a run. */
public enum ReasoningMode {
    /** It reasoned. */
    ON,
    /** At most 10 reasoning tokens, or strictly less than 0.1 % of the completion tokens. */
    OFF,
    /** A total is missing. */
    UNKNOWN;

    private static final long STRAY_TOKENS = 10;
    private static final long PER_MILLE = 1000;

    /**
     * Judges the totals.
     *
     * @param reasoning reasoning tokens of all samples together
     * @param completion completion tokens of the same samples, reasoning included
     */
    public static ReasoningMode of(OptionalLong reasoning, OptionalLong completion) {
        if (reasoning.isEmpty() || completion.isEmpty()) {
            return UNKNOWN;
        }
        long r = reasoning.getAsLong();
        return r <= STRAY_TOKENS || Math.multiplyExact(PER_MILLE, r) < completion.getAsLong() ? OFF : ON;
    }
}
