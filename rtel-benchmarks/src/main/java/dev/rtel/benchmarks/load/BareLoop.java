package dev.rtel.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least a client must do: send, take the id out of the reply, read the billing record; nothing is parsed, graded or
 * kept. Usage: {@code BareLoop BASE_URL CALLS CONCURRENCY LATENCY_MS LAG_MS WARM_UP}; a lag below 0 leaves the billing
 * records out.
 */
public final class BareLoop {
    private static final String BODY =
            "{\"model\":\"load/model\",\"messages\":[{\"role\":\"user\",\"content\":\"What is 30"
                    + " + 12? End your reply with exactly one line of the form Final answer.\"}],\"max_tokens\":16000,\"stream\":false}";
    private static final String ID = "\"id\":\"";
    private final String baseUrl;
    private final boolean records;
    private final HttpClient client;

    private BareLoop(String baseUrl, boolean records) {
        this.baseUrl = baseUrl;
        this.records = records;
        AtomicInteger number = new AtomicInteger();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newFixedThreadPool(2, task -> {
                    Thread thread = new Thread(task, "bare-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                }))
                .build();
    }

    /** Warms up, then runs once more with fresh figures at the server. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int calls = Integer.parseInt(arguments[1]);
        int concurrency = Integer.parseInt(arguments[2]);
        int warmUp = Integer.parseInt(arguments[5]);
        var loop = new BareLoop(arguments[0], Long.parseLong(arguments[4]) >= 0);
        if (warmUp > 0) {
            loop.run(warmUp, concurrency);
        }
        loop.client.send(
                HttpRequest.newBuilder(URI.create(arguments[0] + "/reset?latency=" + arguments[3] + "&lag="
                                + Math.max(0, Long.parseLong(arguments[4]))))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        loop.run(calls, concurrency);
    }

    private void run(int calls, int concurrency) throws InterruptedException, ExecutionException {
        AtomicInteger left = new AtomicInteger(calls);
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < concurrency; i++) {
                workers.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        call();
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void call() throws IOException, InterruptedException {
        String reply = client.send(
                        HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer load")
                                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        if (records) {
            int start = reply.indexOf(ID) + ID.length();
            String id = reply.substring(start, reply.indexOf('"', start));
            String record = client.send(
                            HttpRequest.newBuilder(URI.create(baseUrl + "/generation?id=" + id))
                                    .header("Authorization", "Bearer load")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            if (!record.contains("total_cost")) {
                throw new IllegalStateException("no billing record: " + record);
            }
        }
    }
}
