package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.simulator.BillLine;
import dev.rtel.simulator.ChaosProfile;
import dev.rtel.simulator.GenerationPolicy;
import dev.rtel.simulator.GenerationShape;
import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.ReasoningMode;
import dev.rtel.simulator.ReasoningText;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.StoreException;
import dev.rtel.store.sqlite.SqliteResultStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault at once, 64 calls at a time, the process killed three times at random: no trial is lost, and the provider's
 * bill is the run's own ledger, line by line. The number of trials is the system property {@code rtel.soak}, the seed
 * {@code rtel.seed}.
 */
@Timeout(value = 15, unit = java.util.concurrent.TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChaosSoakTest {
    private static final int TRIALS = Integer.getInteger("rtel.soak", 400);
    private static final long SEED = Long.getLong("rtel.seed", 20_261_125L);
    private static final int KILLS = 3;
    private static final int CONCURRENCY = 64;
    private static final List<String> MODELS = List.of("acme/one", "acme/two", "bolt/three", "bolt/four");

    @TempDir
    Path folder;

    private static SimulatorScript script() {
        SimulatorScript.Builder script = SimulatorScript.builder()
                .sample("sum", "What is 30 + 12", "math", "Final answer: 42", "Final answer: 41");
        for (String id : MODELS) {
            script.model(ModelProfile.builder(id)
                    .accuracy(0.8)
                    .reasoning(ReasoningMode.MANDATORY, 200)
                    .reasoningText(ReasoningText.TEXT)
                    .latency(Duration.ofMillis(60), Duration.ofMillis(20))
                    .prices("0.000001", "0.00001")
                    .build());
        }
        return script.build();
    }

    /** Records come late, in every shape and for some never; none lies about the bill, which is the measure here. */
    private static GenerationPolicy records() {
        GenerationPolicy policy = GenerationPolicy.after(Duration.ofMillis(200)).withHiddenPolls(1);
        for (GenerationShape shape : GenerationShape.values()) {
            boolean honest = shape != GenerationShape.FULL && shape != GenerationShape.COST_DIFFERS;
            policy = honest ? policy.withShare(shape, 0.03) : policy;
        }
        return policy;
    }

    private static SimulatorConfig config() {
        return SimulatorConfig.builder(script())
                .seed(SEED)
                .chaos(ChaosProfile.EVERYTHING, Duration.ofSeconds(4))
                .generation(records())
                .build();
    }

    private Program program(Simulator simulator) throws IOException {
        Program program = Program.in(folder).with("OPENROUTER_API_KEY", "planted-key-0123456789");
        StringBuilder roster = new StringBuilder("roster: soak\ndefaults: {max_tokens: 4000}\nmodels:\n");
        for (int i = 0; i < MODELS.size(); i++) {
            roster.append("  - {id: ")
                    .append(MODELS.get(i))
                    .append(", settings: {base_url: \"")
                    .append(simulator.baseUri())
                    .append("\", generation_delays: \"100ms,300ms,700ms,1500ms,3s\", stream: ")
                    .append(i % 2 == 0)
                    .append("}}\n");
        }
        Files.writeString(program.directory().resolve("roster.yaml"), roster);
        StringBuilder task = new StringBuilder(
                "task: sums\nversion: \"1\"\ncategory: math\ngrader: {name: exact-numeric}\nsamples:\n");
        for (int i = 0; i < TRIALS / MODELS.size(); i++) {
            task.append("  - {id: s")
                    .append(i)
                    .append(", input: \"What is 30 + 12? (")
                    .append(i)
                    .append(")\", target: \"42\"}\n");
        }
        Files.writeString(program.directory().resolve("task.yaml"), task);
        return program;
    }

    private static final String[] LIMITS = {
        "--concurrency",
        "" + CONCURRENCY,
        "--max-cost",
        "none",
        "--timeout",
        "3s",
        "--retries",
        "6",
        "--max-errors",
        "1",
        "--quiet"
    };

    private String[] command() {
        Optional<StoredRun> run = run();
        List<String> command = new ArrayList<>(
                run.isPresent()
                        ? List.of("resume", run.get().plan().runId())
                        : List.of("run", "--roster", "roster.yaml", "--task", "task.yaml", "--yes"));
        command.addAll(List.of(LIMITS));
        return command.toArray(String[]::new);
    }

    private Path store() {
        return folder.resolve("work/.rtel/rtel.db");
    }

    private Optional<StoredRun> run() {
        if (!Files.exists(store())) {
            return Optional.empty();
        }
        try (ResultStore open = SqliteResultStore.openReadOnly(store())) {
            return open.runs().stream().findFirst();
        } catch (StoreException e) {
            return Optional.empty(); // killed while the store was being made
        }
    }

    @Test
    void nothingIsLostAndTheBillIsTheLedger() throws Exception {
        var random = new SplittableRandom(SEED);
        try (Simulator simulator = Simulator.start(config())) {
            Program program = program(simulator);
            for (int kill = 0; kill < KILLS; kill++) {
                int lines = (kill + 1) * TRIALS / (KILLS + 2) + random.nextInt(Math.max(1, TRIALS / 10));
                try (Program.Running running = program.start(command())) {
                    running.awaitThat(
                            "kill " + kill + " at bill line " + lines,
                            () -> simulator.bill().lines().size() >= lines);
                    running.kill();
                }
            }
            try (Program.Running running = program.start(command())) {
                running.await().withExit(0);
            }
            assertThat(simulator.stats().peakConcurrency()).isLessThanOrEqualTo(CONCURRENCY);
            check(simulator.bill().lines());
        }
    }

    private void check(List<BillLine> bill) {
        String runId = run().orElseThrow().plan().runId();
        List<TrialRecord> records;
        List<Attempt> attempts;
        try (ResultStore open = SqliteResultStore.openReadOnly(store())) {
            attempts = open.attempts(runId);
            try (Stream<TrialRecord> stream = open.trials(runId, ResultStore.Projection.WITHOUT_RAW)) {
                records = stream.toList();
            }
        }
        assertThat(records).as("trials with an outcome").hasSize(TRIALS);
        assertThat(records.stream().filter(r -> r.outcome() instanceof Outcome.Completed))
                .as("paid for and never graded")
                .isEmpty();
        long scored = records.stream()
                .filter(r -> r.outcome() instanceof Outcome.Scored)
                .count();
        assertThat(scored).as("trials that ended well").isGreaterThan(TRIALS * 8L / 10);

        Map<String, Attempt> byId = new HashMap<>();
        attempts.forEach(attempt -> byId.put(attempt.id(), attempt));
        Set<String> unknown =
                Attempt.unknown(attempts).stream().map(Attempt::id).collect(Collectors.toCollection(HashSet::new));
        int known = 0;
        for (BillLine line : bill) {
            String id = line.attemptId().orElseThrow();
            Attempt attempt = byId.get(id);
            assertThat(attempt).as("the booked attempt of bill line %s", line).isNotNull();
            if (!unknown.contains(id)) {
                assertThat(attempt.end().flatMap(Attempt.End::costUsd).orElseThrow())
                        .as("cost of %s, billed as %s", attempt, line)
                        .isEqualByComparingTo(line.cost());
                known++;
            }
        }
        Set<String> billed =
                bill.stream().map(line -> line.attemptId().orElseThrow()).collect(Collectors.toSet());
        assertThat(billed).as("one bill line an attempt").hasSameSizeAs(bill);
        for (Attempt attempt : attempts) {
            BigDecimal cost = attempt.end().flatMap(Attempt.End::costUsd).orElse(BigDecimal.ZERO);
            assertThat(cost.signum() == 0 || billed.contains(attempt.id()))
                    .as("a cost that nobody billed: %s", attempt)
                    .isTrue();
        }
        System.err.println("soak: " + TRIALS + " trials, " + scored + " scored, " + attempts.size() + " attempts, "
                + bill.size() + " billed, " + known + " of them with the same cost, " + (bill.size() - known)
                + " listed as unknown, " + KILLS + " kills");
        assertThat(bill.size() - known)
                .as("lost with a kill, or told by nobody")
                .isLessThanOrEqualTo(KILLS * CONCURRENCY + bill.size() / 10);
    }
}
