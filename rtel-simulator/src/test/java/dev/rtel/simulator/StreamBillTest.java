package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is billed when a client stays to the end of a stream, and when it does not. */
@Timeout(60)
class StreamBillTest {
    private static final ObjectNode REQUEST = ApiClient.body(Scripts.THINKER, "question number 1.");

    @Test
    void costIsOnTheBillBeforeTheFirstByteAndTheRecordComesAfterTheLast() throws Exception {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .latency(Duration.ofHours(1))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            InputStream reply = client.open(REQUEST);
            assertThat(reply.read()).isEqualTo(':');
            BillLine line = simulator.bill().lines().get(0);
            assertThat(line.streamed()).isTrue();
            assertThat(line.completionTokens()).isPositive();
            assertThat(client.get("/generation?id=" + line.generationId()).statusCode())
                    .isEqualTo(404);
            reply.close();
        }
    }

    @Test
    void clientThatLeavesEarlyPaysForWhatWasProducedUntilThen() throws Exception {
        long whole = wholeCompletion();
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .pacing(Pacing.BY_LATENCY.withFirstReasoning(Duration.ZERO).withChunkGap(Duration.ofMillis(150)))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            String id;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.open(REQUEST), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (!line.startsWith("data:")) {
                    line = lines.readLine();
                }
                id = ApiClient.MAPPER.readTree(line.substring(6)).path("id").asString();
            }
            Polling.until(() -> simulator.bill().lines().get(0).cancelled());
            BillLine line = simulator.bill().lines().get(0);
            assertThat(line.generationId()).isEqualTo(id);
            assertThat(line.completionTokens()).isPositive().isLessThan(whole);
            assertThat(line.reasoningTokens()).isEqualTo(line.completionTokens());
            JsonNode record = ApiClient.json(client.get("/generation?id=" + id)).path("data");
            assertThat(record.path("cancelled").booleanValue()).isTrue();
            assertThat(record.path("streamed").booleanValue()).isTrue();
            assertThat(record.path("finish_reason").isNull()).isTrue();
            assertThat(record.path("native_tokens_completion").longValue()).isEqualTo(line.completionTokens());
            assertThat(record.path("total_cost").decimalValue()).isEqualByComparingTo(line.cost());
            assertThat(simulator.bill().totalCost()).isEqualByComparingTo(line.cost());
            JsonNode key = ApiClient.json(client.get("/key"));
            assertThat(key.at("/data/usage").decimalValue()).isEqualByComparingTo(line.cost());
        }
    }

    @Test
    void clientThatLeavesDuringHiddenThinkingPaysForTheTimeThatHasPassed() throws Exception {
        long whole = wholeCompletion();
        SimulatorConfig config = SimulatorConfig.builder(Scripts.builder().build())
                .pacing(Pacing.BY_LATENCY.withFirstContent(Duration.ofSeconds(30)))
                .build();
        ObjectNode hidden = REQUEST.deepCopy();
        hidden.putObject("reasoning").put("exclude", true);
        try (Simulator simulator = Simulator.start(config)) {
            InputStream reply = new ApiClient(simulator.baseUri()).open(hidden);
            assertThat(reply.read()).isEqualTo(':');
            reply.close();
            Polling.until(() -> simulator.bill().lines().get(0).cancelled());
            assertThat(simulator.bill().lines().get(0).completionTokens()).isLessThan(whole / 2);
            assertThat(simulator.bill().lines().get(0).cost()).isPositive();
        }
    }

    @Test
    void callThatIsNotStreamedIsBilledWholeWhenTheClientHasGone() throws Exception {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .latency(Duration.ofMillis(300))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            client.hangUp(REQUEST);
            Polling.until(() -> simulator.bill().lines().size() == 1);
            BillLine line = simulator.bill().lines().get(0);
            assertThat(line.cancelled()).isFalse();
            assertThat(line.streamed()).isFalse();
            assertThat(line.completionTokens()).isEqualTo(wholeCompletion());
        }
    }

    @Test
    void runningStreamsCountAsConcurrentAndOtherRequestsGoOn() throws Exception {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .pacing(Pacing.BY_LATENCY.withFirstContent(Duration.ofHours(1)))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            List<InputStream> open = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                open.add(client.open(REQUEST));
            }
            assertThat(client.get("/key").statusCode()).isEqualTo(200);
            assertThat(simulator.peakConcurrency()).isEqualTo(5);
            for (InputStream reply : open) {
                reply.close();
            }
        }
    }

    private static long wholeCompletion() {
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.script()))) {
            new ApiClient(simulator.baseUri()).complete(REQUEST);
            return simulator.bill().lines().get(0).completionTokens();
        }
    }
}
