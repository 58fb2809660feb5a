package dev.rtel.openrouter;

import dev.rtel.eval.Completion;
import dev.rtel.spi.AttemptContext;
import dev.rtel.wire.ChatReply;
import dev.rtel.wire.ChatStream;
import dev.rtel.wire.SseParser;
import java.io.IOException;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A chat request and its reply. A generation id is told while the body is still to come, once, unless the body follows
 * its headers at once: then it comes with the completion, and nothing is written twice.
 */
final class ChatExchange extends Exchange {
    private static final long EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long the end of a body is waited for once its stream said that it is over; then the server keeps it open. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Endpoint endpoint;
    private final AttemptContext context;
    private final boolean streamed;
    private @Nullable SseParser parser;
    private @Nullable ChatStream stream;
    private volatile Map<String, String> headers = Map.of();
    private volatile @Nullable String idInBody;
    private volatile boolean streamOver;
    private volatile long overAt;

    // the following under this lock, so that nothing is told once the caller has gone on
    private final Object telling = new Object();
    private boolean gone;
    private @Nullable String told;
    private @Nullable RuntimeException listenerFailure;

    ChatExchange(Endpoint endpoint, AttemptContext context, boolean streamed) {
        this.endpoint = endpoint;
        this.context = context;
        this.streamed = streamed;
    }

    @Override
    void onHeaders(ResponseInfo info) {
        headers = new ReplyHeaders(info.headers(), endpoint::redact);
        String type = info.headers().firstValue("content-type").orElse("");
        if (streamed && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            ChatStream begun = new ChatStream(info.statusCode(), headers, System::nanoTime);
            stream = begun;
            parser = new SseParser((name, data) -> begun.event(endpoint.redact(data)));
        }
    }

    @Override
    boolean onBytes(byte[] array, int from, int count) {
        if (parser == null || stream == null) {
            return true;
        }
        try {
            parser.feed(array, from, count);
        } catch (SseParser.TooLargeException e) {
            stream.giveUp(e);
            return false;
        }
        if (idInBody == null) {
            idInBody = stream.generationId().orElse(null);
        }
        if (!streamOver && stream.over()) {
            overAt = System.nanoTime();
            streamOver = true;
        }
        return true;
    }

    @Override
    void look(long now) {
        super.look(now);
        if (streamOver && now - overAt >= GRACE_NANOS) {
            endEarly();
        }
        if (nanosSinceHeaders(now) >= EARLY_NANOS) {
            Optional.ofNullable(idInBody)
                    .or(() -> ChatReply.generationId(headers))
                    .ifPresent(this::tell);
        }
    }

    private void tell(String id) {
        synchronized (telling) {
            if (gone || told != null) {
                return;
            }
            told = id;
            try {
                context.onGenerationId(id);
            } catch (RuntimeException e) {
                listenerFailure = e; // thrown to the caller, who is still waiting
            }
        }
        if (listenerFailure != null) {
            fail(new IOException("the listener of the generation id failed"));
        }
    }

    @Override
    void finish(long now) {
        super.finish(now);
        synchronized (telling) {
            gone = true;
        }
    }

    @Override
    Map<String, String> headers() {
        return headers;
    }

    /** Tells an id that was seen but not told yet: of a call that is given up there is no other trace. */
    void tellOnLeaving() {
        synchronized (telling) {
            if (told == null) {
                told = generationId().orElse(null);
                Optional.ofNullable(told).ifPresent(context::onGenerationId);
            }
        }
    }

    /** Throws what the listener of the generation id threw; called when the exchange is finished. */
    void throwListenerFailure() {
        synchronized (telling) {
            if (listenerFailure != null) {
                throw listenerFailure;
            }
        }
    }

    /** Whether a stream got so far that the loss of the connection takes nothing of it, or told why it failed. */
    boolean complete() {
        return stream != null && (stream.answered() || stream.over());
    }

    /** Whether the reply came as an event stream. */
    boolean cameAsStream() {
        return stream != null;
    }

    /** Returns the generation id as far as it is known. */
    Optional<String> generationId() {
        synchronized (telling) {
            return Optional.ofNullable(told)
                    .or(() -> Optional.ofNullable(idInBody))
                    .or(() -> ChatReply.generationId(headers));
        }
    }

    /**
     * Reads the reply, with latency and times to first token.
     *
     * @throws dev.rtel.spi.ModelException if it is no completion
     */
    Completion read(Instant now) {
        String body = endpoint.redact(text());
        if (stream == null || parser == null) {
            return ChatReply.read(status(), headers, body, now).toBuilder()
                    .latency(time())
                    .build();
        }
        try {
            parser.end();
        } catch (SseParser.TooLargeException e) {
            stream.giveUp(e);
        }
        return stream.end(body, now).toBuilder()
                .latency(time())
                .ttft(since(stream.firstToken()))
                .ttftContent(since(stream.firstAnswerToken()))
                .build();
    }

    private @Nullable Duration since(OptionalLong at) {
        return at.isPresent() ? Duration.ofNanos(at.getAsLong() - start()) : null;
    }
}
