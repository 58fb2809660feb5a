package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.eval.StoredRun;
import dev.rtel.simulator.Fault;
import dev.rtel.simulator.FaultKind;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.spi.ResultStore;
import dev.rtel.store.sqlite.SqliteResultStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What signals do to a running process, and what other processes may do with its store meanwhile. */
final class InterruptionTest {
    private static final String MODEL = "x-ai/grok-4.3@low";
    private static final String STALLED = "math-crt-01";
    private static final int TRIALS = 40;

    @TempDir
    private Path folder;

    private Program program = new Program(Path.of(""), Path.of(""), Map.of(), List.of(), List.of());

    @BeforeEach
    void setUp() {
        Program plain = Program.in(folder).with("OPENROUTER_API_KEY", "planted");
        // under a shell's "&" INT is ignored, and stays so in all that it starts
        program =
                Tools.works("env", "--default-signal=INT", "true") ? plain.under("env", "--default-signal=INT") : plain;
    }

    private static Simulator simulator(Duration latency, Fault... faults) {
        SimulatorConfig.Builder config = Demo.simulator(latency);
        Stream.of(faults).forEach(config::fault);
        return Simulator.start(config.build());
    }

    /** Holds the first answer to one trial back for an hour, and bills it at once. */
    private static Fault stall() {
        return Fault.of(FaultKind.STALL).onTrial(MODEL + "|*|" + STALLED + "|1").onAttempts(1);
    }

    private Program.Running startRun(Simulator simulator) {
        return program.start(
                "run",
                "--base-url",
                simulator.baseUri().toString(),
                "--roster",
                Demo.quickRoster(folder).toString(),
                "--model",
                MODEL + ",openai/gpt-4.1",
                "--max-cost",
                "none",
                "--yes");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsTheRunInAWayThatResumeTakesUp(String signal, int exit) {
        try (var simulator = simulator(Duration.ofMillis(500));
                Program.Running running = startRun(simulator)) {
            running.awaitThat("10 bill lines", () -> simulator.bill().lines().size() >= 10);
            assumeThatSignalsArrive(running);
            running.signal(signal);
            Program.Finished ended = running.await().withExit(exit);
            assertThat(ended.err()).contains("rtel resume " + runId());
            assertThat(state()).isEqualTo("interrupted");
            int before = samples(runId()).size();
            assertThat(before)
                    .as("trials in the result files of the interrupted run")
                    .isBetween(1, TRIALS - 1);
            int billed = simulator.bill().lines().size();
            program.run("resume").withExit(0);
            assertThat(state()).isEqualTo("finished");
            assertThat(samples(runId())).hasSize(TRIALS);
            assertThat(contestantLines(simulator))
                    .as("bill lines of contestants, none twice")
                    .isEqualTo(TRIALS);
            assertThat(simulator.bill().lines().size()).isGreaterThan(billed);
        }
    }

    @Test
    void aSecondSignalDoesNotWaitForTheRunningCalls() {
        try (var simulator = simulator(Duration.ofMillis(40), stall());
                Program.Running running = startRun(simulator)) {
            running.awaitThat("the stalled call to be billed", () -> stalledLines(simulator) == 1);
            assumeThatSignalsArrive(running);
            running.signal("INT");
            running.awaitThat(
                    "the remark on the first signal", () -> running.err().contains("once more stops now"));
            assertThat(running.alive())
                    .as("still waiting for the stalled call after one signal")
                    .isTrue();
            running.signal("INT");
            assertThat(running.await().withExit(130).err()).contains("rtel resume " + runId());
            assertThat(state()).isEqualTo("interrupted");
            program.run("resume").withExit(0);
            assertThat(samples(runId())).hasSize(TRIALS);
            assertThat(stalledLines(simulator))
                    .as("the stalled call was bought again, its first answer being lost")
                    .isEqualTo(2);
        }
    }

    @Test
    void aRunHasOneWriterAndAnyNumberOfReaders() {
        try (var simulator = simulator(Duration.ofMillis(40), stall());
                Program.Running running = startRun(simulator)) {
            running.awaitThat(
                    "all trials but the stalled one", () -> running.err().contains(" 39/" + TRIALS + " "));
            String id = runId();
            int billed = simulator.bill().lines().size();
            for (String[] resume : List.of(new String[] {"resume"}, new String[] {"resume", id})) {
                Program.Finished refused = program.run(resume);
                assertThat(refused.exit())
                        .as("exit code; standard error:%n%s", refused.err())
                        .isNotZero();
                assertThat(refused.err())
                        .contains(id)
                        .contains("is being written by")
                        .doesNotContain("\tat ");
                assertThat(refused.err().lines()).as("lines of the refusal").hasSizeLessThanOrEqualTo(5);
            }
            assertThat(simulator.bill().lines())
                    .as("bill lines after the refused resumes")
                    .hasSize(billed);
            assertThat(program.run("runs").withExit(0).out()).contains(id).contains("running");
            assertThat(program.run("show", id).withExit(0).out()).contains("openai/gpt-4.1");
            assertThat(program.run("show", id, "openai/gpt-4.1", STALLED)
                            .withExit(0)
                            .out())
                    .contains("Final answer");
            assertThat(running.alive()).as("the first process is not disturbed").isTrue();
            running.kill();
            program.run("resume").withExit(0);
            assertThat(samples(id)).hasSize(TRIALS);
        }
    }

    private static long stalledLines(Simulator simulator) {
        return simulator
                .bill()
                .ofTrial(MODEL + "|aime-math|" + STALLED + "|1")
                .lines()
                .size();
    }

    private static long contestantLines(Simulator simulator) {
        return simulator.bill().lines().stream()
                .filter(line -> "contestant".equals(line.metadata().get("rtel_role")))
                .count();
    }

    private static void assumeThatSignalsArrive(Program.Running running) {
        Path status = Path.of("/proc", Long.toString(running.process().pid()), "status");
        if (Files.exists(status)) {
            Matcher ignored = Pattern.compile("SigIgn:\\s*([0-9a-f]+)").matcher(text(status));
            boolean deaf = ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) & 0b10) != 0;
            assumeTrue(!deaf, "INT is ignored here from the start: signals are not tested");
        }
    }

    private StoredRun onlyRun() {
        try (ResultStore store =
                SqliteResultStore.openReadOnly(program.directory().resolve(".rtel/rtel.db"))) {
            List<StoredRun> runs = store.runs();
            assertThat(runs).as("runs in the store").hasSize(1);
            return runs.get(0);
        }
    }

    private String runId() {
        return onlyRun().plan().runId();
    }

    private String state() {
        return onlyRun().state().word();
    }

    private List<String> samples(String runId) {
        return text(program.directory().resolve(Path.of("results", runId, "samples.jsonl")))
                .lines()
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
