package dev.rtel.openrouter;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model as OpenRouter lists it ({@code GET /models}, https://openrouter.ai/docs, August 2026).
 *
 * @param id id to ask for, e.g. {@code openai/gpt-5-mini}
 * @param canonicalSlug dated id that replies may name instead
 * @param name display name
 * @param prices US dollars by price key ({@code prompt, completion, input_cache_read, …}), per token, {@code request} per
 *     call; a price that is unknown until routed ({@code -1}) or unreadable is left out
 * @param overrides prices that hold instead for long prompts, shortest first; those for times of day are left out
 * @param contextLength tokens of prompt and output together
 * @param maxCompletionTokens limit of the output
 * @param supportedParameters request parameters the model takes, sorted
 * @param reasoning how it thinks; empty when the list says nothing
 * @param knowledgeCutoff date as listed
 * @param expirationDate when it will be withdrawn, as listed
 */
public record CatalogModel(
        String id,
        Optional<String> canonicalSlug,
        String name,
        Map<String, BigDecimal> prices,
        List<PriceOverride> overrides,
        OptionalLong contextLength,
        OptionalLong maxCompletionTokens,
        Set<String> supportedParameters,
        Optional<Reasoning> reasoning,
        Optional<String> knowledgeCutoff,
        Optional<String> expirationDate) {
    /** Copies the collections. */
    public CatalogModel {
        prices = Collections.unmodifiableMap(new TreeMap<>(prices));
        overrides = List.copyOf(overrides);
        supportedParameters = Collections.unmodifiableSet(new TreeSet<>(supportedParameters));
    }

    /** Returns the prices that hold for a prompt of so many tokens, by price key. */
    public Map<String, BigDecimal> pricesAt(long promptTokens) {
        Map<String, BigDecimal> effective = new TreeMap<>(prices);
        for (PriceOverride override : overrides) {
            if (promptTokens >= override.minPromptTokens()) {
                effective.putAll(override.prices());
            }
        }
        return Collections.unmodifiableMap(effective);
    }

    /** Returns the price of a prompt token in US dollars; empty when unknown. */
    public Optional<BigDecimal> promptPrice() {
        return Optional.ofNullable(prices.get("prompt"));
    }

    /** Returns the price of an output token in US dollars, reasoning included; empty when unknown. */
    public Optional<BigDecimal> completionPrice() {
        return Optional.ofNullable(prices.get("completion"));
    }

    /** Whether the model is listed as one that can reason. */
    public boolean reasons() {
        return supportedParameters.contains("reasoning");
    }

    /**
     * Prices that replace the plain ones of the same keys.
     *
     * @param minPromptTokens prompt size from which they hold
     * @param prices US dollars by price key, as {@link CatalogModel#prices}
     */
    public record PriceOverride(long minPromptTokens, Map<String, BigDecimal> prices) {
        /** Copies the prices. */
        public PriceOverride {
            prices = Collections.unmodifiableMap(new TreeMap<>(prices));
        }
    }

    /**
     * How a model thinks; what the list does not say is empty.
     *
     * @param mandatory whether thinking cannot be switched off
     * @param supportedEfforts strongest first; empty optional = not listed
     * @param defaultEffort effort when none is asked for
     * @param defaultEnabled whether it thinks when nothing is asked for
     * @param supportsMaxTokens whether it takes a thinking budget
     */
    public record Reasoning(
            boolean mandatory,
            Optional<List<String>> supportedEfforts,
            Optional<String> defaultEffort,
            Optional<Boolean> defaultEnabled,
            Optional<Boolean> supportsMaxTokens) {
        /** Copies the list. */
        public Reasoning {
            supportedEfforts = supportedEfforts.map(List::copyOf);
        }
    }
}
