package dev.rtel.openrouter;

import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import java.util.List;

/** The models that a server of the OpenAI interface names; asking costs nothing. Thread-safe. */
public final class OpenAiCompatibleCatalog {
    private final CatalogClient client;

    private OpenAiCompatibleCatalog(CatalogClient client) {
        this.client = client;
    }

    /**
     * Reads the settings {@code base_url} (required) and {@code api_key_env}; opens no connection.
     *
     * @throws ConfigException if the address is missing or malformed, or is http to another machine although there is a key
     */
    public static OpenAiCompatibleCatalog of(ComponentContext context) {
        String base = context.config().knownKeys("base_url", "api_key_env").requireString("base_url");
        return new OpenAiCompatibleCatalog(new CatalogClient(Endpoint.of(context, base, Endpoint.OPENAI_KEY)));
    }

    /**
     * Fetches the ids of the models ({@code GET /models}), in the server's order; blocks for a minute at most.
     *
     * @throws CatalogException if they cannot be had
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    public List<String> modelIds() throws InterruptedException {
        return client.get("/models", "list of models", CatalogReader::ids);
    }
}
