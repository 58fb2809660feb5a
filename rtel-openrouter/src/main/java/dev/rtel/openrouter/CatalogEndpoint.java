package dev.rtel.openrouter;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A host that serves a model ({@code GET /models/{author}/{slug}/endpoints}, https://openrouter.ai/docs, August 2026).
 *
 * @param provider display name
 * @param tag what {@code provider.only} of a roster entry names it by, e.g. {@code deepinfra/fp8}
 * @param quantization e.g. {@code fp8}; empty when unknown
 * @param contextLength tokens of prompt and output together
 * @param maxCompletionTokens limit of the output
 * @param prices US dollars by price key, per token, {@code request} per call; unknown prices are left out
 * @param status 0 = in order, negative = degraded or off
 */
public record CatalogEndpoint(
        String provider,
        Optional<String> tag,
        Optional<String> quantization,
        OptionalLong contextLength,
        OptionalLong maxCompletionTokens,
        Map<String, BigDecimal> prices,
        OptionalInt status) {
    /** Copies the prices. */
    public CatalogEndpoint {
        prices = Collections.unmodifiableMap(new TreeMap<>(prices));
    }
}
