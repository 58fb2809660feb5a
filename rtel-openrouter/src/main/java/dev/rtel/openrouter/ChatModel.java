package dev.rtel.openrouter;

import dev.rtel.common.PlainJson;
import dev.rtel.common.Secret;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import dev.rtel.wire.ChatReply;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A model behind {@code POST /chat/completions}; one HTTP call an attempt.
 *
 * @param id model id sent to the server
 * @param endpoint where, with which key
 * @param keyRequired whether calls without a key are refused here; a server on this machine may do without
 * @param headers further request headers
 * @param sendMetadata whether trial and attempt are named in the request's metadata
 * @param clock against which deadlines and absolute retry hints are read
 * @param transport sends
 */
record ChatModel(
        String id,
        Endpoint endpoint,
        boolean keyRequired,
        Map<String, String> headers,
        boolean sendMetadata,
        Clock clock,
        HttpTransport transport)
        implements Model {
    ChatModel {
        headers = Map.copyOf(headers);
    }

    @Override
    public Completion complete(CompletionRequest request, AttemptContext context) throws InterruptedException {
        if (keyRequired && endpoint.key().isEmpty() && !endpoint.local()) {
            throw new ModelException.RunFatal(
                    "no API key: " + endpoint.keyName()
                            + " was found neither in the environment nor in .env nor in a key file; set it, e.g. export "
                            + endpoint.keyName() + "=<your key>",
                    ModelException.Details.of("authentication"),
                    null);
        }
        String json = PlainJson.write(ChatBody.of(id, request, context, sendMetadata));
        HttpRequest.Builder http = HttpTransport.request(endpoint.uri("/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        headers.forEach(http::header);
        endpoint.key().map(Secret::reveal).ifPresent(key -> http.header("Authorization", "Bearer " + key));
        Duration limit = Duration.between(clock.instant(), context.deadline());
        limit = limit.compareTo(request.timeout()) < 0 ? limit : request.timeout();
        EarlyId early = new EarlyId(context, endpoint);
        HttpTransport.Reply reply = send(http.build(), limit, early);
        return read(reply, early);
    }

    /** Passes a generation id on as soon as it is known, once. Used by one thread. */
    private static final class EarlyId implements Consumer<Map<String, String>> {
        private final AttemptContext context;
        private final Endpoint endpoint;
        private Optional<String> told = Optional.empty();

        EarlyId(AttemptContext context, Endpoint endpoint) {
            this.context = context;
            this.endpoint = endpoint;
        }

        @Override
        public void accept(Map<String, String> headers) {
            tell(ChatReply.generationId(headers));
        }

        void tell(Optional<String> id) {
            if (told.isEmpty() && id.isPresent()) {
                told = id.map(endpoint::redact);
                told.ifPresent(context::onGenerationId);
            }
        }
    }

    private Completion read(HttpTransport.Reply reply, EarlyId early) {
        Completion completion;
        try {
            completion = ChatReply.read(
                    reply.status(), redacted(reply.headers()), endpoint.redact(reply.body()), clock.instant());
        } catch (ModelException e) {
            early.tell(e.details().generationId());
            throw e;
        }
        early.tell(completion.generationId());
        return completion.toBuilder().latency(reply.time()).build();
    }

    private Map<String, String> redacted(Map<String, String> replied) {
        Map<String, String> safe = new HashMap<>();
        replied.forEach((name, value) -> safe.put(name, endpoint.redact(value)));
        return safe;
    }

    private HttpTransport.Reply send(HttpRequest request, Duration limit, EarlyId early) throws InterruptedException {
        if (limit.isNegative() || limit.isZero()) {
            throw new ModelException.Transient("timeout", "the deadline of the attempt passed before it was sent");
        }
        try {
            return transport.send(request, limit, early);
        } catch (TimeoutException e) {
            String seconds = BigDecimal.valueOf(limit.toMillis(), 3)
                    .setScale(1, RoundingMode.HALF_UP)
                    .toPlainString();
            throw failed("timeout", "no whole reply from " + endpoint.base() + " within " + seconds + " s", early, e);
        } catch (HttpConnectTimeoutException e) {
            throw failed("timeout", "no connection to " + endpoint.base() + " within the connect timeout", early, e);
        } catch (IOException e) {
            throw failed("connection", "the connection to " + endpoint.base() + " failed: " + reason(e), early, e);
        }
    }

    private ModelException.Transient failed(String type, String message, EarlyId early, Exception cause) {
        ModelException.Details details = ModelException.Details.of(type).withGenerationId(early.told);
        return new ModelException.Transient(endpoint.redact(message), details, cause);
    }

    private static String reason(IOException e) {
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
