package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.Rtel;
import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunState;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.RunSummary;
import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import dev.rtel.simulator.Storm;
import dev.rtel.simulator.WaitHint;
import dev.rtel.spi.ResultStore;
import dev.rtel.store.sqlite.SqliteResultStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One provider refuses everything again and again, over HTTP: it is waited for as long as it asks, hardly longer, and the
 * calls to another provider on the same account do not notice.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StormTest {
    private static final int SAMPLES = 120;
    private static final Duration LENGTH = Duration.ofSeconds(2);
    private static final Duration EVERY = Duration.ofSeconds(4);
    private static final String STORMY = "lab/stormy";
    private static final String CALM = "lab/calm";

    @TempDir
    Path folder;

    /** A time without answers: from the first refusal to the next call that was taken. */
    private record Wait(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    private static SimulatorConfig.Builder config() {
        SimulatorScript.Builder script = SimulatorScript.builder()
                .sample("sum", "What is 30 + 12", "math", "Final answer: 42", "Final answer: 41");
        for (String id : List.of(STORMY, CALM)) {
            script.model(ModelProfile.builder(id)
                    .accuracy(1)
                    .providerName(id.substring("lab/".length()) + "-cloud")
                    .latency(Duration.ofMillis(150), Duration.ZERO)
                    .build());
        }
        return SimulatorConfig.builder(script.build());
    }

    @ParameterizedTest
    @EnumSource(names = {"RETRY_AFTER", "RESET_HEADER", "RESET_METADATA", "DISAGREEING"})
    void aStormIsWaitedForAsLongAsItAsksAndSlowsNoOtherProvider(WaitHint hint) throws Exception {
        Duration undisturbed = calmTime(attempts("calm.db", config()));
        Storm storm = Storm.of("stormy-cloud", LENGTH)
                .withAfter(Duration.ofMillis(700))
                .withEvery(EVERY)
                .withHint(hint);

        List<Attempt> attempts = attempts("storm.db", config().storm(storm));

        assertThat(calmTime(attempts))
                .as("time of the provider without storms, alone %s", undisturbed)
                .isLessThan(undisturbed.multipliedBy(110).dividedBy(100));
        List<Attempt> calls = of(attempts, STORMY);
        List<Wait> waits = waits(calls);
        assertThat(waits).as("storms met").hasSizeGreaterThanOrEqualTo(2);
        Duration waited = waits.stream().map(Wait::length).reduce(Duration.ZERO, Duration::plus);
        Instant begin = calls.get(0).sentAt().plus(storm.after());
        Duration asked = waits.stream().map(w -> asked(begin, w, hint)).reduce(Duration.ZERO, Duration::plus);
        assertThat((double) waited.toMillis() / asked.toMillis())
                .as("waited %s where %s were asked for, in %s", waited, asked, waits)
                .isBetween(0.97, 1.1); // a request takes some milliseconds to the clock that begins the storms
    }

    /** What the first refusal of a storm asked for. */
    private static Duration asked(Instant begin, Wait wait, WaitHint hint) {
        long into = Duration.between(begin, wait.from()).toMillis() % EVERY.toMillis();
        Duration left = LENGTH.minusMillis(into);
        boolean wholeSeconds = hint == WaitHint.RETRY_AFTER || hint == WaitHint.DISAGREEING;
        return wholeSeconds ? Duration.ofSeconds(left.plusMillis(999).toSeconds()) : left;
    }

    private static List<Wait> waits(List<Attempt> calls) {
        List<Wait> waits = new ArrayList<>();
        Instant refused = null;
        for (Attempt call : calls) {
            boolean taken = call.end().orElseThrow().failure().isEmpty();
            if (!taken && refused == null) {
                refused = call.sentAt();
            } else if (taken && refused != null) {
                // what was sent before the storm and answered in it ends no wait
                if (Duration.between(refused, call.sentAt()).toMillis() > 200) {
                    waits.add(new Wait(refused, call.sentAt()));
                    refused = null;
                }
            }
        }
        return waits;
    }

    private static Duration calmTime(List<Attempt> attempts) {
        List<Attempt> calls = of(attempts, CALM);
        return Duration.between(
                calls.get(0).sentAt(), calls.get(calls.size() - 1).sentAt());
    }

    private static List<Attempt> of(List<Attempt> attempts, String model) {
        return attempts.stream()
                .filter(attempt -> attempt.trial().model().equals(model))
                .sorted(Comparator.comparing(Attempt::sentAt))
                .toList();
    }

    private List<Attempt> attempts(String store, SimulatorConfig.Builder config) throws Exception {
        try (Simulator simulator = Simulator.start(config.build());
                Rtel rtel = Rtel.builder()
                        .discoverProviders()
                        .secrets(name -> Optional.of(new Secret("planted-key-0123456789")))
                        .store(SqliteResultStore.open(folder.resolve(store)))
                        .build()) {
            RunSummary summary = rtel.run(spec(simulator));
            assertThat(summary.state()).isEqualTo(RunState.FINISHED);
            assertThat(summary.progress().passed()).isEqualTo(2 * SAMPLES);
            try (ResultStore open = SqliteResultStore.openReadOnly(folder.resolve(store))) {
                return open.attempts(summary.plan().runId());
            }
        }
    }

    private static RunSpec spec(Simulator simulator) {
        Config client = Config.of("test", Map.of("base_url", simulator.baseUri().toString()));
        List<ModelEntry> entries = Stream.of(STORMY, CALM)
                .map(id -> ModelEntry.of(id, "openrouter", Map.of()).withClient("openrouter", client))
                .toList();
        return RunSpec.builder()
                .roster(new Roster("storms", entries, Map.of()))
                .task(Sums.of(SAMPLES))
                .limits(new Limits(
                        8, 3, Duration.ofSeconds(20), Optional.empty(), OptionalLong.empty(), OptionalInt.empty()))
                .build();
    }
}
