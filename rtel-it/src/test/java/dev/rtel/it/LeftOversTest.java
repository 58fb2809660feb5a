package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.Rtel;
import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.eval.RunState;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.RunSummary;
import dev.rtel.simulator.ChaosProfile;
import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import dev.rtel.store.sqlite.SqliteResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that embeds RTEL gets everything back: after runs with every fault on, of which one is stopped in the middle, no
 * thread of a run or a store is left, and no connection to the provider.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeftOversTest {
    private static final List<Path> SOCKETS = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final Set<String> OPEN_STATES = Set.of("01", "08"); // established, close-wait
    private static final int REMOTE = 2;
    private static final int STATE = 3;

    @TempDir
    Path folder;

    @Test
    void nothingIsLeftOfRunsWithEveryFault() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(SOCKETS.get(0)), "SKIPPED: no /proc to see connections in");
        Set<String> before = threads();
        int port;
        try (Simulator simulator = Simulator.start(SimulatorConfig.builder(script())
                .chaos(ChaosProfile.EVERYTHING, Duration.ofSeconds(3))
                .build())) {
            port = simulator.baseUri().getPort();
            try (Rtel rtel = Rtel.builder()
                    .discoverProviders()
                    .secrets(name -> Optional.of(new Secret("planted-key-0123456789")))
                    .store(SqliteResultStore.open(folder.resolve("store.db")))
                    .build()) {
                RunSummary whole = rtel.run(spec(simulator));
                assertThat(whole.state()).isEqualTo(RunState.FINISHED);
                assertThat(connections(port)).as("connections during the test").isNotEmpty();
                stoppedInTheMiddle(rtel, simulator);
            }
        }
        assertThat(soon(() -> {
                    Set<String> left = threads();
                    left.removeAll(before);
                    return left;
                }))
                .as("threads left over")
                .isEmpty();
        assertThat(soon(() -> connections(port))).as("connections left over").isEmpty();
    }

    private static void stoppedInTheMiddle(Rtel rtel, Simulator simulator) throws Exception {
        var prepared = rtel.prepare(spec(simulator));
        long sent = simulator.stats().requests().getOrDefault("POST /chat/completions", 0L);
        Thread stopper = new Thread(() -> {
            while (simulator.stats().requests().get("POST /chat/completions") < sent + 40) {
                Thread.onSpinWait();
            }
            prepared.stop();
        });
        stopper.start();
        assertThat(prepared.execute().state()).isEqualTo(RunState.INTERRUPTED);
        stopper.join();
    }

    private static SimulatorScript script() {
        return SimulatorScript.builder()
                .model(ModelProfile.builder("acme/one")
                        .latency(Duration.ofMillis(20), Duration.ofMillis(10))
                        .build())
                .model(ModelProfile.builder("bolt/two")
                        .latency(Duration.ofMillis(20), Duration.ofMillis(10))
                        .build())
                .sample("sum", "What is 30 + 12", "math", "Final answer: 42", "Final answer: 41")
                .build();
    }

    private static RunSpec spec(Simulator simulator) {
        String url = simulator.baseUri().toString();
        Map<String, Object> whole = Map.of("base_url", url, "generation_delays", "50ms,200ms");
        Map<String, Object> streamed = Map.of("base_url", url, "generation_delays", "50ms,200ms", "stream", true);
        List<ModelEntry> entries = List.of(
                ModelEntry.of("acme/one", "openrouter", Map.of()).withClient("openrouter", Config.of("test", whole)),
                ModelEntry.of("bolt/two", "openrouter", Map.of())
                        .withClient("openrouter", Config.of("test", streamed)));
        return RunSpec.builder()
                .roster(new Roster("all", entries, Map.of()))
                .task(Sums.of(100))
                .limits(new Limits(
                        32, 4, Duration.ofSeconds(1), Optional.empty(), OptionalLong.empty(), OptionalInt.empty()))
                .build();
    }

    /** Those of the one HTTP client belong to the process. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("rtel-") && !name.startsWith("rtel-http-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What this machine has open towards a port. */
    private static Set<String> connections(int port) throws IOException {
        String suffix = ":%04X".formatted(port);
        Set<String> open = new TreeSet<>();
        for (Path file : SOCKETS) {
            if (Files.isReadable(file)) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.map(line -> line.trim().split("\\s+"))
                            .filter(socket -> socket[REMOTE].endsWith(suffix) && OPEN_STATES.contains(socket[STATE]))
                            .forEach(socket -> open.add(socket[1] + " to " + socket[REMOTE]));
                }
            }
        }
        return open;
    }

    /** Asks until nothing is left, for ten seconds. */
    private static Set<String> soon(Callable<Set<String>> left) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Set<String> seen = left.call();
        while (!seen.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
            seen = left.call();
        }
        return seen;
    }
}
