package dev.rtel.plan;

import dev.rtel.common.PlainData;
import dev.rtel.config.Config;
import dev.rtel.eval.ComponentSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a roster: a model at one operating point.
 *
 * @param name unique within the roster; by default the id, plus {@code @effort} when an effort is given
 * @param id model id at the provider
 * @param client model provider by name with its settings
 * @param extractor token extractor; empty = the client's own choice
 * @param params request parameters, spread into the body as they stand
 * @param routing provider routing, sent as it stands
 * @param maxConcurrency limit for this entry alone
 * @param timeout limit of one attempt; empty = the run's
 * @param locked whether reasoning cannot be switched off
 * @param baseline whether the model is known not to reason
 */
public record ModelEntry(
        String name,
        String id,
        ComponentSpec client,
        Optional<ComponentSpec> extractor,
        Map<String, @Nullable Object> params,
        Map<String, @Nullable Object> routing,
        OptionalInt maxConcurrency,
        Optional<Duration> timeout,
        boolean locked,
        boolean baseline) {
    /** Copies the maps and checks that name and id are there. */
    public ModelEntry(
            String name,
            String id,
            ComponentSpec client,
            Optional<ComponentSpec> extractor,
            Map<String, @Nullable Object> params,
            Map<String, @Nullable Object> routing,
            OptionalInt maxConcurrency,
            Optional<Duration> timeout,
            boolean locked,
            boolean baseline) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        params = PlainData.copyOf(params);
        routing = PlainData.copyOf(routing);
        this.name = name;
        this.id = id;
        this.client = client;
        this.extractor = extractor;
        this.params = params;
        this.routing = routing;
        this.maxConcurrency = maxConcurrency;
        this.timeout = timeout;
        this.locked = locked;
        this.baseline = baseline;
    }

    /** An entry with this id and client, named by {@link #defaultName}. */
    public static ModelEntry of(String id, String client, Map<String, ? extends @Nullable Object> params) {
        return new ModelEntry(
                defaultName(id, params),
                id,
                ComponentSpec.of(client),
                Optional.empty(),
                PlainData.copyOf(params),
                Map.of(),
                OptionalInt.empty(),
                Optional.empty(),
                false,
                false);
    }

    /** The id, plus {@code @effort} when the parameters give one. */
    public static String defaultName(String id, Map<String, ? extends @Nullable Object> params) {
        Object reasoning = params.get("reasoning");
        Object effort = reasoning instanceof Map<?, ?> map ? map.get("effort") : params.get("reasoning_effort");
        return effort == null ? id : id + "@" + effort;
    }

    /** The same under another name. */
    public ModelEntry withName(String other) {
        return new ModelEntry(other, id, client, extractor, params, routing, maxConcurrency, timeout, locked, baseline);
    }

    /** The same with other request parameters. */
    public ModelEntry withParams(Map<String, ? extends @Nullable Object> other) {
        return new ModelEntry(
                name,
                id,
                client,
                extractor,
                PlainData.copyOf(other),
                routing,
                maxConcurrency,
                timeout,
                locked,
                baseline);
    }

    /** The same with another client. */
    public ModelEntry withClient(String provider, Config settings) {
        return new ModelEntry(
                name,
                id,
                new ComponentSpec(provider, settings),
                extractor,
                params,
                routing,
                maxConcurrency,
                timeout,
                locked,
                baseline);
    }
}
