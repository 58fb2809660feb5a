package dev.rtel.simulator;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a completion costs in USD.
 *
 * @param prompt price of the prompt
 * @param completion price of the completion, reasoning included
 * @param fee OpenRouter's fee if the provider is paid with the user's own key
 */
record Charge(BigDecimal prompt, BigDecimal completion, Optional<BigDecimal> fee) {
    static Charge of(ModelProfile model, Endpoint endpoint, long promptTokens, long completionTokens) {
        BigDecimal prompt = endpoint.promptPrice().multiply(BigDecimal.valueOf(promptTokens));
        BigDecimal completion = endpoint.completionPrice().multiply(BigDecimal.valueOf(completionTokens));
        return new Charge(prompt, completion, model.byokFee().map(prompt.add(completion)::multiply));
    }

    /** Returns the charge for an answer that nobody has to pay. */
    static Charge nothing(ModelProfile model) {
        return new Charge(BigDecimal.ZERO, BigDecimal.ZERO, model.byokFee().map(share -> BigDecimal.ZERO));
    }

    /** Returns what the provider gets. */
    BigDecimal upstream() {
        return prompt.add(completion);
    }

    /** Returns what the account is charged. */
    BigDecimal account() {
        return fee.orElseGet(this::upstream);
    }

    /** Returns what the user pays in all. */
    BigDecimal total() {
        return fee.map(upstream()::add).orElseGet(this::upstream);
    }
}
