package dev.rtel.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the chunks of one streamed completion, each as a {@code data:} line and an empty line. Not thread-safe. */
final class ChunkJson {
    private final String id;
    private final long created;
    private final String model;
    private final String provider;
    private @Nullable TextLine content;
    private @Nullable TextLine reasoning;

    ChunkJson(String id, Instant created, String model, String provider) {
        this.id = id;
        this.created = created.getEpochSecond();
        this.model = model;
        this.provider = provider;
    }

    static String line(ObjectNode chunk) {
        return "data: " + Json.text(chunk) + "\n\n";
    }

    ObjectNode envelope() {
        ObjectNode chunk = Json.object();
        chunk.put("id", id).put("object", "chat.completion.chunk").put("created", created);
        chunk.put("model", model).put("provider", provider);
        return chunk;
    }

    /** Returns a chunk with a delta that has a role and empty content, to be filled. */
    ObjectNode chunk(@Nullable String finishReason) {
        ObjectNode chunk = envelope();
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.put("finish_reason", finishReason).put("native_finish_reason", finishReason);
        choice.putNull("logprobs");
        return chunk;
    }

    static ObjectNode delta(ObjectNode chunk) {
        return choice(chunk).withObject("delta");
    }

    static ObjectNode choice(ObjectNode chunk) {
        return (ObjectNode) chunk.withArray("choices").get(0);
    }

    String content(String text) {
        if (content == null) {
            ObjectNode chunk = chunk(null);
            delta(chunk).put("content", TextLine.PLACE);
            content = TextLine.of(chunk);
        }
        return content.with(text);
    }

    String refusal(String text) {
        ObjectNode chunk = chunk(null);
        delta(chunk).put("refusal", text);
        return line(chunk);
    }

    String toolCall() {
        ObjectNode chunk = chunk(null);
        CompletionJson.putToolCall(
                delta(chunk).putArray("tool_calls").addObject().put("index", 0), id);
        return line(chunk);
    }

    /** Returns a chunk with a part of the thinking; the form is the same for all parts. */
    String reasoning(String text, ReasoningText form) {
        if (reasoning == null) {
            ObjectNode chunk = chunk(null);
            ObjectNode delta = delta(chunk).put("reasoning", TextLine.PLACE);
            ReasoningDetails.putText(delta.putArray("reasoning_details"), form, TextLine.PLACE);
            reasoning = TextLine.of(chunk);
        }
        return reasoning.with(text);
    }

    /** Returns a chunk with what follows the text of the thinking, a block that cannot be read. */
    String sealed(ReasoningText form) {
        ObjectNode chunk = chunk(null);
        ArrayNode details = delta(chunk).putArray("reasoning_details");
        ReasoningDetails.putSealed(details, form, id);
        return line(chunk);
    }

    /** Returns the usage chunk; its usage is still to be added. */
    ObjectNode usage(UsageChunk form, @Nullable String finishReason) {
        ObjectNode chunk = form == UsageChunk.EMPTY_CHOICES ? envelope() : chunk(finishReason);
        if (form == UsageChunk.EMPTY_CHOICES) {
            chunk.putArray("choices");
        }
        return chunk.put("service_tier", "default");
    }
}
