package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RequestCheckTest {
    @RegisterExtension
    static final SimulatorExtension SIMULATOR = SimulatorExtension.of(Scripts.script());

    private final ApiClient client = new ApiClient(SIMULATOR.baseUri());

    @Test
    void unknownModelIsRefused() {
        HttpResponse<String> response = client.post(ApiClient.body("acme/none", "hi"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(ApiClient.json(response).at("/error/message").asString())
                .isEqualTo("acme/none is not a valid model ID");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|JSON object",
                "{\"model\":|not valid JSON",
                "[1]|JSON object",
                "{}|No models",
                "{\"model\":\"acme/plain\"}|messages",
                "{\"model\":\"acme/plain\",\"messages\":[]}|messages",
                "{\"model\":\"acme/plain\",\"messages\":[\"hi\"]}|role"
            })
    void malformedBodiesAreRefused(String body, String message) {
        HttpResponse<String> response = client.post(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(ApiClient.json(response).at("/error/message").asString()).contains(message);
    }

    @Test
    void malformedParametersAreRefused() {
        assertThat(status(body -> body.put("max_tokens", 0))).isEqualTo(400);
        assertThat(status(body -> body.put("max_tokens", "many"))).isEqualTo(400);
        assertThat(status(body -> body.put("reasoning", "high"))).isEqualTo(400);
        assertThat(status(body -> body.putObject("reasoning").put("effort", "enormous")))
                .isEqualTo(400);
        assertThat(status(
                        body -> body.putObject("reasoning").put("effort", "low").put("max_tokens", 5)))
                .isEqualTo(400);
        assertThat(status(body -> body.put("reasoning_effort", "low")
                        .putObject("reasoning")
                        .put("effort", "high")))
                .isEqualTo(400);
        assertThat(status(body -> body.putObject("metadata").put("rtel_epoch", "zero")))
                .isEqualTo(400);
        assertThat(status(body -> body.putObject("metadata").put("number", 1))).isEqualTo(400);
        assertThat(status(body -> body.putObject("metadata").put("long", "x".repeat(513))))
                .isEqualTo(400);
        assertThat(status(body -> body.putArray("metadata"))).isEqualTo(400);
        assertThat(status(body -> body.putNull("max_tokens").putNull("metadata").putNull("reasoning")))
                .isEqualTo(200);
    }

    @Test
    void providerSelectionIsHonoured() {
        assertThat(status(provider ->
                        provider.putObject("provider").putArray("only").add("acme-cloud")))
                .isEqualTo(200);
        assertThat(status(provider ->
                        provider.putObject("provider").putArray("only").add("other")))
                .isEqualTo(404);
        assertThat(status(provider ->
                        provider.putObject("provider").putArray("ignore").add("acme-cloud")))
                .isEqualTo(404);
    }

    @Test
    void requiredParametersMustBeSupported() {
        ObjectNode body = ApiClient.body(Scripts.PLAIN, "hi");
        body.putObject("reasoning").put("effort", "low");
        assertThat(client.post(body).statusCode()).isEqualTo(200);
        body.putObject("provider").put("require_parameters", true);
        assertThat(client.post(body).statusCode()).isEqualTo(404);
    }

    @Test
    void promptMustFitTheContext() {
        HttpResponse<String> response = client.post(ApiClient.body(Scripts.PLAIN, "x".repeat(900_000)));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(ApiClient.json(response).at("/error/metadata/error_type").asString())
                .isEqualTo("context_length_exceeded");
    }

    @Test
    void unknownRoutesAreNotFound() {
        assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(client.get("/chat/completions").statusCode()).isEqualTo(404);
        assertThat(SIMULATOR.simulator().requests()).containsKey("other");
    }

    private int status(Consumer<ObjectNode> more) {
        return client.post(ApiClient.body(Scripts.THINKER, "hi", more)).statusCode();
    }
}
