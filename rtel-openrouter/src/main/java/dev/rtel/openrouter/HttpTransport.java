package dev.rtel.openrouter;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends one request and waits for the whole reply within a total deadline. HTTP/1.1 is pinned because the JDK client
 * fails calls beyond the server's HTTP/2 stream limit (JDK-8225647); redirects are not followed, so that a key never
 * travels to another host. The blocking call is used because {@code sendAsync} ends each call on the common pool, which
 * on a machine of two cores is a new thread a call. Thread-safe.
 */
final class HttpTransport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1); // keeps nanoseconds within a long

    /** One client for the life of the process: the JDK client of Java 17 cannot be closed. */
    static final HttpTransport SHARED = new HttpTransport();

    private final Watch watch = new Watch();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(new DeferredTls())
            .sslParameters(DeferredTls.parameters())
            .executor(daemons())
            .build();

    private HttpTransport() {}

    private static Executor daemons() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "rtel-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Sends; blocks until the last byte is there.
     *
     * @param limit total time, the body included
     * @param exchange what the reply is collected in; whatever the outcome, it holds what had come
     * @throws TimeoutException if the limit has passed; the connection is closed
     * @throws HttpConnectTimeoutException if there was no connection within the connect timeout
     * @throws IOException if the connection failed
     * @throws InterruptedException if the thread was interrupted; the connection is closed
     */
    void send(HttpRequest.Builder request, Duration limit, Exchange exchange)
            throws IOException, TimeoutException, InterruptedException {
        Duration bounded = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
        exchange.begin(watch, System.nanoTime(), bounded);
        try {
            client.send(request.timeout(bounded).build(), exchange);
        } catch (HttpConnectTimeoutException e) {
            throw e;
        } catch (HttpTimeoutException e) {
            throw (TimeoutException) new TimeoutException("no headers within the limit").initCause(e);
        } catch (IOException e) {
            if (exchange.timedOut()) {
                throw (TimeoutException) new TimeoutException("no whole body within the limit").initCause(e);
            }
            throw e;
        } finally {
            exchange.finish(System.nanoTime());
        }
    }
}
