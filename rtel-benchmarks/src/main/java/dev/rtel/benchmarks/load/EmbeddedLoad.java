package dev.rtel.benchmarks.load;

import dev.rtel.Rtel;
import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.RunState;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.Task;
import dev.rtel.store.sqlite.SqliteResultStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * RTEL embedded, doing all it does for a trial: completion, billing record, accounting, grade, durable store. Usage:
 * {@code EmbeddedLoad BASE_URL TRIALS CONCURRENCY LATENCY_MS LAG_MS WARM_UP STORE_FILE}.
 */
public final class EmbeddedLoad {
    private final String baseUrl;
    private final int concurrency;
    private final Rtel rtel;

    private EmbeddedLoad(String baseUrl, int concurrency, Rtel rtel) {
        this.baseUrl = baseUrl;
        this.concurrency = concurrency;
        this.rtel = rtel;
    }

    /** Sums that all have the same answer. */
    private record Sums(List<Sample> samples) implements Task {
        static Sums of(int count) {
            return new Sums(IntStream.range(0, count)
                    .mapToObj(i -> Sample.of("s" + i, "What is 30 + 12? (" + i + ")", Target.of("42")))
                    .toList());
        }

        @Override
        public String name() {
            return "sums";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public ComponentSpec grader() {
            return ComponentSpec.of("exact-numeric");
        }
    }

    /** Warms up, then runs once more with fresh figures at the server; fails unless every trial passed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int trials = Integer.parseInt(arguments[1]);
        int warmUp = Integer.parseInt(arguments[5]);
        try (Rtel rtel = Rtel.builder()
                .discoverProviders()
                .secrets(name -> Optional.of(new Secret("load-key-0123456789")))
                .store(SqliteResultStore.open(Path.of(arguments[6])))
                .build()) {
            var load = new EmbeddedLoad(arguments[0], Integer.parseInt(arguments[2]), rtel);
            if (warmUp > 0) {
                load.run(warmUp);
            }
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            arguments[0] + "/reset?latency=" + arguments[3] + "&lag=" + arguments[4]))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.discarding());
            load.run(trials);
        }
    }

    private void run(int trials) throws InterruptedException {
        Config client = Config.of("load", Map.of("base_url", baseUrl));
        ModelEntry entry = ModelEntry.of("load/model", "openrouter", Map.of("max_tokens", 16_000L))
                .withClient("openrouter", client);
        RunSummary summary = rtel.run(RunSpec.builder()
                .roster(Roster.of("load", entry))
                .task(Sums.of(trials))
                .limits(new Limits(
                        concurrency,
                        3,
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalInt.empty()))
                .build());
        if (summary.state() != RunState.FINISHED || summary.progress().passed() != trials) {
            throw new IllegalStateException("not every trial passed: " + summary.progress());
        }
    }
}
