package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run says what would be done and touches neither network nor disk. */
class DryRunTest {
    @TempDir
    Path directory;

    private final AtomicInteger contacts = new AtomicInteger();
    private HttpServer server;
    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            contacts.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        cli = Cli.in(directory).withKey();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1";
    }

    @Test
    void aDryRunOfTheDefaultsSaysHowMuchThereIsToDo() {
        String out = cli.run("run", "--dry-run").exits(0).out();
        assertThat(out)
                .startsWith("6 models x 20 samples (4 tasks) x 1 epoch = 120 trials\n")
                .contains("Judge calls: 30 (mistralai/mistral-medium-3-5)", "max cost $5", "Nothing was sent.")
                .containsPattern("Prices of 20\\d\\d-\\d\\d-\\d\\d\\.")
                .contains("low", "typical", "worst", "total incl. judge");
    }

    @Test
    void codeThatWouldRunUncontainedIsNamedBeforeItDoes() {
        String notice = "! Code of models is run without containment for 30 trials";
        assertThat(cli.run("run", "--dry-run").exits(0).out()).doesNotContain("without containment");
        Cli allowed = cli.with("RTEL_ALLOW_UNSAFE_CODE", "yes");
        assertThat(allowed.run("run", "--dry-run", "--code-sandbox", "unsafe")
                        .exits(0)
                        .out())
                .contains(notice);
        assertThat(allowed.run("run", "--dry-run", "--code-sandbox", "unsafe", "--task", "logic")
                        .exits(0)
                        .out())
                .doesNotContain("without containment");
    }

    @Test
    void aMisspeltGraderIsNamedWithItsFileAndLine() throws IOException {
        cli.write(
                "t.yaml",
                "task: t\nversion: \"1\"\ngrader: {name: exact-numerc}\nsamples: [{id: a, input: x, target: \"1\"}]\n");
        cli.run("run", "--dry-run", "--task", "t.yaml")
                .exits(2)
                .says("t.yaml:3", "no GraderProvider named 'exact-numerc' (did you mean 'exact-numeric'?)");
    }

    @Test
    void epochsModelsAndSamplesAreCounted() {
        assertThat(cli.run(
                                "run",
                                "--dry-run",
                                "--roster",
                                "current",
                                "--epochs",
                                "3",
                                "--task",
                                "logic",
                                "--task",
                                "formal-proofs",
                                "--sample",
                                "logic-hats-01,proof-cubes-01")
                        .exits(0)
                        .out())
                .startsWith("6 models x 2 samples (2 tasks) x 3 epochs = 36 trials\n")
                .contains("Judge calls: 18 ");
    }

    @Test
    void nothingIsSentAndNothingIsWritten() {
        cli.run("run", "--dry-run", "--base-url", url()).exits(0);
        cli.run("run", "--dry-run", "--base-url", url(), "--json").exits(0);
        Cli.in(directory).run("run", "--dry-run").exits(0); // without a key
        assertThat(contacts).hasValue(0);
        assertThat(directory).isEmptyDirectory();
        cli.run("run", "--base-url", url(), "--task", "logic", "--sample", "logic-hats-01", "--retries", "0")
                .exits(3);
        assertThat(contacts.get()).as("the server does count").isPositive();
    }

    @Test
    void theDocumentHasTheCostAsARangeWithTheDateOfThePrices() {
        SmallSuite.write(cli, url());
        Map<String, Object> plan = cli.run(SmallSuite.all("--dry-run", "--json", "--prices", "prices.yaml"))
                .exits(0)
                .json();
        assertThat(plan)
                .containsEntry("schema", "rtel.plan/1")
                .containsEntry("models", 3L)
                .containsEntry("tasks", 5L)
                .containsEntry("samples", (long) SmallSuite.SAMPLES)
                .containsEntry("trials", 27L)
                .containsEntry("judge_calls", 3L)
                .containsEntry("price_date", "2026-08-29")
                .containsEntry("unpriced_models", 0L);
        Map<String, Object> cost = Cli.object(plan.get("cost_usd"));
        BigDecimal low = new BigDecimal((String) cost.get("low"));
        BigDecimal typical = new BigDecimal((String) cost.get("typical"));
        BigDecimal worst = new BigDecimal((String) cost.get("worst"));
        assertThat(low).isPositive().isLessThan(typical);
        assertThat(typical).isLessThan(worst);
        // 9 calls of 2,000 tokens at 10 USD a million, 18 at 4, 3 judge calls of 4,000 at 4; prompts on top
        BigDecimal output = new BigDecimal("0.18").add(new BigDecimal("0.144")).add(new BigDecimal("0.048"));
        assertThat(worst).isBetween(output, output.add(new BigDecimal("0.01")));
    }

    @Test
    void modelsWithoutAPriceAreUnknownNotFree() {
        SmallSuite.write(cli, url());
        Cli.Result result = cli.run(SmallSuite.all("--dry-run", "--json")).exits(0);
        assertThat(result.json()).containsEntry("unpriced_models", 4L);
        assertThat(Cli.object(result.json().get("cost_usd_by_model"))).containsEntry("acme/right", null);
        assertThat(cli.run(SmallSuite.all("--dry-run")).exits(0).out()).contains("4 model(s) have no known price", "?");
    }

    @Test
    void aWorstCaseAboveTheLimitIsSaid() {
        SmallSuite.write(cli, url());
        assertThat(cli.run(SmallSuite.all("--dry-run", "--prices", "prices.yaml", "--max-cost", "0.01"))
                        .exits(0)
                        .out())
                .contains("The worst case exceeds --max-cost", "$0.01");
    }

    @Test
    void anotherJudgeAndAnOutputLimitAreCounted() {
        SmallSuite.write(cli, url());
        String out = cli.run(SmallSuite.all("--dry-run", "--judge", "acme/strict", "--max-output-tokens", "100"))
                .exits(0)
                .out();
        assertThat(out).contains("Judge calls: 3 (acme/strict)", "\"max_tokens\":100");
    }
}
