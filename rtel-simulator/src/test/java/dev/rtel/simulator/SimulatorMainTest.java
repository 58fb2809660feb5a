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
    }

    @Test
    void argumentsBecomeTheConfiguration() {
        SimulatorConfig config = SimulatorMain.config(
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
                        .generation(GenerationPolicy.after(Duration.ofMillis(9)))
                        .credit(new BigDecimal("2.5"))
                        .fault(Fault.of(FaultKind.REFUSAL))
                        .fault(Fault.of(FaultKind.PADDING))
                        .build());
    }

    @Test
    void mistakesInArgumentsAreNamed() {
        String file = script.toString();
        assertThatThrownBy(() -> SimulatorMain.config()).hasMessageContaining("--script is missing");
        assertThatThrownBy(() -> SimulatorMain.config("--script")).hasMessageContaining("\"--script\" needs a value");
        assertThatThrownBy(() -> SimulatorMain.config("--script", file, "--port", "x"))
                .hasMessageContaining("--port must be a number, was \"x\"");
        assertThatThrownBy(() -> SimulatorMain.config("--script", file, "--prot", "1"))
                .hasMessageContaining("unknown option \"--prot\"");
        assertThatThrownBy(() -> SimulatorMain.config("--script", file, "--fault", "x"))
                .hasMessageContaining("fault must be one of [status,");
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
