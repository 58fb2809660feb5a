package dev.rtel.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Dated prices per model id, in US dollars per token.
 *
 * @param date when the prices were read; the epoch day 0 for an empty book
 * @param prices by model id
 */
public record PriceBook(LocalDate date, Map<String, Price> prices) {
    /**
     * Prices of one model.
     *
     * @param prompt US dollars per prompt token
     * @param completion US dollars per output token, reasoning included
     */
    public record Price(BigDecimal prompt, BigDecimal completion) {
        /** Price of a call of this many tokens. */
        public BigDecimal of(long promptTokens, long completionTokens) {
            return prompt.multiply(BigDecimal.valueOf(promptTokens))
                    .add(completion.multiply(BigDecimal.valueOf(completionTokens)));
        }
    }

    /** Copies the map. */
    public PriceBook {
        prices = java.util.Collections.unmodifiableMap(new TreeMap<>(prices));
    }

    /** No prices. */
    public static PriceBook empty() {
        return new PriceBook(LocalDate.EPOCH, Map.of());
    }

    /** Finds the price of a model id; a variant such as {@code id:free} is a product of its own. */
    public Optional<Price> price(String modelId) {
        return Optional.ofNullable(prices.get(modelId));
    }
}
