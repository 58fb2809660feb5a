package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A model of the run at one operating point, as planned. Also used for roles.
 *
 * @param name unique name of the entry, or the role's name
 * @param id model id at the provider
 * @param client name of the model provider, with its settings
 * @param extractor name of the token extractor
 * @param params request parameters
 * @param routing provider routing
 * @param identity who produces the completions: client kind and host class; part of the completion fingerprint
 * @param maxConcurrency limit for this entry alone
 * @param locked whether reasoning cannot be switched off
 * @param baseline whether the model is known not to reason
 * @param facts what the provider's list says of it
 */
public record PlannedModel(
        String name,
        String id,
        ComponentSpec client,
        ComponentSpec extractor,
        Map<String, @Nullable Object> params,
        Map<String, @Nullable Object> routing,
        Origin identity,
        OptionalInt maxConcurrency,
        boolean locked,
        boolean baseline,
        CatalogFacts facts) {
    /** A model of which no list was asked. */
    public PlannedModel(
            String name,
            String id,
            ComponentSpec client,
            ComponentSpec extractor,
            Map<String, @Nullable Object> params,
            Map<String, @Nullable Object> routing,
            Origin identity,
            OptionalInt maxConcurrency,
            boolean locked,
            boolean baseline) {
        this(
                name,
                id,
                client,
                extractor,
                params,
                routing,
                identity,
                maxConcurrency,
                locked,
                baseline,
                CatalogFacts.none());
    }

    /** Copies the maps. */
    public PlannedModel(
            String name,
            String id,
            ComponentSpec client,
            ComponentSpec extractor,
            Map<String, @Nullable Object> params,
            Map<String, @Nullable Object> routing,
            Origin identity,
            OptionalInt maxConcurrency,
            boolean locked,
            boolean baseline,
            CatalogFacts facts) {
        params = PlainData.copyOf(params);
        routing = PlainData.copyOf(routing);
        this.name = name;
        this.id = id;
        this.client = client;
        this.extractor = extractor;
        this.params = params;
        this.routing = routing;
        this.identity = identity;
        this.maxConcurrency = maxConcurrency;
        this.locked = locked;
        this.baseline = baseline;
        this.facts = facts;
    }
}
