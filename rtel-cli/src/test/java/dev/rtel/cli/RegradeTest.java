package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rtel.simulator.BillLine;
import dev.rtel.simulator.Fault;
import dev.rtel.simulator.FaultKind;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A regrade is a run of its own: nobody is asked again, and nothing of the earlier grades is lost. */
class RegradeTest {
    @TempDir
    Path directory;

    private Cli cli;
    private int port;

    @BeforeEach
    void start() {
        cli = Cli.in(directory).withKey().with("RTEL_ALLOW_UNSAFE_CODE", "yes");
    }

    /** Runs the whole suite on a simulator that is gone afterwards; returns the run's id. */
    private String ran(String... more) {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            port = simulator.port();
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.all(Cli.args(more, "--code-sandbox", "unsafe"))).exits(0);
        }
        return latest();
    }

    private String latest() {
        return (String) listed().get(0).get("run_id");
    }

    private List<Map<String, Object>> listed() {
        return Cli.objects(cli.run("runs", "--json").exits(0).json().get("runs"));
    }

    private Path file(String run, String name) {
        return directory.resolve("results").resolve(run).resolve(name);
    }

    private Map<String, Map<String, Object>> samples(String run) {
        Map<String, Map<String, Object>> lines = new TreeMap<>();
        Cli.lines(file(run, "samples.jsonl")).forEach(l -> lines.put(l.get("model") + "/" + l.get("sample"), l));
        return lines;
    }

    private Map<String, Object> run(String id) {
        return dev.rtel.common.PlainJson.readObject(Cli.text(file(id, "run.json")));
    }

    /** Does something while whoever calls the contestants' server is counted. */
    private int contactsDuring(Runnable doing) {
        AtomicInteger contacts = new AtomicInteger();
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/", exchange -> {
                contacts.incrementAndGet();
                exchange.sendResponseHeaders(500, -1);
                exchange.close();
            });
            server.start();
            try {
                doing.run();
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return contacts.get();
    }

    private static Map<String, Object> without(Map<String, Object> line, String... keys) {
        Map<String, Object> rest = new TreeMap<>(line);
        rest.keySet().removeAll(List.of(keys));
        return rest;
    }

    @Test
    void anotherGraderForOneTaskContactsNobodyAndKeepsTheOtherGrades() {
        String source = ran();
        String before = Cli.text(file(source, "samples.jsonl"));
        int contacts = contactsDuring(() -> cli.run(
                        "regrade",
                        source,
                        "--grader",
                        "code-execution:timeout=5s,memory=134217728",
                        "--task",
                        "repairs",
                        "--code-sandbox",
                        "unsafe")
                .exits(0));
        assertThat(contacts).isZero();
        String regraded = latest();
        assertThat(regraded).isNotEqualTo(source);
        assertThat(run(regraded))
                .containsEntry("regraded_from", source)
                .containsEntry("regraded_tasks", List.of("repairs"))
                .containsEntry("state", "finished");
        assertThat(run(source)).doesNotContainKey("regraded_from");
        assertThat(Cli.text(file(source, "samples.jsonl"))).isEqualTo(before);
        Map<String, Map<String, Object>> old = samples(source);
        Map<String, Map<String, Object>> now = samples(regraded);
        assertThat(now.keySet()).isEqualTo(old.keySet());
        now.forEach((trial, line) -> {
            boolean again = line.get("task").equals("repairs");
            String[] changed = again
                    ? new String[] {"run_id", "grade_fingerprint", "finished_at", "grading"}
                    : new String[] {"run_id"};
            assertThat(without(line, changed)).as(trial).isEqualTo(without(old.get(trial), changed));
            assertThat(line.get("grade_fingerprint").equals(old.get(trial).get("grade_fingerprint")))
                    .as(trial)
                    .isEqualTo(!again);
        });
        assertThat(listed().get(0)).containsEntry("regraded_from", source);
        assertThat(cli.run("runs").out()).contains("regraded from " + source);
    }

    @Test
    void theVerbatimRepliesComeAlong() {
        String source = ran();
        contactsDuring(() -> cli.run("regrade", "--task", "sums").exits(0));
        assertThat(completions(latest())).hasSize(27).isEqualTo(completions(source));
        assertThat(completions(source).get("acme/right/sum")).contains("\"raw\":");
    }

    private Map<String, String> completions(String run) {
        Map<String, String> texts = new TreeMap<>();
        Cli.text(file(run, "completions.jsonl")).lines().forEach(line -> {
            Map<String, Object> object = dev.rtel.common.PlainJson.readObject(line);
            texts.put(object.get("model") + "/" + object.get("sample"), line);
        });
        return texts;
    }

    @Test
    void bothGradesStayReadable() {
        String source = ran();
        cli.write("sums.yaml", Cli.text(directory.resolve("sums.yaml")).replace("target: \"42\"", "target: \"41\""));
        cli.run("regrade", source, "--task", "sums").exits(0);
        String regraded = latest();
        assertThat(samples(source).get("acme/right/sum")).containsEntry("passed", true);
        assertThat(samples(regraded).get("acme/right/sum")).containsEntry("passed", false);
        assertThat(cli.run("show", source, "acme/right", "sum").exits(0).out()).contains("right", "expected 42");
        assertThat(cli.run("show", regraded, "acme/right", "sum").exits(0).out())
                .contains("expected 41");
        assertThat(cli.run("report", source, "--out", "again").exits(0).out()).contains("acme/right");
        assertThat(Cli.text(directory.resolve("again").resolve(source).resolve("samples.jsonl")))
                .isEqualTo(Cli.text(file(source, "samples.jsonl")));
        cli.run("report", source, regraded).exits(2).says(regraded, "again", "count them twice");
    }

    @Test
    void aJudgeThatRunsOutOfCreditIsAskedForTheRestAloneWhenResumed() {
        String source = ran();
        SimulatorConfig broken = SmallSuite.simulator()
                .port(port)
                .fault(Fault.of(FaultKind.OUT_OF_CREDIT).onModel("acme/strict"))
                .build();
        try (Simulator simulator = Simulator.start(broken)) {
            cli.run("regrade", source, "--judge", "acme/strict").exits(6);
            assertThat(simulator.bill().lines()).extracting(BillLine::model).doesNotContain("acme/right");
        }
        String regraded = latest();
        assertThat(run(regraded)).containsEntry("state", "interrupted").containsEntry("regraded_from", source);
        try (Simulator simulator =
                Simulator.start(SmallSuite.simulator().port(port).build())) {
            cli.run("resume", regraded).exits(0);
            assertThat(simulator.bill().lines())
                    .extracting(BillLine::model)
                    .containsOnly("acme/strict")
                    .hasSize(3);
            assertThat(run(regraded)).containsEntry("state", "finished").containsEntry("regraded_from", source);
            cli.run("resume", regraded).exits(0);
            assertThat(simulator.bill().lines()).hasSize(3);
        }
        assertThat(Cli.object(samples(regraded).get("acme/right/odd").get("grading")))
                .containsEntry("judge", "acme/strict");
        assertThat(Cli.object(samples(source).get("acme/right/odd").get("grading")))
                .containsEntry("judge", "acme/judge");
        assertThat(samples(regraded).get("acme/right/double"))
                .containsEntry("passed", true); // no sandbox was asked for, so it was not graded again
    }

    @Test
    void judgesAreBoundByTheSpendingLimitAndContestantsAreNotCounted() {
        String source = ran();
        try (Simulator simulator =
                Simulator.start(SmallSuite.simulator().port(port).build())) {
            cli.run("regrade", source, "--judge", "acme/strict", "--max-total-tokens", "100")
                    .exits(5);
            assertThat(simulator.bill().lines()).hasSizeLessThan(3);
            cli.run("resume", latest(), "--max-total-tokens", "none").exits(2);
            cli.run("resume", latest()).exits(0);
            assertThat(simulator.bill().lines()).hasSize(3);
        }
    }

    @Test
    void anInterruptedRunsGapsStayGapsAndNobodyIsAsked() {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator()
                .fault(Fault.of(FaultKind.OUT_OF_CREDIT).onModel("acme/mixed"))
                .build())) {
            port = simulator.port();
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums("--concurrency", "1")).exits(6);
        }
        String source = latest();
        int answered = samples(source).size();
        assertThat(answered).isBetween(1, 8);
        assertThat(contactsDuring(() -> cli.run("regrade", source).exits(0))).isZero();
        assertThat(samples(latest())).hasSize(answered);
        assertThat(contactsDuring(() -> cli.run("resume", latest()).exits(0))).isZero();
    }

    @Test
    void aGraderThatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        ran();
        int runs = listed().size();
        cli.run("regrade", "--grader", "boolean", "--task", "sums").exits(2).says("sums", "sum", "boolean", "42");
        cli.run("regrade", "--grader", "exact-numerik").exits(2).says("exact-numerik", "exact-numeric");
        cli.run("regrade", "--grader", "code-execution:timeout", "--task", "repairs")
                .exits(2)
                .says("'timeout'", "KEY=VALUE");
        cli.run("regrade", "--grader", "code-execution:timeot=5s", "--task", "repairs")
                .exits(2)
                .says("timeot", "timeout");
        cli.run("regrade", "--task", "sum").exits(2).says("no task 'sum'", "sums");
        cli.run("regrade", "--judge", "strict").exits(2).says("--judge", "author/slug");
        cli.run("regrade", "--grader", "exact-numeric:pass_at=2", "--task", "sums")
                .exits(2)
                .says("pass_at", "at most 1");
        assertThat(listed()).hasSize(runs);
    }

    @Test
    void aChangedInputIsRefused() {
        ran();
        String file = Cli.text(directory.resolve("sums.yaml"));
        cli.write("sums.yaml", file.replace("12 + 30", "13 + 29"));
        cli.run("regrade", "--task", "sums").exits(2).says("changed since", "sum");
        cli.run("regrade", "--task", "sums", "--grader", "exact-numeric")
                .exits(2)
                .says("changed since", "sum");
        cli.write("sums.yaml", file);
        cli.run("regrade", "--task", "sums", "--grader", "exact-numeric:pass_at=0.5")
                .exits(0);
        String first = latest();
        cli.run("regrade", first, "--task", "sums").exits(0);
        assertThat(run(latest())).containsEntry("regraded_from", first);
        assertThat(samples(latest()).get("acme/right/sum")).containsEntry("passed", true);
    }
}
