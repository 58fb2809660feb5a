package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.simulator.Simulator;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.StoreException;
import dev.rtel.store.sqlite.SqliteResultStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run against a simulator of its own, killed again and again at random moments, each time resumed. */
final class KilledRun implements AutoCloseable {
    private static final Duration LATENCY = Duration.ofMillis(40);
    private static final int MOST_LINES_AHEAD = 60;
    private static final int MOST_MILLIS = 2500;

    private final SplittableRandom random;
    private final Program program;
    private final Simulator simulator = Simulator.start(Demo.simulator(LATENCY).build());
    private final Path results;
    private final Path store;
    private final List<String> options;
    private final List<Kill> kills = new ArrayList<>();

    /**
     * What a kill left in the store.
     *
     * @param moment how the moment was chosen
     * @param attempts ids of all attempts that were written
     * @param paid trials whose completion was durable
     */
    record Kill(String moment, Set<String> attempts, Set<TrialKey> paid) {}

    /** @param code whether model-written code is run */
    KilledRun(Path folder, SplittableRandom random, boolean code) {
        this.random = random;
        Program plain = Program.in(folder).with("OPENROUTER_API_KEY", "planted");
        this.program = code ? plain.with("RTEL_ALLOW_UNSAFE_CODE", "yes") : plain;
        this.results = folder.resolve("results");
        this.store = folder.resolve("rtel.db");
        this.options = new ArrayList<>(
                List.of("--store", store.toString(), "--out", results.toString(), "--max-cost", "none"));
        if (code) {
            options.addAll(List.of("--code-sandbox", "unsafe"));
        }
    }

    List<Kill> kills() {
        return kills;
    }

    Simulator simulator() {
        return simulator;
    }

    /** The result folder of the only run there is. */
    Path resultFolder() {
        return results.resolve(run().orElseThrow().plan().runId());
    }

    List<Attempt> attempts() {
        try (ResultStore open = SqliteResultStore.openReadOnly(store)) {
            return open.attempts(run().orElseThrow().plan().runId());
        }
    }

    /** Runs to the end without a kill, or goes on with what is there. */
    Program.Finished toTheEnd() {
        try (Program.Running running = startOrResume()) {
            return running.await().withExit(0);
        }
    }

    /** Starts or resumes and kills at a random moment; false if the process was done before that. */
    boolean killOnce() {
        int billed = simulator.bill().lines().size();
        try (Program.Running running = startOrResume()) {
            String moment = awaitRandomMoment(running, billed);
            boolean killed = running.alive();
            Program.Finished ended = running.kill();
            if (!killed) {
                ended.withExit(0);
                return false;
            }
            kills.add(look(moment));
            return true;
        }
    }

    private String awaitRandomMoment(Program.Running running, int billed) {
        int kind = random.nextInt(100);
        if (kind < 50) {
            int lines = billed + 1 + random.nextInt(MOST_LINES_AHEAD);
            running.poll(() -> simulator.bill().lines().size() >= lines);
            return "at bill line " + lines;
        }
        if (kind < 85) {
            int millis = 150 + random.nextInt(MOST_MILLIS);
            long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
            running.poll(() -> System.nanoTime() >= end);
            return millis + " ms after the start";
        }
        running.poll(() ->
                run().map(r -> Files.exists(results.resolve(r.plan().runId()))).orElse(false));
        return "when results were being written";
    }

    private Program.Running startOrResume() {
        List<String> command = new ArrayList<>();
        Optional<StoredRun> run = run();
        if (run.isPresent()) {
            // by name: a run may have been killed after its last trial, while its results were being written
            command.addAll(List.of("resume", run.get().plan().runId()));
        } else {
            assertThat(simulator.bill().lines())
                    .as("bill lines of a run that the store has never heard of")
                    .isEmpty();
            command.addAll(List.of(
                    "run",
                    "--base-url",
                    simulator.baseUri().toString(),
                    "--roster",
                    Demo.quickRoster(program.scratch()).toString(),
                    "--yes"));
        }
        command.addAll(options);
        return program.start(command.toArray(String[]::new));
    }

    private Optional<StoredRun> run() {
        if (!Files.exists(store)) {
            return Optional.empty();
        }
        try (ResultStore open = SqliteResultStore.openReadOnly(store)) {
            List<StoredRun> runs = open.runs();
            assertThat(runs).as("runs in the store").hasSizeLessThanOrEqualTo(1);
            return runs.stream().findFirst();
        } catch (StoreException e) {
            return Optional.empty(); // killed while the store was being made
        }
    }

    private Kill look(String moment) {
        Optional<StoredRun> run = run();
        if (run.isEmpty()) {
            return new Kill(moment, Set.of(), Set.of());
        }
        String id = run.get().plan().runId();
        try (ResultStore open = SqliteResultStore.openReadOnly(store)) {
            Set<TrialKey> paid = new HashSet<>();
            try (Stream<TrialRecord> records = open.trials(id, ResultStore.Projection.WITHOUT_RAW)) {
                records.filter(r -> r.completion().isPresent()).forEach(r -> paid.add(r.key()));
            }
            return new Kill(
                    moment, open.attempts(id).stream().map(Attempt::id).collect(Collectors.toSet()), Set.copyOf(paid));
        }
    }

    @Override
    public void close() {
        simulator.close();
    }

    @Override
    public String toString() {
        return "killed " + kills.stream().map(Kill::moment).toList();
    }
}
