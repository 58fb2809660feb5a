package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.simulator.Fault;
import dev.rtel.simulator.FaultKind;
import dev.rtel.simulator.Simulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under {@code --json} standard output holds one document and nothing else. */
class JsonTest {
    @TempDir
    static Path directory;

    private static Cli cli;
    private static Cli.Result demo;
    private static String run;

    @BeforeAll
    static void runTheDemo() {
        cli = Cli.in(directory);
        demo = cli.run("demo", "--json");
        run = cli.onlyRun().getFileName().toString();
        SmallSuite.write(cli, "http://127.0.0.1:9/api/v1");
    }

    @Test
    void theDemoPrintsItsLeaderboard() {
        demo.exits(0);
        assertThat(demo.json()).containsEntry("schema", "rtel.leaderboard/1").containsEntry("simulated", true);
        assertThat(demo.err()).isNotEmpty();
        Map<String, Object> stored =
                dev.rtel.common.PlainJson.readObject(Cli.text(cli.onlyRun().resolve("leaderboard.json")));
        assertThat(stored).isEqualTo(demo.json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runs|rtel.runs/1",
                "show|rtel.leaderboard/1",
                "show RUN openai/gpt-4.1|rtel.trials/1",
                "show RUN openai/gpt-4.1 math-crt-01|rtel.trials/1",
                "report|rtel.leaderboard/1",
                "report RUN --out elsewhere|rtel.leaderboard/1",
                "resume RUN|rtel.leaderboard/1",
                "tasks list|rtel.tasks/1",
                "tasks show logic|rtel.task/1",
                "tasks show sums.yaml|rtel.task/1",
                "tasks validate sums.yaml|rtel.validation/1",
                "tasks validate aime-math|rtel.validation/1",
                "models list|rtel.models/1",
                "plugins|rtel.plugins/1",
                "config|rtel.config/1",
                "completion bash|rtel.completion/1",
                "completion zsh|rtel.completion/1",
                "run --dry-run|rtel.plan/1",
            })
    void everyCommandPrintsOneDocument(String line, String schema) {
        String[] args = line.replace("RUN", run).split(" ");
        for (String[] all : List.of(Cli.args(args, "--json"), Cli.args(new String[] {"--json"}, args))) {
            Cli.Result result = cli.run(all).exits(0);
            assertThat(result.json()).as(result.toString()).containsEntry("schema", schema);
            assertThat(result.out() + result.err()).doesNotContain("\u001b");
        }
        assertThat(cli.with("RTEL_JSON", "true")
                        .run(Cli.args(args, "--json"))
                        .exits(0)
                        .json())
                .containsEntry("schema", schema);
        assertThat(cli.with("RTEL_JSON", "true").run(args).exits(0).json()).containsEntry("schema", schema);
    }

    @Test
    void theDoctorPrintsOneDocumentWhateverItFinds() {
        Cli.Result result = cli.run("doctor", "--json");
        assertThat(result.exit()).isIn(0, 8);
        assertThat(result.json()).containsEntry("schema", "rtel.doctor/1");
        assertThat(Cli.objects(result.json().get("checks")))
                .extracting(check -> check.get("check"))
                .contains("java", "key");
    }

    @Test
    void runResumeAndRegradePrintTheirLeaderboard(@TempDir Path folder) {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            Cli other = Cli.in(folder).withKey();
            SmallSuite.write(other, simulator.baseUri().toString());
            Cli.Result stopped =
                    other.run(SmallSuite.sums("--json", "--max-total-tokens", "2300", "--concurrency", "1"));
            assertThat(stopped.exits(5).json()).containsEntry("schema", "rtel.leaderboard/1");
            Cli.Result resumed = other.run("resume", "--json").exits(0);
            assertThat(resumed.json()).containsEntry("schema", "rtel.leaderboard/1");
            Cli.Result regraded = other.run("regrade", "--json").exits(0);
            Map<String, Object> before = new java.util.TreeMap<>(resumed.json());
            Map<String, Object> after = new java.util.TreeMap<>(regraded.json());
            for (String key : List.of("generated_at", "run_ids")) {
                assertThat(before.remove(key)).isNotEqualTo(after.remove(key));
            }
            assertThat(after).isEqualTo(before);
            assertThat(other.run(SmallSuite.sums("--json", "--debug")).exits(0).json())
                    .containsEntry("schema", "rtel.leaderboard/1");
        }
    }

    @Test
    void aRunThatEndsBadlyPrintsOneDocumentToo(@TempDir Path folder) {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator()
                .fault(Fault.status(500).onModel("acme/wrong"))
                .fault(Fault.of(FaultKind.OUT_OF_CREDIT).onModel("acme/mixed"))
                .build())) {
            Cli other = Cli.in(folder).withKey();
            SmallSuite.write(other, simulator.baseUri().toString());
            other.run(SmallSuite.sums("--json", "--model", "acme/wrong", "--retries", "0"))
                    .exits(3)
                    .json();
            other.run(SmallSuite.sums("--json", "--model", "acme/mixed"))
                    .exits(6)
                    .json();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --no-such-option|2|usage",
                "nonsense|2|usage",
                "|2|usage",
                "run --epochs|2|usage",
                "run --epochs x|2|usage",
                "run --roster curent|2|configuration",
                "run --max-cost free|2|configuration",
                "run --config missing.yaml|2|configuration",
                "run --dry-run --sample none|4|nothing-selected",
                "run --yes|6|no-api-key",
                "show nosuchrun|2|configuration",
                "show --store missing.db|2|no-store",
                "tasks show nosuchtask|2|configuration",
                "tasks validate nosuchtask|2|configuration",
                "completion fish|2|configuration",
                "completion|2|usage",
                "runs --store roster.yaml|1|store",
            })
    void errorsAreDocumentsToo(String line, int exit, String type) {
        String[] args = line == null ? new String[0] : line.split(" ");
        for (String[] all : List.of(Cli.args(args, "--json"), Cli.args(new String[] {"--json"}, args))) {
            Cli.Result result = cli.run(all).exits(exit).hasNoStackTrace();
            Map<String, Object> document = result.json();
            assertThat(document.keySet()).containsExactly("schema", "type", "message", "hint", "exit");
            assertThat(document)
                    .containsEntry("schema", "rtel.error/1")
                    .containsEntry("type", type)
                    .containsEntry("exit", (long) exit);
            assertThat((String) document.get("message")).isNotBlank();
            assertThat(result.err()).contains("rtel: " + document.get("message"));
            assertThat(result.out() + result.err()).doesNotContain("\u001b");
        }
    }

    @Test
    void stackTracesStayOffTheDocument() {
        Cli.Result result =
                cli.run("run", "--roster", "curent", "--json", "--debug").exits(2);
        assertThat(result.json()).containsEntry("schema", "rtel.error/1");
        assertThat(result.err()).contains("\tat dev.rtel.");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "run --help",
        "run --dry-run",
        "runs",
        "show",
        "tasks list",
        "tasks show logic",
        "models list",
        "doctor",
        "nonsense",
        "run --progress auto --yes"
    })
    void thereAreNoEscapeSequencesWithoutATerminal(String line) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        for (Cli one : List.of(
                cli, cli.with("NO_COLOR", "1"), cli.with("NO_COLOR", "1").with("FORCE_COLOR", "1"))) {
            Cli.Result result = one.run(args);
            assertThat(result.out() + result.err()).as(result.toString()).doesNotContain("\u001b");
        }
        Cli.Result terminal = cli.with("NO_COLOR", "1").onTerminal().run(args);
        assertThat(terminal.out()).as(terminal.toString()).doesNotContain("\u001b");
    }

    @Test
    void coloursCanBeForced() {
        assertThat(cli.with("FORCE_COLOR", "1").run().exits(0).out()).contains("\u001b");
        assertThat(cli.with("FORCE_COLOR", "1").run("run", "--help").exits(0).out())
                .contains("\u001b");
        assertThat(cli.with("FORCE_COLOR", "1").run("--no-color").exits(0).out())
                .doesNotContain("\u001b");
    }
}
