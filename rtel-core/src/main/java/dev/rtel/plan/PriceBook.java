package dev.rtel.plan;

import dev.rtel.eval.Cost;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.TokenUsage;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Dated prices per model id, in US dollars. Immutable.
 *
 * @param date when the prices were read; the epoch day 0 for an empty book
 * @param version tells books of the same day apart, e.g. {@code openrouter-2026-08-29}; empty for an empty book
 * @param client kind of client whose prices these are, e.g. {@code openrouter}; empty = whoever serves the model id
 * @param prices by model id
 */
public record PriceBook(LocalDate date, String version, Optional<String> client, Map<String, Price> prices) {
    /** Copies the map. */
    public PriceBook {
        prices = Collections.unmodifiableMap(new TreeMap<>(prices));
    }

    /** A book that holds for every client, named by its date. */
    public PriceBook(LocalDate date, Map<String, Price> prices) {
        this(date, date.toString(), Optional.empty(), prices);
    }

    /** No prices. */
    public static PriceBook empty() {
        return new PriceBook(LocalDate.EPOCH, "", Optional.empty(), Map.of());
    }

    /** Finds the price of a model id; a variant such as {@code id:free} is a product of its own. */
    public Optional<Price> price(String modelId) {
        return Optional.ofNullable(prices.get(modelId));
    }

    /** Finds the price of a planned model: empty also when the book is another client's. */
    public Optional<Price> price(PlannedModel model) {
        return client.filter(kind -> !kind.equals(model.identity().client())).isPresent()
                ? Optional.empty()
                : price(model.id());
    }

    /**
     * Prices a usage; missing when the model has no price or a count it needs is unknown.
     *
     * @return with source {@link Cost.Source#PRICED}
     */
    public Cost cost(PlannedModel model, TokenUsage usage) {
        if (!usage.prompt().known() || !usage.completion().known()) {
            return Cost.missing();
        }
        long prompt = usage.prompt().value().getAsLong();
        long cached = Math.min(prompt, usage.cached().value().orElse(0));
        long completion = usage.completion().value().getAsLong();
        return price(model)
                .map(price -> Cost.of(price.of(prompt, cached, completion), Cost.Source.PRICED))
                .orElse(Cost.missing());
    }

    /** These prices with those of another book in the place of their own, id by id; named and dated by the other. */
    public PriceBook overlaid(PriceBook other) {
        if (other.prices.isEmpty()) {
            return this;
        }
        Map<String, Price> all = new HashMap<>(prices);
        all.putAll(other.prices);
        return new PriceBook(other.date, other.version, other.client, all);
    }
}
