package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AccountTest {
    private static final Consumer<ObjectNode> LIMITED = body -> body.put("max_tokens", 4000);

    @Test
    void missingKeyIsRefusedExceptForPublicRoutes() {
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.script()))) {
            ApiClient client = new ApiClient(simulator.baseUri());
            for (String path : new String[] {"/key", "/credits", "/generation?id=gen-1"}) {
                HttpResponse<String> response = client.send(client.request(path));
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(ApiClient.json(response).at("/error/message").asString())
                        .isEqualTo("Missing Authentication header");
            }
            assertThat(client.send(client.request("/models")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void onlyTheAcceptedKeyIsAcceptedIfThereIsOne() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .acceptedKey("sk-right")
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            assertThat(client.get("/key").statusCode()).isEqualTo(401);
            assertThat(client.post(ApiClient.body(Scripts.PLAIN, "hi")).statusCode())
                    .isEqualTo(401);
            assertThat(client.send(client.request("/key").header("Authorization", "Bearer sk-right"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.send(client.request("/key").header("Authorization", "Basic sk-right"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void keyAndCreditsShowWhatIsSpent() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .credit(new BigDecimal("10"))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            client.complete(ApiClient.body(Scripts.THINKER, "question number 1.", LIMITED));
            BigDecimal spent = simulator.bill().totalCost();
            assertThat(spent).isPositive();
            JsonNode key = ApiClient.json(client.get("/key")).path("data");
            assertThat(key.path("usage").decimalValue()).isEqualByComparingTo(spent);
            assertThat(key.path("limit").decimalValue()).isEqualByComparingTo("10");
            assertThat(key.path("limit_remaining").decimalValue()).isEqualByComparingTo(BigDecimal.TEN.subtract(spent));
            JsonNode credits = ApiClient.json(client.get("/credits")).path("data");
            assertThat(credits.path("total_credits").decimalValue()).isEqualByComparingTo("10");
            assertThat(credits.path("total_usage").decimalValue()).isEqualByComparingTo(spent);
        }
    }

    @Test
    void keyWithoutLimitHasNullLimits() {
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(Scripts.script()))) {
            JsonNode key = ApiClient.json(new ApiClient(simulator.baseUri()).get("/key"))
                    .path("data");
            assertThat(key.path("limit").isNull()).isTrue();
            assertThat(key.path("limit_remaining").isNull()).isTrue();
        }
    }

    @Test
    void requestThatTheAccountCannotPayIsRefusedBeforehand() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .credit(new BigDecimal("0.009"))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            HttpResponse<String> refused = client.post(ApiClient.body(Scripts.THINKER, "question number 1."));
            assertThat(refused.statusCode()).isEqualTo(402);
            assertThat(ApiClient.json(refused).at("/error/message").asString())
                    .contains("You requested up to 65536 tokens, but can only afford 449");
            assertThat(client.post(ApiClient.body(Scripts.THINKER, "question number 1.", LIMITED))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void emptyAccountAnswersNothing() {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .credit(BigDecimal.ZERO)
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            HttpResponse<String> response =
                    new ApiClient(simulator.baseUri()).post(ApiClient.body(Scripts.THINKER, "hi", LIMITED));
            assertThat(response.statusCode()).isEqualTo(402);
            assertThat(ApiClient.json(response).at("/error/message").asString()).startsWith("Insufficient credits");
        }
    }
}
