package dev.rtel.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of a completion as {@code POST /chat/completions} does. */
final class CompletionJson {
    private CompletionJson() {}

    static ObjectNode of(String id, Instant created, Served served, Answer answer) {
        ObjectNode body = envelope(id, created, served);
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0).putNull("logprobs");
        String finishReason =
                served.shape().finish().word(answer.finishReason()).orElse(null);
        choice.put("finish_reason", finishReason).put("native_finish_reason", finishReason);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        putContent(message, served.shape().content(), answer.content().orElse(null));
        message.put("refusal", answer.refusal().orElse(null));
        message.put("reasoning", answer.reasoningText().orElse(null));
        if (answer.reasoningForm() != ReasoningText.NONE) {
            ArrayNode details = message.putArray("reasoning_details");
            answer.reasoningText().ifPresent(text -> ReasoningDetails.putText(details, answer.reasoningForm(), text));
            ReasoningDetails.putSealed(details, answer.reasoningForm(), id);
        }
        if (served.shape().finish() == FinishShape.TOOL_CALLS) {
            putToolCall(message.putArray("tool_calls").addObject(), id);
        }
        UsageJson.put(body, served, answer);
        return body;
    }

    static ObjectNode envelope(String id, Instant created, Served served) {
        ObjectNode body = Json.object();
        body.put("id", id);
        body.put("object", "chat.completion");
        body.put("created", created.getEpochSecond());
        body.put("model", served.name());
        body.put("provider", served.endpoint().providerName());
        body.putNull("system_fingerprint");
        body.put("service_tier", "default");
        return body;
    }

    static ObjectNode putToolCall(ObjectNode call, String id) {
        call.put("id", "call_" + new Dice(0, id).letters("tool", 16)).put("type", "function");
        call.putObject("function").put("name", "look_up").put("arguments", "{}");
        return call;
    }

    private static void putContent(ObjectNode message, ContentShape shape, @Nullable String content) {
        if (content == null || shape == ContentShape.NULL) {
            message.putNull("content");
            return;
        }
        switch (shape) {
            case EMPTY -> message.put("content", "");
            case PARTS -> {
                int middle = content.offsetByCodePoints(0, content.codePointCount(0, content.length()) / 2);
                ArrayNode parts = message.putArray("content");
                parts.addObject().put("type", "text").put("text", content.substring(0, middle));
                parts.addObject().put("type", "text").put("text", content.substring(middle));
            }
            case ABSENT -> message.remove("content");
            default -> message.put("content", content);
        }
    }
}
