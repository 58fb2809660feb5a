package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.simulator.BillLine;
import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.ReasoningMode;
import dev.rtel.simulator.ReasoningText;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measuring speed, and where its medians turn up. */
class SpeedTest {
    @TempDir
    Path directory;

    private static SimulatorConfig simulator() {
        return SimulatorConfig.builder(SimulatorScript.builder()
                        .model(ModelProfile.builder("acme/optional")
                                .accuracy(1)
                                .reasoning(ReasoningMode.OPTIONAL, 100)
                                .latency(Duration.ofMillis(150), Duration.ZERO)
                                .build())
                        .model(ModelProfile.builder("acme/forced")
                                .accuracy(1)
                                .reasoning(ReasoningMode.MANDATORY, 100)
                                .reasoningText(ReasoningText.TEXT)
                                .latency(Duration.ofMillis(150), Duration.ZERO)
                                .build())
                        .sample("sum", "12 + 30", "math", "Final answer: 42", "Final answer: 41")
                        .build())
                .seed(5)
                .build();
    }

    @Test
    void itIsStreamedOneAtATimePinnedAndShortAndItsMediansStandInLaterLeaderboards() {
        Cli cli = Cli.in(directory).withKey();
        try (Simulator simulator = Simulator.start(simulator())) {
            cli.write("roster.yaml", """
                    roster: mine
                    defaults: {max_tokens: 900}
                    models:
                      - {id: acme/optional, settings: %1$s, params: {reasoning: {effort: low}}}
                      - {id: acme/forced, settings: %1$s}
                    """.formatted(
                            "{base_url: \"" + simulator.baseUri() + "\", generation_delays: \"10ms,50ms\"}"));
            cli.write("sums.yaml", """
                    task: sums
                    version: "1"
                    category: math
                    grader: {name: exact-numeric}
                    samples:
                      - {id: sum, input: "What is 12 + 30?", target: "42"}
                    """);
            Map<String, Object> measured = cli.run("speed", "--roster", "roster.yaml", "--runs", "3", "--json")
                    .exits(0)
                    .json();
            assertThat(measured).containsEntry("schema", "rtel.speed/1").containsEntry("simulated", false);
            List<Map<String, Object>> rows = Cli.objects(measured.get("models"));
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0)).containsEntry("model", "acme/optional").containsEntry("reasoning", "off");
            assertThat(rows.get(1)).containsEntry("model", "acme/forced").containsEntry("reasoning", "forced");
            assertThat(rows).allSatisfy(row -> {
                assertThat(row).containsEntry("runs", 3L).containsEntry("used", 3L);
                assertThat((Number) row.get("tps")).isNotNull();
                assertThat(((Number) row.get("ttft_ms")).doubleValue()).isPositive();
                assertThat(Cli.object(row.get("routing")))
                        .containsEntry("allow_fallbacks", false)
                        .containsKey("only");
            });
            List<BillLine> bill = simulator.bill().lines();
            assertThat(bill).hasSize(6).allSatisfy(line -> {
                assertThat(line.streamed()).isTrue();
                assertThat(line.completionTokens()).isLessThanOrEqualTo(400);
                assertThat(line.promptTokens()).isBetween(1_600L, 2_600L);
            });
            assertThat(simulator.stats().providers().values())
                    .allSatisfy(
                            provider -> assertThat(provider.peakConcurrency()).isEqualTo(1));

            cli.run("run", "--roster", "roster.yaml", "--task", "sums.yaml", "--max-cost", "1", "--json")
                    .exits(0);
            Map<String, Object> board = dev.rtel.common.PlainJson.readObject(
                    Cli.text(cli.runs().get(0).resolve("leaderboard.json")));
            assertThat(Cli.objects(board.get("rows"))).allSatisfy(row -> {
                Map<String, Object> speed = Cli.object(row.get("speed"));
                assertThat((Number) speed.get("tps")).isNotNull();
                assertThat((Number) speed.get("ttft_ms")).isNotNull();
            });
            assertThat(cli.run("report").exits(0).out()).doesNotContain("speed");
        }
    }
}
