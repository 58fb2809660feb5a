package dev.rtel.simulator;

/** The form of the record behind {@code GET /generation}. */
public enum GenerationShape {
    /** Every field, equal to the usage of the reply. */
    FULL,
    /** The record never appears. */
    NEVER,
    /** {@code native_tokens_reasoning} is null. */
    REASONING_NULL,
    /** {@code tokens_*} (another tokenizer) differ from {@code native_tokens_*}. */
    TOKENS_DIFFER,
    /** {@code native_tokens_completion} and {@code native_tokens_reasoning} differ from the usage of the reply. */
    NATIVE_DIFFER,
    /** {@code total_cost} and {@code usage} differ from the cost in the reply. */
    COST_DIFFERS,
    /** {@code cancelled} is true although the reply was complete. */
    CANCELLED
}
