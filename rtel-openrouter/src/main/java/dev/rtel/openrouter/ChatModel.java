package dev.rtel.openrouter;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A model behind {@code POST /chat/completions}; one HTTP call an attempt. */
final class ChatModel implements Model {
    private final String id;
    private final Endpoint endpoint;
    private final ChatSettings settings;
    private final Clock clock;
    private final HttpTransport transport;

    /** Address and headers, which are the same for every call; copied, never changed. */
    private final HttpRequest.Builder template;

    /**
     * A model.
     *
     * @param id model id sent to the server
     * @param endpoint where, with which key
     * @param headers further request headers
     * @param clock against which deadlines and absolute retry hints are read
     * @param transport sends
     */
    ChatModel(
            String id,
            Endpoint endpoint,
            ChatSettings settings,
            Map<String, String> headers,
            Clock clock,
            HttpTransport transport) {
        this.id = id;
        this.endpoint = endpoint;
        this.settings = settings;
        this.clock = clock;
        this.transport = transport;
        this.template = endpoint.request(
                        "/chat/completions",
                        settings.stream() ? "text/event-stream, application/json" : "application/json")
                .header("Content-Type", "application/json");
        headers.forEach(template::header);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Completion complete(CompletionRequest request, AttemptContext context) throws InterruptedException {
        if (settings.keyRequired() && endpoint.key().isEmpty() && !endpoint.local()) {
            throw new ModelException.RunFatal(
                    "no API key: " + endpoint.keyName()
                            + " was found neither in the environment nor in .env nor in a key file; set it, e.g. export "
                            + endpoint.keyName() + "=<your key>",
                    ModelException.Details.of("authentication").free(),
                    null);
        }
        String json = PlainJson.write(ChatBody.of(id, request, context, settings));
        Duration limit = Duration.between(clock.instant(), context.deadline());
        limit = limit.compareTo(request.timeout()) < 0 ? limit : request.timeout();
        if (limit.isNegative() || limit.isZero()) {
            throw new ModelException.Transient(
                    "the deadline of the attempt passed before it was sent",
                    ModelException.Details.of("timeout").free(),
                    null);
        }
        ChatExchange exchange = new ChatExchange(endpoint, context, settings.stream());
        try {
            transport.send(template.copy().POST(exchange.sending(json)), limit, exchange);
        } catch (InterruptedException e) {
            exchange.tellOnLeaving();
            throw e;
        } catch (TimeoutException | IOException e) {
            exchange.throwListenerFailure();
            if (!exchange.complete()) {
                throw failed(exchange, limit, e);
            }
        }
        exchange.throwListenerFailure();
        return exchange.read(clock.instant());
    }

    private ModelException failed(ChatExchange exchange, Duration limit, Exception cause) {
        String type = cause instanceof TimeoutException || cause instanceof HttpConnectTimeoutException
                ? "timeout"
                : "connection";
        ModelException.Details told = told(exchange);
        ModelException.Details details = new ModelException.Details(
                type,
                told.status(),
                Optional.empty(),
                false,
                told.provider(),
                exchange.generationId(),
                told.usage(),
                exchange.requestSent() ? ModelException.Charge.UNKNOWN : ModelException.Charge.FREE,
                told.raw());
        return new ModelException.Transient(endpoint.redact(message(limit, cause)), details, cause);
    }

    /** What a stream had told before it broke off; nothing for a reply in one piece, which is worth nothing in part. */
    private ModelException.Details told(ChatExchange exchange) {
        if (exchange.cameAsStream()) {
            try {
                exchange.read(clock.instant());
            } catch (ModelException e) {
                return e.details();
            }
        }
        return ModelException.Details.of("connection");
    }

    private String message(Duration limit, Exception cause) {
        if (cause instanceof TimeoutException) {
            String seconds = BigDecimal.valueOf(limit.toMillis(), 3)
                    .setScale(1, RoundingMode.HALF_UP)
                    .toPlainString();
            return "no whole reply from " + endpoint.base() + " within " + seconds + " s";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "no connection to " + endpoint.base() + " within the connect timeout";
        }
        return "the connection to " + endpoint.base() + " failed: " + reason(cause);
    }

    private static String reason(Exception e) {
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "connection refused"; // the JDK's client gives no message
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public String toString() {
        return "ChatModel[" + id + " at " + endpoint.base() + "]";
    }
}
