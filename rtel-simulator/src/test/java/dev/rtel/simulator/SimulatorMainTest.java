package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class SimulatorMainTest {
    private static final String SCRIPT = """
            {"samples": [{"key": "a", "prompt_contains": "apples", "right": ["seven"], "wrong": ["eight"]}],
             "models": [{"id": "acme/one", "accuracy": 1}]}
            """;

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void writeScript() throws IOException {
        script = Files.writeString(folder.resolve("script.json"), SCRIPT);
    }

    @Test
    void runsAsItsOwnProcessUntilItIsKilled() throws Exception {
        Process process = start(
                "--script",
                script.toString(),
                "--port",
                "0",
                "--seed",
                "3",
                "--latency-ms",
                "0",
                "--fault",
                "status:status=503,attempt=1");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            assertThat(line).matches("listening on http://127\\.0\\.0\\.1:[0-9]+/api/v1");
            ApiClient client = new ApiClient(URI.create(line.substring("listening on ".length())));
            ObjectNode body = ApiClient.body("acme/one", "how many apples?");
            assertThat(client.post(body).statusCode()).isEqualTo(503);
            body.putObject("metadata").put("rtel_attempt", "2");
            assertThat(ApiClient.content(client.complete(body))).isEqualTo("seven");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void wrongArgumentsEndWithCode2AndAMessage() throws Exception {
        Process process = start("--script", folder.resolve("none.json").toString());
        String message = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(message).contains("none.json");
    }

    @Test
    void helpIsPrintedAndEndsWithCode0() throws Exception {
        Process process = start("--help");
        String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(help).startsWith("usage:").contains("--generation-lag-ms");
        FaultParser.KEYS.forEach(key -> assertThat(help).contains(key));
        for (ChaosProfile profile : ChaosProfile.values()) {
            assertThat(help).contains(profile.profileName());
        }
    }

    @Test
    void argumentsBecomeTheConfiguration() {
        SimulatorConfig config = Arguments.parse(
                "--script",
                script.toString(),
                "--port",
                "1234",
                "--seed",
                "5",
                "--latency-ms",
                "7",
                "--generation-lag-ms",
                "9",
                "--credit",
                "2.5",
                "--key",
                "sk-1",
                "--first-reasoning-ms",
                "1",
                "--first-content-ms",
                "2",
                "--chunk-gap-ms",
                "3",
                "--generation-polls",
                "2",
                "--generation-status",
                "500",
                "--generation-share",
                "never=0.25",
                "--daily-cap",
                "11",
                "--limit",
                "deepinfra:per-minute=60,in-flight=4,hint=body",
                "--storm",
                "*:for-ms=5000,after-ms=1000,every-ms=20000,status=503,hint=reset-header",
                "--fault",
                "refusal",
                "--fault",
                "padding");
        assertThat(config)
                .usingRecursiveComparison()
                .ignoringFields("clock")
                .isEqualTo(SimulatorConfig.builder(SimulatorScript.read(script))
                        .port(1234)
                        .seed(5)
                        .latency(Duration.ofMillis(7))
                        .acceptedKey("sk-1")
                        .pacing(new Pacing(
                                Optional.of(Duration.ofMillis(1)),
                                Optional.of(Duration.ofMillis(2)),
                                Optional.of(Duration.ofMillis(3))))
                        .generation(GenerationPolicy.after(Duration.ofMillis(9))
                                .withHiddenPolls(2)
                                .withPendingStatus(500)
                                .withShare(GenerationShape.NEVER, 0.25))
                        .dailyCap(11)
                        .limit(new ProviderLimit("deepinfra", OptionalInt.of(60), OptionalInt.of(4), WaitHint.BODY))
                        .storm(Storm.of("*", Duration.ofSeconds(5))
                                .withAfter(Duration.ofSeconds(1))
                                .withEvery(Duration.ofSeconds(20))
                                .withStatus(503)
                                .withHint(WaitHint.RESET_HEADER))
                        .credit(new BigDecimal("2.5"))
                        .fault(Fault.of(FaultKind.REFUSAL))
                        .fault(Fault.of(FaultKind.PADDING))
                        .build());
    }

    @Test
    void chaosProfileCountsLessThanWhatIsSaidOtherwise() {
        SimulatorConfig config = Arguments.parse(
                "--fault",
                "refusal",
                "--generation-lag-ms",
                "7",
                "--script",
                script.toString(),
                "--chaos",
                "rough",
                "--stall-ms",
                "50");
        assertThat(config.faults().get(0)).isEqualTo(Fault.of(FaultKind.REFUSAL));
        assertThat(config.faults().subList(1, config.faults().size()))
                .isEqualTo(ChaosProfile.ROUGH.faults(Duration.ofMillis(50)));
        assertThat(config.generation())
                .isEqualTo(ChaosProfile.ROUGH.generation().withLag(Duration.ofMillis(7)));
    }

    @Test
    void mistakesInArgumentsAreNamed() {
        String file = script.toString();
        assertThatThrownBy(() -> Arguments.parse()).hasMessageContaining("--script is missing");
        assertThatThrownBy(() -> Arguments.parse("--script")).hasMessageContaining("\"--script\" needs a value");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--port", "x"))
                .hasMessageContaining("--port must be a number, was \"x\"");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--prot", "1"))
                .hasMessageContaining("unknown option \"--prot\"");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--fault", "x"))
                .hasMessageContaining("fault must be one of [status,");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--chaos", "wild"))
                .hasMessage("no chaos profile named \"wild\"; available: [none, gentle, rough, everything, storm]");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--stall-ms", "x"))
                .hasMessageContaining("--stall-ms must be a number, was \"x\"");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--limit", "a"))
                .hasMessageContaining("limit \"a\": a limit needs");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--limit", "a:per-minute=x"))
                .hasMessageContaining("limit \"a:per-minute=x\": per-minute must be a number, was \"x\"");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--storm", "a:status=429"))
                .hasMessageContaining("needs for-ms=N");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--storm", "a:for-ms=1,x=2"))
                .hasMessageContaining("unknown key \"x\"; known: [for-ms,");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--generation-share", "never"))
                .hasMessageContaining("must be SHAPE=SHARE");
        assertThatThrownBy(() -> Arguments.parse("--script", file, "--generation-share", "odd=1"))
                .hasMessageContaining("shape of a generation record must be one of [full, never,");
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SimulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
