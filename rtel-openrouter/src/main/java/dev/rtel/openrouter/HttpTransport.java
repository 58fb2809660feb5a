package dev.rtel.openrouter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Sends one request and waits for the whole reply within a total deadline. HTTP/1.1 is pinned because the JDK client
 * fails calls beyond the server's HTTP/2 stream limit (JDK-8225647); redirects are not followed, so that a key never
 * travels to another host. Thread-safe.
 */
final class HttpTransport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1); // keeps nanoseconds within a long

    /** One client for the life of the process: the JDK client of Java 17 cannot be closed. */
    static final HttpTransport SHARED = new HttpTransport();

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
     * A whole reply.
     *
     * @param status HTTP status
     * @param headers by lower-case name, the first value of each
     * @param body as UTF-8
     * @param time request sent to last byte
     */
    record Reply(int status, Map<String, String> headers, String body, Duration time) {}

    static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("Accept", "application/json").header("User-Agent", "rtel");
    }

    /**
     * Sends; blocks until the last byte is there.
     *
     * @param limit total time, the body included
     * @param onHeaders told on the calling thread once the headers are there
     * @throws TimeoutException if the limit has passed
     * @throws IOException if the connection failed
     * @throws InterruptedException if the thread was interrupted; the call is cancelled
     */
    Reply send(HttpRequest request, Duration limit, Consumer<Map<String, String>> onHeaders)
            throws IOException, TimeoutException, InterruptedException {
        long start = System.nanoTime();
        long end = start + (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
        CompletableFuture<Map<String, String>> headers = new CompletableFuture<>();
        CompletableFuture<HttpResponse<byte[]>> whole = client.sendAsync(request, info -> {
            headers.complete(lowerCase(info.headers().map()));
            return new CappedBody();
        });
        // a failure before the headers must wake the caller too
        var unused = whole.whenComplete((reply, error) -> headers.complete(Map.of()));
        boolean done = false;
        try {
            Map<String, String> early = headers.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!early.isEmpty()) {
                onHeaders.accept(early);
            }
            HttpResponse<byte[]> reply = whole.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            done = true;
            return new Reply(
                    reply.statusCode(),
                    lowerCase(reply.headers().map()),
                    new String(reply.body(), StandardCharsets.UTF_8),
                    time);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            if (!done) {
                whole.cancel(true);
            }
        }
    }

    private static Map<String, String> lowerCase(Map<String, List<String>> headers) {
        Map<String, String> map = new TreeMap<>();
        headers.forEach((name, values) -> {
            if (!values.isEmpty()) {
                map.putIfAbsent(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return map;
    }
}
