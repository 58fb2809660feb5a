package dev.rtel.openrouter;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.rtel.spi.Model;
import dev.rtel.testkit.ModelCompatibilityKit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same model with replies asked for as event streams. */
class OpenRouterStreamKitTest extends ModelCompatibilityKit {
    private WireMockServer server;
    private Servers.RawServer stalling;

    @BeforeEach
    void start() {
        server = Servers.wireMock();
    }

    @AfterEach
    void stop() {
        server.stop();
        if (stalling != null) {
            stalling.close();
        }
    }

    @Override
    protected Model model(Situation situation) {
        if (situation == Situation.STALLS) {
            stalling = new Servers.RawServer(Servers.STALLING.replace("application/json", "text/event-stream"), false);
            return Servers.model(stalling.url(), Map.of("stream", true));
        }
        var reply = aResponse();
        switch (situation) {
            case ANSWERS -> events(reply, "stop", "42").withHeader("X-Generation-Id", "gen-1");
            case CUT_OFF -> events(reply, "length", "");
            case OVERLOADED -> reply.withStatus(503).withBody("{\"error\":{\"code\":503,\"message\":\"busy\"}}");
            case REFUSES -> reply.withStatus(400).withBody("{\"error\":{\"code\":400,\"message\":\"odd\"}}");
            default -> reply.withStatus(401).withBody("{\"error\":{\"code\":401,\"message\":\"User not found.\"}}");
        }
        server.stubFor(any(anyUrl()).willReturn(reply));
        return Servers.model(server.baseUrl() + "/api/v1", Map.of("stream", true));
    }

    private static ResponseDefinitionBuilder events(ResponseDefinitionBuilder reply, String finish, String text) {
        return reply.withHeader("Content-Type", "text/event-stream")
                .withBody("data: {\"id\":\"gen-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                        + "\"},\"finish_reason\":\"" + finish + "\"}]}\n\ndata: [DONE]\n\n");
    }

    @Override
    protected int calls() {
        return stalling != null
                ? stalling.calls()
                : server.findAll(anyRequestedFor(anyUrl())).size();
    }
}
