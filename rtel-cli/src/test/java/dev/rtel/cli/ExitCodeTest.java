package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rtel.common.PlainJson;
import dev.rtel.simulator.Fault;
import dev.rtel.simulator.FaultKind;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every exit code there is, and what is said with it. */
class ExitCodeTest {
    private static final String NOWHERE = "http://127.0.0.1:9/api/v1";

    @TempDir
    Path directory;

    private Cli cli() {
        return Cli.in(directory).withKey();
    }

    private Cli suite(String baseUrl) {
        SmallSuite.write(cli(), baseUrl);
        return cli();
    }

    private Cli suite(Simulator simulator) {
        return suite(simulator.baseUri().toString());
    }

    private static SimulatorConfig.Builder config() {
        return SmallSuite.simulator();
    }

    // 0

    @Test
    void wrongAnswersAreResultsNotErrors() {
        try (Simulator simulator = Simulator.start(config().build())) {
            Cli cli = suite(simulator);
            cli.run(SmallSuite.sums("--model", "acme/wrong")).exits(0).hasNoStackTrace();
            assertThat(Cli.lines(cli.onlyRun().resolve("samples.jsonl")))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line).containsEntry("passed", false));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "run --help",
                "tasks list --help",
                "tasks list",
                "models list",
                "plugins",
                "config",
                "completion bash",
                "completion zsh"
            })
    void commandsThatOnlyTellSucceed(String line) {
        cli().run(line.split(" ")).exits(0).hasNoStackTrace();
    }

    @Test
    void everyHelpListsTheExitCodes() {
        for (String command : List.of("", "demo", "run", "resume", "regrade", "report", "show", "runs", "doctor")) {
            String help =
                    cli().run((command + " --help").strip().split(" ")).exits(0).out();
            for (ExitCode code : ExitCode.values()) {
                assertThat(help.replaceAll("\\s+", " ")).as(command).contains(code.code() + " " + code.meaning());
            }
        }
    }

    // 1

    @Test
    void aCorruptStoreIsAnInternalErrorThatNamesTheFile() {
        cli().write(
                        ".rtel/rtel.db",
                        "this is no database, but it is long enough to have a header of its own\n".repeat(40));
        for (String command : List.of("runs", "show", "report", "resume", "demo")) {
            cli().run(command).exits(1).hasNoStackTrace().says("rtel.db");
        }
    }

    @Test
    void aFolderInPlaceOfTheStoreIsAnInternalErrorThatNamesIt() throws IOException {
        Files.createDirectories(directory.resolve(".rtel/rtel.db"));
        for (String command : List.of("runs", "demo")) {
            cli().run(command).exits(1).hasNoStackTrace().says("rtel.db");
        }
    }

    @Test
    void aResultFolderThatCannotBeWrittenIsAnErrorThatNamesIt() {
        try (Simulator simulator = Simulator.start(config().build())) {
            Cli cli = suite(simulator);
            cli.write("taken", "a file");
            cli.run(SmallSuite.sums("--out", "taken"))
                    .exits(2)
                    .hasNoStackTrace()
                    .says("--out is 'taken'");
            assertThat(simulator.bill().lines())
                    .as("told before anything is bought")
                    .isEmpty();
        }
    }

    // 2

    @Test
    void anUnknownOptionIsAUsageErrorWithAHint() {
        cli().run("run", "--maxcost", "3")
                .exits(2)
                .hasNoStackTrace()
                .says("rtel: ", "--maxcost", "--max-cost", "rtel run --help");
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithASuggestion() {
        cli().run("dmeo").exits(2).hasNoStackTrace().says("dmeo", "demo", "rtel --help");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--roster curent|curent;current;default",
                "--roster no-such-file.yaml|no-such-file.yaml;default",
                "--model openai/gpt-4.1 --task lgic|lgic;logic;aime-math",
                "--model gpt-4.1|gpt-4.1;openai/gpt-4.1",
                "--sample math-crt-01,math-crt-1|math-crt-1;math-crt-01",
                "--task missing.yaml|missing.yaml",
                "--task nosuch:thing|nosuch",
                "--replay missing.jsonl --task logic|missing.jsonl",
                "--prices missing.yaml|missing.yaml",
                "--config missing.yaml|missing.yaml",
            })
    void misspeltNamesAreAnsweredWithWhatThereIs(String options, String said) {
        cli().run(Cli.args(new String[] {"run", "--dry-run"}, options.split(" ")))
                .exits(2)
                .hasNoStackTrace()
                .says(said.split(";"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs 0|--epochs;0;at least 1",
                "--epochs x|--epochs;x",
                "--epochs 1.5|--epochs;1.5",
                "--concurrency 0|--concurrency;0;at least 1",
                "--concurrency -3|--concurrency;-3;at least 1",
                "--concurrency many|--concurrency;many",
                "--max-cost free|--max-cost;free;none",
                "--max-cost -1|--max-cost;-1;none",
                "--max-total-tokens 0|--max-total-tokens;0;at least 1",
                "--max-total-tokens 1e5|--max-total-tokens;1e5",
                "--max-output-tokens 0|--max-output-tokens;0;at least 1",
                "--max-output-tokens -2|--max-output-tokens;-2",
                "--timeout 0s|--timeout;0s;90s",
                "--timeout soon|--timeout;soon;90s",
                "--retries -1|--retries;-1;at least 0",
                "--retries two|--retries;two",
                "--max-errors 5|--max-errors;5;from 0 to 1",
                "--max-errors -0.1|--max-errors;-0.1;from 0 to 1",
                "--max-errors NaN|--max-errors;NaN",
                "--fail-under 80|--fail-under;80;from 0 to 1",
                "--seed abc|--seed;abc",
                "--base-url localhost|--base-url;localhost;http",
                "--base-url ftp://host/|--base-url;ftp;http",
                "--code-sandbox jail|jail;auto",
                "--code-sandbox container --task code-debugging|container;available",
            })
    void badValuesAreNamedWithWhatIsExpected(String options, String said) {
        cli().run(Cli.args(new String[] {"run", "--dry-run"}, options.split(" ")))
                .exits(2)
                .hasNoStackTrace()
                .says(said.split(";"));
    }

    static Stream<Arguments> malformedFiles() {
        return Stream.of(
                Arguments.of(
                        "roster.yaml",
                        "roster: mine\nmodels:\n  - {id: a/b, parms: {}}\n",
                        "run --dry-run --roster roster.yaml",
                        List.of("roster.yaml:3", "parms", "params")),
                Arguments.of(
                        "roster.yaml",
                        "roster: mine\nmodels:\n  - {id: a/b\n",
                        "run --dry-run --roster roster.yaml",
                        List.of("roster.yaml:")),
                Arguments.of(
                        "task.yaml",
                        "task: mine\nversion: \"1\"\ngrader: {name: exact-numeric}\nsamples:\n  - {id: a, input: x, traget: \"1\"}\n",
                        "run --dry-run --task task.yaml",
                        List.of("task.yaml:5", "traget", "target")),
                Arguments.of(
                        "task.yaml",
                        "task: mine\nversion: \"1\"\ngrader: {name: exact-numeirc}\nsamples:\n  - {id: a, input: x, target: \"1\"}\n",
                        "run --dry-run --task task.yaml",
                        List.of("exact-numeirc", "exact-numeric")),
                Arguments.of(
                        "task.yaml",
                        "task: mine\nversion: \"1\"\ngrader: {name: exact-numeric}\nsamples:\n  - {id: a, input: x, target: abc}\n",
                        "tasks validate task.yaml",
                        List.of("mine", "'a'", "number")),
                Arguments.of(
                        "rtel.yaml",
                        "max-cost: 3\nconcurency: 2\n",
                        "runs",
                        List.of("rtel.yaml:2", "concurency", "concurrency")),
                Arguments.of("rtel.yaml", "max-cost: [3\n", "runs", List.of("rtel.yaml:")),
                Arguments.of(".env", "RTEL_EPOCHS=2\nsecret words\n", "runs", List.of(".env:2", "NAME=value")));
    }

    @ParameterizedTest
    @MethodSource("malformedFiles")
    void malformedFilesAreNamedWithTheLine(String file, String text, String line, List<String> said) {
        cli().write(file, text);
        Cli.Result result =
                cli().run(line.split(" ")).exits(2).hasNoStackTrace().says(said.toArray(String[]::new));
        assertThat(result.out() + result.err()).doesNotContain("secret words");
    }

    @Test
    void unsafeNeedsMoreThanTheFlag() {
        String[] run = {"run", "--dry-run", "--task", "code-debugging", "--code-sandbox", "unsafe"};
        cli().run(run).exits(2).hasNoStackTrace().says("unsafe", "RTEL_ALLOW_UNSAFE_CODE=yes");
        cli().with("RTEL_ALLOW_UNSAFE_CODE", "maybe").run(run).exits(2).says("RTEL_ALLOW_UNSAFE_CODE=yes");
        cli().with("RTEL_ALLOW_UNSAFE_CODE", "yes").run(run).exits(0);
    }

    @Test
    void aRoleThatNobodyPlaysIsNamed() {
        Cli cli = suite(NOWHERE);
        cli.write("lonely.yaml", "roster: lonely\nmodels:\n  - {id: acme/right}\n");
        cli.run("run", "--dry-run", "--roster", "lonely.yaml", "--task", "proofs.yaml")
                .exits(2)
                .hasNoStackTrace()
                .says("judge", "--judge");
    }

    @Test
    void aChangedTaskIsNotResumedAndTheDifferenceIsNamed() {
        try (Simulator simulator =
                Simulator.start(config().fault(Fault.of(FaultKind.OUT_OF_CREDIT).onTrial("*round*"))
                        .build())) {
            Cli cli = suite(simulator);
            cli.run(SmallSuite.sums("--model", "acme/right", "--concurrency", "1"))
                    .exits(6);
            String task = Cli.text(directory.resolve("sums.yaml"));
            cli.write("sums.yaml", task.replace("What is 12 + 30?", "What is 12 + 31?"));
            cli.run("resume")
                    .exits(2)
                    .hasNoStackTrace()
                    .says("cannot resume", "task 'sums'", "sample 'sum'", "its messages", "Start a new run");
        }
    }

    @Test
    void aRunThatIsNotThereIsNamedWithThoseThatAre() {
        cli().run("show").exits(2).hasNoStackTrace().says("no result store", ".rtel/rtel.db", "rtel demo");
        try (Simulator simulator = Simulator.start(config().build())) {
            Cli cli = suite(simulator);
            cli.run(SmallSuite.sums("--model", "acme/right")).exits(0);
            String id = cli.onlyRun().getFileName().toString();
            for (String command : List.of("show", "report", "resume", "regrade")) {
                cli.run(command, "20200101T000000Z-x-0000")
                        .exits(2)
                        .hasNoStackTrace()
                        .says("20200101T000000Z-x-0000", id);
            }
            cli.run("show", id, "acme/rihgt").exits(2).says("acme/rihgt", "acme/right");
        }
    }

    @Test
    void aKeyFileThatIsNotThereIsNamed() {
        suite(NOWHERE)
                .run(SmallSuite.sums("--api-key-file", "missing.txt"))
                .exits(2)
                .hasNoStackTrace()
                .says("missing.txt", "does not exist");
    }

    @Test
    void aWordThatIsNearNoCommandGetsNoSuggestion() {
        assertThat(cli().run("zzzzzz").exits(2).says("zzzzzz", "rtel --help").err())
                .doesNotContain("Did you mean");
    }

    @Test
    void aRunThatAnotherProcessWritesIsLeftAlone() throws InterruptedException {
        try (Simulator simulator =
                Simulator.start(config().latency(Duration.ofSeconds(2)).build())) {
            Cli cli = suite(simulator);
            var first = new java.util.concurrent.atomic.AtomicReference<Cli.Result>();
            Thread runner = new Thread(() -> first.set(cli.run(SmallSuite.sums("--model", "acme/right"))));
            runner.start();
            while (simulator.requests().getOrDefault("POST /chat/completions", 0L) < 3) {
                Thread.sleep(10);
            }
            assertThat(cli.run("runs").exits(0).out()).contains("running");
            Cli.Result second = cli.run("resume");
            assertThat(second.exit()).isNotZero();
            second.hasNoStackTrace().says("is being written by", "then try again");
            runner.join();
            first.get().exits(0);
            assertThat(simulator.bill().lines()).hasSize(3);
        }
    }

    // 3

    @Test
    void moreFailedTrialsThanAllowedIsAnExitCodeOfItsOwn() {
        Fault fault = Fault.status(500).onModel("acme/wrong");
        try (Simulator simulator = Simulator.start(config().fault(fault).build())) {
            Cli cli = suite(simulator);
            String[] run = SmallSuite.sums("--model", "acme/right,acme/wrong", "--retries", "0");
            cli.run(run).exits(3).hasNoStackTrace().says("3 of 6 trials failed", "--max-errors 0.05");
            cli.run(Cli.args(run, "--max-errors", "0.5")).exits(0);
            cli.run(Cli.args(run, "--max-errors", "0.49")).exits(3);
            assertThat(Cli.lines(cli.runs().get(0).resolve("samples.jsonl")).stream()
                            .filter(line -> line.get("outcome").equals("failed")))
                    .hasSize(3)
                    .allSatisfy(
                            line -> assertThat(Cli.object(line.get("error"))).containsEntry("type", "server"));
        }
    }

    @Test
    void failuresThatARetryMendsDoNotCount() {
        Fault fault = Fault.status(503).onAttempts(1);
        try (Simulator simulator = Simulator.start(config().fault(fault).build())) {
            suite(simulator)
                    .run(SmallSuite.sums("--model", "acme/right", "--retries", "1"))
                    .exits(0);
        }
    }

    // 4

    @Test
    void nothingSelectedIsAnExitCodeOfItsOwn() {
        cli().run("run", "--dry-run", "--sample", "none")
                .exits(4)
                .hasNoStackTrace()
                .says("no sample is selected", "none");
        try (Simulator simulator = Simulator.start(config().build())) {
            Cli cli = suite(simulator);
            cli.run(SmallSuite.sums("--model", "acme/right")).exits(0);
            cli.run("resume").exits(4).hasNoStackTrace().says("no unfinished run");
            String file = cli.onlyRun().resolve("completions.jsonl").toString();
            cli.run("run", "--replay", file, "--task", "sums.yaml", "--model", "acme/other")
                    .exits(2)
                    .hasNoStackTrace()
                    .says("no completion of model 'acme/other' is recorded", "acme/right");
        }
    }

    // 5

    @Test
    void aRunThatReachesItsBudgetStopsAndGoesOnWithAHigherOne() {
        try (Simulator simulator = Simulator.start(config().build())) {
            Cli cli = suite(simulator);
            Cli.Result stopped = cli.run(SmallSuite.sums(
                    "--model",
                    "acme/right",
                    "--epochs",
                    "4",
                    "--prices",
                    "prices.yaml",
                    "--max-cost",
                    "0.024",
                    "--concurrency",
                    "2"));
            stopped.exits(5).hasNoStackTrace().says("stopped after", "limit", "rtel resume ");
            int bought = simulator.bill().lines().size();
            assertThat(bought).isBetween(1, 11);
            assertThat(simulator.bill().totalCost()).isLessThanOrEqualTo(new java.math.BigDecimal("0.024"));
            assertThat(PlainJson.readObject(Cli.text(cli.onlyRun().resolve("run.json"))))
                    .containsEntry("state", "interrupted");

            cli.run("resume", "--max-cost", "1").exits(0).says(bought + " of 12 trials are done already");
            assertThat(simulator.bill().lines()).hasSize(12);
            assertThat(Cli.lines(cli.onlyRun().resolve("samples.jsonl"))).hasSize(12);
            assertThat(PlainJson.readObject(Cli.text(cli.onlyRun().resolve("run.json"))))
                    .containsEntry("state", "finished");
        }
    }

    @Test
    void aTokenLimitStopsTheRunToo() {
        try (Simulator simulator = Simulator.start(config().build())) {
            suite(simulator)
                    .run(SmallSuite.sums("--model", "acme/right", "--max-total-tokens", "2300", "--concurrency", "1"))
                    .exits(5)
                    .says("rtel resume ");
            assertThat(simulator.bill().lines()).hasSizeBetween(1, 2);
        }
    }

    // 6

    @Test
    void withoutAKeyNoServerElsewhereIsContacted() {
        Cli cli = Cli.in(directory);
        for (String[] run : List.of(
                new String[] {"run", "--yes"},
                new String[] {"run", "--base-url", "https://models.invalid/v1", "--model", "a/b"})) {
            cli.run(run)
                    .exits(6)
                    .hasNoStackTrace()
                    .says("no API key", "OPENROUTER_API_KEY", ".env", "--api-key-file", "rtel demo");
        }
        assertThat(cli.runs()).isEmpty();
    }

    @Test
    void aRefusedKeyIsNoticedBeforeTheFirstCallAndIsNotPrinted() {
        try (Simulator simulator =
                Simulator.start(config().acceptedKey("another").build())) {
            Cli cli = suite(simulator);
            Cli.Result refused = cli.run(SmallSuite.sums("--verbose"));
            refused.exits(6).hasNoStackTrace().says("nothing was sent", "401", "OPENROUTER_API_KEY");
            assertThat(simulator.requests()).doesNotContainKey("POST /chat/completions");
            assertThat(refused.out() + refused.err()).doesNotContain(Cli.KEY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402})
    void anAccountThatIsRefusedDuringARunStopsItAtOnceAndItCanGoOn(int status) {
        Cli cli;
        try (Simulator simulator =
                Simulator.start(config().fault(Fault.status(status)).build())) {
            cli = suite(simulator);
            Cli.Result refused = cli.run(SmallSuite.sums("--concurrency", "1", "--verbose"));
            refused.exits(6).hasNoStackTrace().says(status + "", "stopped after 0 of 9 trials", "rtel resume ");
            assertThat(simulator.requests().get("POST /chat/completions")).isEqualTo(1);
            assertThat(refused.out() + refused.err()).doesNotContain(Cli.KEY);
        }
    }

    @Test
    void theKeyMayBeInAFileAndIsNotStored() throws IOException {
        try (Simulator simulator = Simulator.start(config().acceptedKey(Cli.KEY).build())) {
            SmallSuite.write(cli(), simulator.baseUri().toString());
            Cli cli = Cli.in(directory);
            cli.write("key.txt", Cli.KEY + "\n");
            Cli.Result result = cli.run(SmallSuite.sums("--api-key-file", "key.txt", "--debug"))
                    .exits(0);
            assertThat(result.out() + result.err()).doesNotContain(Cli.KEY);
            Files.delete(directory.resolve("key.txt"));
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(Cli.KEY);
                }
            }
        }
    }

    @Test
    void anEmptyAccountStopsTheRunAtOnce() {
        try (Simulator simulator = Simulator.start(
                config().fault(Fault.of(FaultKind.OUT_OF_CREDIT)).build())) {
            suite(simulator)
                    .run(SmallSuite.sums("--concurrency", "1"))
                    .exits(6)
                    .hasNoStackTrace()
                    .says("402", "stopped after 0 of 9 trials", "rtel resume ");
        }
    }

    // 7

    @Test
    void aServerThatCannotBeReachedIsAnExitCodeOfItsOwn() throws IOException {
        String url = "http://127.0.0.1:" + freePort() + "/api/v1";
        suite(url)
                .run(SmallSuite.sums("--retries", "0", "--concurrency", "1"))
                .exits(7)
                .hasNoStackTrace()
                .says("connection", url, "rtel resume ");
    }

    @Test
    void aRunOfOneTrialThatCannotConnectIsNoDifferent() throws IOException {
        int port = freePort();
        Cli cli = suite("http://127.0.0.1:" + port + "/api/v1");
        for (String samples : List.of("sum", "sum,half,round")) {
            cli.run(SmallSuite.sums("--retries", "0", "--model", "acme/right", "--sample", samples))
                    .exits(7)
                    .says("no call reached the provider", "rtel resume ");
        }
        String last = cli.runs().get(cli.runs().size() - 1).getFileName().toString();
        try (Simulator simulator = Simulator.start(config().port(port).build())) {
            cli.run("resume", last).exits(0);
            assertThat(simulator.bill().lines()).isNotEmpty();
        }
        assertThat(Cli.lines(directory.resolve("results").resolve(last).resolve("samples.jsonl")))
                .extracting(line -> line.get("outcome"))
                .containsOnly("scored");
    }

    @Test
    void aServerOnThisMachineNeedsNoKey() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean keyless = exchange.getRequestHeaders().getFirst("Authorization") == null;
            byte[] body = ("{\"choices\": [{\"finish_reason\": \"stop\", \"message\": {\"content\": \"Final answer: "
                            + (keyless ? "42" : "0") + "\"}}]}")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Cli cli = Cli.in(directory);
            SmallSuite.write(cli, NOWHERE);
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
            cli.run("run", "--base-url", url, "--model", "local/mine", "--task", "sums.yaml", "--sample", "sum")
                    .exits(0);
            assertThat(Cli.lines(cli.onlyRun().resolve("samples.jsonl")).get(0)).containsEntry("passed", true);
        } finally {
            server.stop(0);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // 10

    @Test
    void aGateThatFailsIsAnExitCodeOfItsOwn() {
        try (Simulator simulator = Simulator.start(config().build())) {
            Cli cli = suite(simulator);
            cli.run(SmallSuite.sums("--model", "acme/wrong", "--fail-under", "0.5"))
                    .exits(10)
                    .hasNoStackTrace()
                    .says("--fail-under 0.5");
            cli.run(SmallSuite.sums("--fail-under", "1")).exits(0);
        }
    }

    // stack traces

    @Test
    void stackTracesAreForDebuggingOnly() {
        cli().run("run", "--roster", "curent").exits(2).hasNoStackTrace();
        assertThat(cli().run("run", "--roster", "curent", "--debug").exits(2).err())
                .contains("\tat dev.rtel.cli.");
        cli().write(
                        ".rtel/rtel.db",
                        "no database, but long enough to look like the start of some file or other\n".repeat(40));
        assertThat(cli().run("runs", "--debug").exits(1).err()).contains("\tat dev.rtel.");
    }

    @Test
    void anInterruptedRunSaysHowToGoOn() throws InterruptedException {
        try (Simulator simulator =
                Simulator.start(config().latency(Duration.ofSeconds(20)).build())) {
            Cli cli = suite(simulator);
            var results = new java.util.concurrent.atomic.AtomicReference<Cli.Result>();
            Thread runner = new Thread(() -> results.set(cli.run(SmallSuite.sums("--concurrency", "2"))));
            runner.start();
            while (simulator.requests().getOrDefault("POST /chat/completions", 0L) < 2) {
                Thread.sleep(10);
            }
            runner.interrupt();
            runner.join(15_000);
            Map<String, Object> run =
                    PlainJson.readObject(Cli.text(cli.onlyRun().resolve("run.json")));
            results.get().exits(130).hasNoStackTrace().says("Interrupted", "rtel resume ");
            assertThat(run).containsEntry("state", "interrupted");
            assertThat(Cli.objects(run.get("unknown_attempts"))).hasSize(2);
        }
    }
}
