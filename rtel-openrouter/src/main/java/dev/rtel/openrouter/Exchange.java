package dev.rtel.openrouter;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One request and its reply, whose body of limited size is collected as it comes. Used once. The connection's threads
 * fill it, {@link Watch} ends it, the caller reads it when {@link HttpTransport#send} is over.
 */
class Exchange implements BodyHandler<Exchange>, BodySubscriber<Exchange> {
    /** A broken server must not fill the heap. */
    static final int LIMIT_BYTES = 64 << 20;

    private static final int FIRST_BYTES = 8 << 10;
    private static final int TRUSTED_LENGTH = 1 << 20;
    private final CompletableFuture<Exchange> whole = new CompletableFuture<>();
    private volatile @Nullable ResponseInfo info;
    private volatile boolean requestSent;
    private volatile long headersAt;
    private @Nullable Watch watch;
    private long start;
    private long deadline;
    private long end;

    // the following under this object's monitor
    private byte[] bytes = new byte[0];
    private int length;
    private boolean closed;
    private boolean timedOut;
    private Flow.@Nullable Subscription subscription;

    /** Tells the time of the start and the latest end, in nanoseconds. */
    final void begin(Watch watching, long now, Duration limit) {
        watch = watching;
        start = now;
        deadline = now + limit.toNanos();
    }

    /** Tells that nobody waits any more; nothing is changed or told afterwards. */
    void finish(long now) {
        close();
        end = now;
        if (watch != null) {
            watch.forget(this);
        }
    }

    /** Returns the body to send; that it was asked for shows that there is a connection and the headers are out. */
    final BodyPublisher sending(String json) {
        BodyPublisher publisher = BodyPublishers.ofString(json);
        return new BodyPublisher() {
            @Override
            public long contentLength() {
                return publisher.contentLength();
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                requestSent = true;
                publisher.subscribe(subscriber);
            }
        };
    }

    @Override
    public final BodySubscriber<Exchange> apply(ResponseInfo given) {
        headersAt = System.nanoTime();
        synchronized (this) {
            info = given;
            onHeaders(given);
        }
        if (watch != null) {
            watch.add(this);
        }
        return this;
    }

    /** Told once, before the body; under the monitor. */
    void onHeaders(ResponseInfo given) {}

    /**
     * Told each piece of the body; under the monitor.
     *
     * @return whether more of the body is wanted
     */
    boolean onBytes(byte[] array, int from, int count) {
        return true;
    }

    @Override
    public final CompletionStage<Exchange> getBody() {
        return whole;
    }

    @Override
    public final void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        given.request(Long.MAX_VALUE);
    }

    @Override
    public final void onNext(List<ByteBuffer> buffers) {
        boolean tooLarge = false;
        boolean enough = false;
        synchronized (this) {
            for (int i = 0; i < buffers.size() && !closed && !tooLarge && !enough; i++) {
                ByteBuffer buffer = buffers.get(i);
                int count = buffer.remaining();
                tooLarge = count > LIMIT_BYTES - length;
                if (!tooLarge) {
                    grow(length + count);
                    buffer.get(bytes, length, count);
                    length += count;
                    enough = !onBytes(bytes, length - count, count);
                }
            }
        }
        // outside the monitor: ending calls back
        if (tooLarge) {
            fail(new IOException("the body is larger than " + LIMIT_BYTES + " bytes"));
        } else if (enough) {
            endEarly();
        }
    }

    private void grow(int needed) {
        if (needed <= bytes.length) {
            return;
        }
        ResponseInfo told = info;
        long announced = bytes.length > 0 || told == null
                ? 0
                : told.headers().firstValueAsLong("content-length").orElse(0);
        int size = announced > 0 && announced <= TRUSTED_LENGTH
                ? (int) announced
                : (int) Math.min(LIMIT_BYTES, Math.max(FIRST_BYTES, 2L * bytes.length));
        bytes = Arrays.copyOf(bytes, Math.max(needed, size));
    }

    @Override
    public final void onError(Throwable error) {
        close();
        whole.completeExceptionally(error);
    }

    @Override
    public final void onComplete() {
        close();
        whole.complete(this);
    }

    /** Gives up: the caller gets the error, the connection is closed. */
    final void fail(IOException error) {
        if (close()) {
            whole.completeExceptionally(error);
            hangUp();
        }
    }

    /** Ends with what there is; the connection is closed. */
    final void endEarly() {
        if (close()) {
            whole.complete(this);
            hangUp();
        }
    }

    private synchronized boolean close() {
        boolean was = closed;
        closed = true;
        return !was;
    }

    private void hangUp() {
        Flow.Subscription open;
        synchronized (this) {
            open = subscription;
        }
        if (open != null) {
            open.cancel();
        }
    }

    /** Looks whether something is due; told now and then while the body comes. */
    void look(long now) {
        boolean late = now - deadline >= 0;
        boolean over;
        synchronized (this) {
            over = closed;
            timedOut |= late && !over;
        }
        if (over && watch != null) {
            watch.forget(this); // the caller was gone before the headers came
        } else if (late) {
            fail(new IOException("the deadline has passed"));
        }
    }

    /** Returns the time since the headers came. */
    final long nanosSinceHeaders(long now) {
        return now - headersAt;
    }

    /** Whether the deadline passed before the body was whole. */
    final synchronized boolean timedOut() {
        return timedOut;
    }

    /** Whether any of the request's body was handed to the connection: before that the server cannot have acted on it. */
    final boolean requestSent() {
        return requestSent;
    }

    /** Returns the HTTP status, 0 while there is none. */
    final int status() {
        ResponseInfo told = info;
        return told == null ? 0 : told.statusCode();
    }

    /** Returns the response headers by lower-case name; empty while there are none. */
    Map<String, String> headers() {
        ResponseInfo told = info;
        return told == null ? Map.of() : new ReplyHeaders(told.headers(), value -> value);
    }

    /** Returns the body so far as UTF-8. */
    final synchronized String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Returns when the request was handed over, on the clock of {@link System#nanoTime}. */
    final long start() {
        return start;
    }

    /** Returns the time from request sent to last byte. */
    final Duration time() {
        return Duration.ofNanos(end - start);
    }
}
