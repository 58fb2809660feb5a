package dev.rtel.eval;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a provider's live list says of a model, as far as replies are held against it. Immutable.
 *
 * @param servedAs names that replies may carry beside the id asked for, e.g. the dated canonical slug; empty = not known
 * @param endpoints who serves it, in listed order; empty = not known
 */
public record CatalogFacts(Set<String> servedAs, List<Endpoint> endpoints) {
    /**
     * One host of a model.
     *
     * @param provider name as replies give it, e.g. {@code Amazon Bedrock}
     * @param tag name as routing gives it, e.g. {@code amazon-bedrock/us-east-1}
     * @param quantization e.g. {@code fp8}; empty = not told
     */
    public record Endpoint(String provider, String tag, Optional<String> quantization) {}

    /** Copies the collections; names are sorted. */
    public CatalogFacts {
        servedAs = Collections.unmodifiableSet(new TreeSet<>(servedAs));
        endpoints = List.copyOf(endpoints);
    }

    /** Nothing is known. */
    public static CatalogFacts none() {
        return new CatalogFacts(Set.of(), List.of());
    }

    /** Returns the quantisation that a provider serves; empty when it is not told or the provider has several. */
    public Optional<String> quantization(String provider) {
        List<String> told = endpoints.stream()
                .filter(endpoint -> endpoint.provider().equals(provider))
                .map(endpoint -> endpoint.quantization().orElse(""))
                .distinct()
                .toList();
        return told.size() == 1 && !told.get(0).isEmpty() ? Optional.of(told.get(0)) : Optional.empty();
    }
}
