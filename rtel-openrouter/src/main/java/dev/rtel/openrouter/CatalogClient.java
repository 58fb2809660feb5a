package dev.rtel.openrouter;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Fetches a server's lists. Thread-safe. */
record CatalogClient(Endpoint endpoint) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EXCERPT = 200;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /**
     * Fetches and reads one document; blocks for a minute at most.
     *
     * @param path below the base address
     * @param what it should be, for messages
     * @param reader gives nothing for a body that is not what was asked for
     * @throws CatalogException if there is no answer, or it is of no use
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    <T> T get(String path, String what, Function<String, Optional<T>> reader) throws InterruptedException {
        String where = "GET " + endpoint.base() + path;
        Exchange exchange = new Exchange();
        try {
            HttpTransport.SHARED.send(endpoint.request(path, "application/json"), LIMIT, exchange);
        } catch (TimeoutException e) {
            throw unreachable(where + " did not answer within " + LIMIT.toSeconds() + " s", e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw unreachable(where + " failed: " + reason + "; check the network and base_url", e);
        }
        int status = exchange.status();
        if (status != 200) {
            String refused = status == 401 ? "; the key in " + endpoint.keyName() + " is missing or not accepted" : "";
            throw new CatalogException(
                    status == 401 ? CatalogException.Kind.KEY_REFUSED : CatalogException.Kind.OTHER,
                    status,
                    where + " answered HTTP " + status + ": " + excerpt(exchange.text()) + refused,
                    null);
        }
        return reader.apply(exchange.text())
                .orElseThrow(() -> new CatalogException(
                        CatalogException.Kind.OTHER,
                        status,
                        "the answer of " + where + " is no " + what + ": " + excerpt(exchange.text())
                                + "; check base_url",
                        null));
    }

    private CatalogException unreachable(String message, Exception cause) {
        return new CatalogException(CatalogException.Kind.UNREACHABLE, 0, endpoint.redact(message), cause);
    }

    private String excerpt(String body) {
        String head = body.strip();
        String line = BLANKS.matcher(endpoint.redact(head.substring(0, Math.min(head.length(), 10 * EXCERPT))))
                .replaceAll(" ");
        return line.length() > EXCERPT ? line.substring(0, EXCERPT) + "…" : line;
    }
}
