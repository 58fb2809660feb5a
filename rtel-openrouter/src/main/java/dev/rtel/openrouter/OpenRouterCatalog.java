package dev.rtel.openrouter;

import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** OpenRouter's public lists; costs nothing and needs no key. Thread-safe. */
public final class OpenRouterCatalog {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EXCERPT = 200;
    private final Endpoint endpoint;

    private OpenRouterCatalog(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Reads the settings {@code base_url} and {@code api_key_env}; opens no connection.
     *
     * @throws ConfigException if the address is malformed, or is http to another machine although there is a key
     */
    public static OpenRouterCatalog of(ComponentContext context) {
        context.config().knownKeys("base_url", "api_key_env");
        return new OpenRouterCatalog(Endpoint.openRouter(context));
    }

    /**
     * Fetches the list of models ({@code GET /models}, about 0.7 MB), in the server's order; blocks for a minute at
     * most.
     *
     * @throws CatalogException if it cannot be had
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    public List<CatalogModel> models() throws InterruptedException {
        return CatalogReader.read(get("/models"))
                .orElseThrow(() -> new CatalogException(
                        "the answer of " + endpoint.base() + "/models is no list of models; check base_url", null));
    }

    private String get(String path) throws InterruptedException {
        String what = endpoint.base() + path;
        Exchange exchange = new Exchange();
        try {
            HttpTransport.SHARED.send(endpoint.request(path, "application/json"), LIMIT, exchange);
            if (exchange.status() != 200) {
                String body = endpoint.redact(exchange.text()).strip().replaceAll("\\s+", " ");
                throw new CatalogException(
                        "GET " + what + " answered HTTP " + exchange.status() + ": "
                                + (body.length() > EXCERPT ? body.substring(0, EXCERPT) + "…" : body),
                        null);
            }
            return exchange.text();
        } catch (TimeoutException e) {
            throw new CatalogException("GET " + what + " did not answer within " + LIMIT, e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new CatalogException("GET " + what + " failed: " + reason + "; check the network and base_url", e);
        }
    }
}
