package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class ShutdownTest {
    @Test
    void closingEndsEveryThreadWhateverIsGoingOn() throws Exception {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .latency(Duration.ofHours(1))
                .fault(Fault.of(FaultKind.STALL).onModel(Scripts.PLAIN))
                .build();
        ObjectNode request = ApiClient.body(Scripts.THINKER, "question number 1.");
        List<Thread> own = new ArrayList<>();
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        InputStream stream;
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            stream = client.open(request);
            waiting.add(client.postLater(request));
            waiting.add(client.postLater(ApiClient.body(Scripts.PLAIN, "hi")));
            Polling.until(() -> simulator.stats().peakConcurrency() == 3);
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread) && isServer(thread))
                    .forEach(own::add);
        }
        assertThat(own).hasSizeGreaterThanOrEqualTo(4);
        for (Thread thread : own) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        assertThat(waiting).allSatisfy(reply -> assertThat(reply).failsWithin(Duration.ofSeconds(10)));
        stream.close();
    }

    private static boolean isServer(Thread thread) {
        String name = thread.getName();
        return name.startsWith("rtel-simulator-") || name.equals("HTTP-Dispatcher") || name.equals("idle-timeout-task");
    }
}
