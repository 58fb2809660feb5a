package dev.rtel.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A plain HTTP client for the tests. */
final class ApiClient {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;

    ApiClient(URI base) {
        this.base = base;
    }

    static ObjectNode body(String model, String prompt) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return body;
    }

    static ObjectNode body(String model, String prompt, Map<String, String> metadata) {
        ObjectNode body = body(model, prompt);
        metadata.forEach(body.putObject("metadata")::put);
        return body;
    }

    static ObjectNode body(String model, String prompt, Consumer<ObjectNode> more) {
        ObjectNode body = body(model, prompt);
        more.accept(body);
        return body;
    }

    HttpResponse<String> post(ObjectNode body) {
        return post(body.toString());
    }

    HttpResponse<String> post(String body) {
        try {
            return http.send(chat(body).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> postLater(ObjectNode body) {
        return http.sendAsync(chat(body.toString()).build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode complete(ObjectNode body) {
        HttpResponse<String> response = post(body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    /** Sends a request with {@code "stream": true} and reads the whole stream. */
    Sse stream(ObjectNode body) {
        HttpResponse<String> response = post(streamed(body));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Sse.parse(response.body());
    }

    /** Sends a request with {@code "stream": true} and reads what comes until the connection is cut. */
    Sse streamUntilCut(ObjectNode body) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            send(socket, streamed(body));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (reply.endsWith("\r\n0\r\n\r\n")) {
                throw new AssertionError("the connection was not cut: " + reply);
            }
            String chunks = reply.substring(reply.indexOf("\r\n\r\n") + 4);
            return Sse.parse(chunks.replaceAll("(^|\r\n)[0-9a-f]+\r\n", "").replaceFirst("\r\n$", ""));
        }
    }

    /** Sends a request for a stream and returns the part of the reply that has come so far; closing it hangs up. */
    InputStream open(ObjectNode body) {
        try {
            return http.send(chat(streamed(body).toString()).build(), HttpResponse.BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request and closes the connection without waiting for the reply. */
    void hangUp(ObjectNode body) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            send(socket, body);
        }
    }

    private void send(Socket socket, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        String head = "POST " + base.getPath() + "/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer sk-test\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    static ObjectNode streamed(ObjectNode body) {
        return body.deepCopy().put("stream", true);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer sk-test"));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    }

    static JsonNode json(HttpResponse<String> response) {
        return MAPPER.readTree(response.body());
    }

    static String content(JsonNode completion) {
        return completion.at("/choices/0/message/content").asString();
    }

    static long reasoning(JsonNode completion) {
        return completion
                .at("/usage/completion_tokens_details/reasoning_tokens")
                .asLong();
    }

    private HttpRequest.Builder chat(String body) {
        return request("/chat/completions")
                .header("Authorization", "Bearer sk-test")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
