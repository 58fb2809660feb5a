package dev.rtel.cli;

import dev.rtel.openrouter.CatalogEndpoint;
import dev.rtel.openrouter.CatalogModel;
import dev.rtel.plan.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns listed prices into those of a price book. */
final class LivePrices {
    private static final String PROMPT = "prompt";
    private static final String COMPLETION = "completion";

    private LivePrices() {}

    /** The listed price of a model; empty where prompt or completion have none. */
    static Optional<Price> of(CatalogModel model) {
        return price(model.prices(), tiers(model));
    }

    /** The dearest of the listed price and those of all hosts that the entry's routing leaves. */
    static Optional<Price> dearest(
            CatalogModel model, List<CatalogEndpoint> endpoints, Map<String, @Nullable Object> routing) {
        Optional<Price> dearest = price(dear(model.prices()), tiers(model));
        for (CatalogEndpoint endpoint : endpoints) {
            Optional<Price> other = price(dear(endpoint.prices()), List.of());
            if (other.isPresent() && allowed(endpoint, routing)) {
                dearest = Optional.of(dearest.map(other.get()::max).orElse(other.get()));
            }
        }
        return dearest;
    }

    /** Whether routing lets this host serve. */
    static boolean allowed(CatalogEndpoint endpoint, Map<String, @Nullable Object> routing) {
        return !(routing.get("only") instanceof List<?> only)
                || endpoint.tag()
                        .filter(tag -> only.stream().anyMatch(slug -> tag.equals(slug) || tag.startsWith(slug + "/")))
                        .isPresent();
    }

    private static Optional<Price> price(Map<String, BigDecimal> prices, List<Price.Tier> tiers) {
        BigDecimal prompt = prices.get(PROMPT);
        BigDecimal completion = prices.get(COMPLETION);
        return prompt == null || completion == null
                ? Optional.empty()
                : Optional.of(new Price(
                        prompt,
                        completion,
                        Optional.ofNullable(prices.get("input_cache_read")),
                        prices.getOrDefault("request", BigDecimal.ZERO),
                        tiers));
    }

    private static List<Price.Tier> tiers(CatalogModel model) {
        List<Price.Tier> tiers = new ArrayList<>();
        for (CatalogModel.PriceOverride override : model.overrides()) {
            Map<String, BigDecimal> prices = model.pricesAt(override.minPromptTokens());
            BigDecimal prompt = prices.get(PROMPT);
            BigDecimal completion = prices.get(COMPLETION);
            if (prompt != null && completion != null) {
                tiers.add(new Price.Tier(override.minPromptTokens(), prompt, completion));
            }
        }
        return tiers;
    }

    /** A prompt may have to be written to a cache, which costs more than reading it. */
    private static Map<String, BigDecimal> dear(Map<String, BigDecimal> prices) {
        BigDecimal prompt = prices.get(PROMPT);
        if (prompt == null) {
            return prices;
        }
        for (String write : List.of("input_cache_write", "input_cache_write_1h")) {
            prompt = prompt.max(prices.getOrDefault(write, BigDecimal.ZERO));
        }
        Map<String, BigDecimal> dear = new TreeMap<>(prices);
        dear.put(PROMPT, prompt);
        dear.remove("input_cache_read");
        return dear;
    }
}
