package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.simulator.Effort;
import dev.rtel.simulator.Endpoint;
import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.ReasoningMode;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is checked before the first paid call, by {@code rtel models check} and by a run. */
class PreflightTest {
    @TempDir
    Path directory;

    private Cli cli;
    private String baseUrl;

    @BeforeEach
    void start() {
        cli = Cli.in(directory).withKey();
    }

    private static SimulatorConfig.Builder lists() {
        return SimulatorConfig.builder(SimulatorScript.builder()
                .model(ModelProfile.builder("acme/plain").accuracy(1).build())
                .model(ModelProfile.builder("acme/thinker")
                        .reasoning(ReasoningMode.MANDATORY, 100)
                        .supportedEfforts(Effort.HIGH, Effort.LOW)
                        .build())
                .model(ModelProfile.builder("acme/small")
                        .contextLength(40)
                        .maxCompletionTokens(20)
                        .build())
                .model(ModelProfile.builder("acme/hosted")
                        .endpoint(host("Cheap", "cheap/fp8", "0.000001"))
                        .endpoint(host("Dear", "dear", "0.000003"))
                        .build())
                .sample("sum", "12 + 30", "math", "Final answer: 42", "Final answer: 41")
                .build());
    }

    private static Endpoint host(String provider, String tag, String price) {
        return new Endpoint(provider, tag, "fp8", new BigDecimal(price), new BigDecimal(price));
    }

    private void write(String baseUrl, String entries) {
        cli.write("roster.yaml", """
                roster: mine
                defaults: {max_tokens: 500, timeout: 20s}
                models:
                %s
                """.formatted(entries.indent(2)));
        this.baseUrl = baseUrl;
        cli.write("sums.yaml", """
                task: sums
                version: "1"
                category: math
                grader: {name: exact-numeric}
                samples:
                  - {id: sum, input: "What is 12 + 30?", target: "42"}
                """);
    }

    private Cli.Result check(String... more) {
        return cli.run(
                Cli.args(new String[] {"models", "check", "--roster", "roster.yaml", "--base-url", baseUrl}, more));
    }

    private Cli.Result run(String... more) {
        return cli.run(Cli.args(
                new String[] {"run", "--roster", "roster.yaml", "--base-url", baseUrl, "--task", "sums.yaml"}, more));
    }

    @Test
    void aSoundRosterPassesAndBringsListedPricesAndHosts() {
        try (Simulator simulator = Simulator.start(lists().build())) {
            write(simulator.baseUri().toString(), """
                    - {id: acme/plain}
                    - {id: acme/thinker, params: {reasoning: {effort: low}}}
                    - {id: acme/hosted, provider: {only: [cheap]}}
                    """);
            Map<String, Object> checked = check("--json").exits(0).json();
            assertThat(checked).containsEntry("schema", "rtel.model-check/1").containsEntry("ok", true);
            assertThat(Cli.objects(checked.get("models")).get(2))
                    .containsEntry("listed", true)
                    .containsEntry("completion_usd_per_token", "0.000001")
                    .containsEntry("hosts", List.of("cheap/fp8", "dear"));
            assertThat(check().exits(0).out()).contains("live list of http://127.0.0.1", "acme/plain", "✓");

            run("--max-cost", "1").exits(0);
            Map<String, Object> run =
                    dev.rtel.common.PlainJson.readObject(Cli.text(cli.onlyRun().resolve("run.json")));
            assertThat(Cli.object(run.get("prices")).get("version")).asString().startsWith("live-");
        }
    }

    /** What is wrong with one entry: named by models check with exit code 2; a run refuses it and sends nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{id: acme/planet} | no 'acme/planet'",
                "{id: acme/plain, params: {reasoning: {effort: high}}} | does not support",
                "{id: acme/thinker, params: {reasoning: {enabled: false}}} | mandatory",
                "{id: acme/thinker, params: {reasoning: {effort: none}}} | mandatory",
                "{id: acme/thinker, params: {reasoning: {effort: xhigh}}} | 'xhigh' is not among",
                "{id: acme/thinker, params: {reasoning: {effort: low}, reasoning_effort: high}} | keep one of them",
                "{id: acme/hosted, provider: {only: [nobody]}} | pinned to [nobody]"
            })
    void anEntryThatWouldGoWrongIsRefusedBeforeAnythingIsSent(String entry, String said) {
        try (Simulator simulator = Simulator.start(lists().build())) {
            write(simulator.baseUri().toString(), "- " + entry);
            Cli.Result checked = check().exits(2).hasNoStackTrace();
            assertThat(checked.out()).contains("✗ wrong", said);
            run("--max-cost", "1")
                    .exits(2)
                    .says(said, "nothing was sent", "rtel models check")
                    .hasNoStackTrace();
            assertThat(simulator.bill().lines()).isEmpty();
            assertThat(cli.runs()).isEmpty();
        }
    }

    @Test
    void aPromptThatIsTooLongAndAnUnpinnedModelAreTold() {
        try (Simulator simulator = Simulator.start(lists().build())) {
            write(simulator.baseUri().toString(), "- {id: acme/small}\n- {id: acme/hosted}");
            assertThat(check().exits(2).out())
                    .contains("acme/small: the longest prompt", "acme/hosted: is not pinned: any of 2 hosts");
            run("--model", "acme/hosted", "--max-cost", "1").exits(0).says("is not pinned");
        }
    }

    @Test
    void aRefusedKeyAndTooLittleCreditStopARunBeforeItsFirstCall() {
        try (Simulator simulator =
                Simulator.start(lists().acceptedKey("another-key").build())) {
            write(simulator.baseUri().toString(), "- {id: acme/plain}");
            check().exits(6);
            run("--max-cost", "1").exits(6).says("401").hasNoStackTrace();
            assertThat(cli.runs()).isEmpty();
        }
        try (Simulator simulator =
                Simulator.start(lists().credit(new BigDecimal("0.00001")).build())) {
            write(simulator.baseUri().toString(), "- {id: acme/plain}");
            run("--max-cost", "1")
                    .exits(6)
                    .says("may still spend $0.0000", "add credit")
                    .hasNoStackTrace();
            assertThat(simulator.bill().lines()).isEmpty();
        }
    }

    @Test
    void withoutALiveListTheDatedSnapshotIsUsedAndNamed() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        write("http://127.0.0.1:" + closed + "/api/v1", "- {id: acme/plain}");
        String out = check().exits(0).out();
        assertThat(out).contains("cannot be read", "offline snapshot of 2026-", "may be out of date");
        assertThat(out).contains("does not know 'acme/plain'");
    }

    @Test
    void offlineAsksNobody() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody.setSoTimeout(1);
            write("http://127.0.0.1:" + nobody.getLocalPort() + "/api/v1", "- {id: acme/plain}");
            assertThat(check("--offline").exits(0).out()).contains("Checked offline against the offline snapshot of");
            org.assertj.core.api.Assertions.assertThatThrownBy(nobody::accept)
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }
}
