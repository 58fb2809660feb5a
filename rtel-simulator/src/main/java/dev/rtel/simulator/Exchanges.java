package dev.rtel.simulator;

import com.sun.net.httpserver.Headers;
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

    /** @throws IOException if the connection is to be closed without a regular end of the reply */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        long arrival = System.nanoTime();
        try {
            Call call = new Call(
                    exchange.getRequestURI().getPath(),
                    query(exchange.getRequestURI().getRawQuery()),
                    exchange.getRequestBody().readAllBytes(),
                    arrival);
            send(exchange, response(exchange, call));
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the simulator closes, and with it the connection
        }
    }

    private Response response(HttpExchange exchange, Call call) throws InterruptedException {
        try {
            return routes.answer(
                    exchange.getRequestMethod(), exchange.getRequestHeaders().getFirst("Authorization"), call);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the simulator failed to answer " + call.path(), e);
            return new ApiError(500, "the simulator failed: " + e).reply();
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException, InterruptedException {
        Headers headers = exchange.getResponseHeaders();
        if (response instanceof Reply reply) {
            headers.set("Content-Type", reply.contentType());
            reply.headers().forEach(headers::set);
            send(exchange, reply);
        } else if (response instanceof EventStream stream) {
            headers.set("Content-Type", "text/event-stream");
            stream.headers().forEach(headers::set);
            send(exchange, stream);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.ending() == Reply.Ending.CUT_BEFORE) {
            throw new IOException("the connection is cut on purpose");
        }
        int length = reply.body().length;
        exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
        if (length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(reply.body(), 0, reply.ending() == Reply.Ending.CUT_MIDWAY ? length / 2 : length);
            out.flush();
        }
        if (reply.ending() == Reply.Ending.CUT_MIDWAY) {
            throw new IOException("the connection is cut on purpose");
        }
    }

    private static void send(HttpExchange exchange, EventStream stream) throws IOException, InterruptedException {
        try {
            exchange.sendResponseHeaders(200, 0); // 0 = chunked
        } catch (IOException e) {
            stream.abandon();
            throw e;
        }
        if (!stream.sendTo(exchange.getResponseBody())) {
            throw new IOException("the stream ended early");
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
