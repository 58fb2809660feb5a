package dev.rtel.simulator;

/** The form of the {@code usage} object; what is billed is the same in all of them. */
public enum UsageShape implements Shape {
    /** Every field, consistent. */
    FULL,
    /** Without {@code completion_tokens_details}. */
    DETAILS_ABSENT,
    /** {@code completion_tokens_details} is null. */
    DETAILS_NULL,
    /** {@code reasoning_tokens} is null. */
    REASONING_NULL,
    /** {@code reasoning_tokens} is 0 although the reply shows reasoning text. */
    ZERO_WITH_TEXT,
    /** {@code reasoning_tokens} is one more than {@code completion_tokens}. */
    REASONING_EXCEEDS,
    /** {@code completion_tokens} counts the visible answer only, and the total adds the reasoning. */
    ADDITIVE_TOTAL,
    /** Costs are written with an exponent, for example {@code 8.4e-05}. */
    EXPONENT_COST,
    /** Neither {@code cost} nor {@code cost_details}. */
    COST_ABSENT,
    /** No usage object at all. */
    ABSENT
}
