package dev.rtel.openrouter;

import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** OpenRouter's lists, and what a key may still spend; asking costs nothing. Thread-safe. */
public final class OpenRouterCatalog {
    private static final Pattern MODEL_ID = Pattern.compile("[\\w~@-][\\w.~:@-]*/[\\w~@-][\\w.~:@-]*");
    private final CatalogClient client;

    private OpenRouterCatalog(CatalogClient client) {
        this.client = client;
    }

    /**
     * Reads the settings {@code base_url} and {@code api_key_env}; opens no connection.
     *
     * @throws ConfigException if the address is malformed, or is http to another machine although there is a key
     */
    public static OpenRouterCatalog of(ComponentContext context) {
        context.config().knownKeys("base_url", "api_key_env");
        return new OpenRouterCatalog(new CatalogClient(Endpoint.openRouter(context)));
    }

    /**
     * Fetches the list of models ({@code GET /models}, about 0.7 MB), in the server's order; needs no key; blocks for a
     * minute at most.
     *
     * @throws CatalogException if it cannot be had
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    public List<CatalogModel> models() throws InterruptedException {
        return client.get("/models", "list of models", body -> CatalogReader.models(body, id -> true));
    }

    /**
     * Fetches the list and keeps the models with these ids, in the server's order; an id that is not listed is left out.
     * As {@link #models()} for the rest.
     *
     * @throws CatalogException if the list cannot be had
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    public List<CatalogModel> models(Collection<String> ids) throws InterruptedException {
        Set<String> wanted = Set.copyOf(ids);
        return client.get("/models", "list of models", body -> CatalogReader.models(body, wanted::contains));
    }

    /**
     * Fetches who serves a model ({@code GET /models/{author}/{slug}/endpoints}), in the server's order; needs no key; blocks
     * for a minute at most.
     *
     * @param modelId {@code author/slug}, with a variant or without
     * @throws CatalogException if it cannot be had; with status 404 if there is no such model
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    public List<CatalogEndpoint> endpoints(String modelId) throws InterruptedException {
        if (!MODEL_ID.matcher(modelId).matches()) {
            throw new CatalogException(
                    CatalogException.Kind.OTHER,
                    0,
                    "model id '" + modelId + "' is not of the form author/slug; take one from the list of models",
                    null);
        }
        return client.get("/models/" + modelId + "/endpoints", "list of endpoints", CatalogReader::endpoints);
    }

    /**
     * Asks what the key may still spend ({@code GET /key}); blocks for a minute at most.
     *
     * @throws CatalogException if it cannot be had; of kind {@link CatalogException.Kind#KEY_REFUSED} if the key is refused,
     *     or if there is none and the server is not on this machine
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    public KeyInfo keyInfo() throws InterruptedException {
        Endpoint endpoint = client.endpoint();
        if (endpoint.key().isEmpty() && !endpoint.local()) {
            throw new CatalogException(
                    CatalogException.Kind.KEY_REFUSED,
                    0,
                    "no API key: " + endpoint.keyName() + " is not set; set it, e.g. export " + endpoint.keyName()
                            + "=<your key>",
                    null);
        }
        return client.get("/key", "description of a key", CatalogReader::key);
    }
}
