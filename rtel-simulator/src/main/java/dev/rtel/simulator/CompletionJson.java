package dev.rtel.simulator;

import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of a completion as {@code POST /chat/completions} does. */
final class CompletionJson {
    private CompletionJson() {}

    static ObjectNode of(String id, Instant created, ModelProfile model, Answer answer) {
        ObjectNode body = envelope(id, created, model);
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0).putNull("logprobs");
        choice.put("finish_reason", answer.finishReason());
        choice.put("native_finish_reason", answer.finishReason());
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        putContent(message, model, answer);
        answer.refusal().ifPresentOrElse(text -> message.put("refusal", text), () -> message.putNull("refusal"));
        answer.reasoningText()
                .ifPresentOrElse(text -> message.put("reasoning", text), () -> message.putNull("reasoning"));
        if (answer.reasoningForm() != ReasoningText.NONE) {
            putDetails(message.putArray("reasoning_details"), answer, id);
        }
        UsageJson.put(body, model, answer);
        return body;
    }

    static ObjectNode envelope(String id, Instant created, ModelProfile model) {
        ObjectNode body = Json.object();
        body.put("id", id);
        body.put("object", "chat.completion");
        body.put("created", created.getEpochSecond());
        body.put("model", model.canonicalSlug());
        body.put("provider", model.providerName());
        body.putNull("system_fingerprint");
        body.put("service_tier", "default");
        return body;
    }

    private static void putContent(ObjectNode message, ModelProfile model, Answer answer) {
        String content = answer.content().orElse(null);
        if (content == null || model.contentShape() == ContentShape.NULL) {
            message.putNull("content");
            return;
        }
        switch (model.contentShape()) {
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

    private static void putDetails(ArrayNode details, Answer answer, String id) {
        answer.reasoningText().ifPresent(text -> ReasoningDetails.putText(details, answer.reasoningForm(), text));
        ReasoningDetails.putSealed(details, answer.reasoningForm(), id);
    }
}
