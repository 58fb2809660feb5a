package dev.rtel.eval;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider's billing record says of a call (OpenRouter: {@code GET /generation?id=}); often there only some time
 * after the reply. Counts are those of the model's own tokenizer, which are billed. Unknown is empty, never 0. Immutable.
 *
 * @param id the provider's id of the call
 * @param prompt tokens sent, at least 0
 * @param cached part of the prompt that was read from a prompt cache
 * @param completion billed output, reasoning included
 * @param reasoning part of the output that was thinking
 * @param costUsd what was charged in US dollars, the provider's own price included where the user's own key was used
 * @param provider who served the call
 * @param model the model billed
 * @param cancelled whether the call was broken off
 * @param raw the record verbatim (a JSON object); empty when it was not kept
 */
public record BillingRecord(
        Optional<String> id,
        OptionalLong prompt,
        OptionalLong cached,
        OptionalLong completion,
        OptionalLong reasoning,
        Optional<BigDecimal> costUsd,
        Optional<String> provider,
        Optional<String> model,
        boolean cancelled,
        Optional<String> raw) {
    /** Prompt and output tokens together; empty as soon as one is unknown. */
    public OptionalLong tokens() {
        return prompt.isPresent() && completion.isPresent()
                ? OptionalLong.of(prompt.getAsLong() + completion.getAsLong())
                : OptionalLong.empty();
    }

    /** The same with or without its verbatim form. */
    public BillingRecord withRaw(Optional<String> other) {
        return new BillingRecord(id, prompt, cached, completion, reasoning, costUsd, provider, model, cancelled, other);
    }
}
