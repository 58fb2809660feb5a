package dev.rtel.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests and sends replies. Thread-safe; an exchange blocks its thread for the simulated latency. */
final class Exchanges implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(Exchanges.class.getName());

    private final Routes routes;

    Exchanges(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(
                    exchange.getRequestURI().getPath(),
                    query(exchange.getRequestURI().getRawQuery()),
                    exchange.getRequestBody().readAllBytes());
            send(exchange, reply(exchange, call));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the simulator closes, and with it the connection
        }
    }

    private Reply reply(HttpExchange exchange, Call call) throws InterruptedException {
        try {
            return routes.answer(
                    exchange.getRequestMethod(), exchange.getRequestHeaders().getFirst("Authorization"), call);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the simulator failed to answer " + call.path(), e);
            return new ApiError(500, "the simulator failed: " + e).reply();
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.ending() == Reply.Ending.CUT_BEFORE) {
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        int length = reply.body().length;
        exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
        if (length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(reply.body(), 0, reply.ending() == Reply.Ending.CUT_MIDWAY ? length / 2 : length);
            out.flush();
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
