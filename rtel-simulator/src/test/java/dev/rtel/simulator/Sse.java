package dev.rtel.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A streamed reply as it was received.
 *
 * @param chunks the chunks in order
 * @param comments number of comments
 * @param done whether {@code [DONE]} was the last line
 */
record Sse(List<JsonNode> chunks, long comments, boolean done) {
    static Sse parse(String text) {
        if (!text.isEmpty() && !text.endsWith("\n\n")) {
            throw new AssertionError("the stream ends inside of an event: " + text);
        }
        List<JsonNode> chunks = new ArrayList<>();
        long comments = 0;
        boolean done = false;
        for (String event : text.split("\n\n")) {
            if (done) {
                throw new AssertionError("something comes after [DONE]: " + event);
            } else if (event.startsWith(":")) {
                comments++;
            } else if (event.equals("data: [DONE]")) {
                done = true;
            } else if (event.startsWith("data: ") && event.indexOf('\n') < 0) {
                chunks.add(ApiClient.MAPPER.readTree(event.substring("data: ".length())));
            } else if (!event.isEmpty()) {
                throw new AssertionError("neither comment nor data: " + event);
            }
        }
        return new Sse(chunks, comments, done);
    }

    String content() {
        return text("content");
    }

    String reasoning() {
        return text("reasoning");
    }

    /** The text of the readable entries of {@code reasoning_details}. */
    String detailedReasoning() {
        return chunks.stream()
                .flatMap(chunk -> chunk.at("/choices/0/delta/reasoning_details").valueStream())
                .map(detail -> detail.path("text").asString("")
                        + detail.path("summary").asString(""))
                .collect(Collectors.joining());
    }

    JsonNode last() {
        return chunks.get(chunks.size() - 1);
    }

    JsonNode usage() {
        return last().path("usage");
    }

    /** Finish reasons of the chunks that have one. */
    List<String> finishReasons() {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/finish_reason"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }

    private String text(String field) {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta").path(field).asString(""))
                .collect(Collectors.joining());
    }
}
