package dev.rtel.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a reply of {@code POST /responses} into the form of a chat completion, so that it is read by the same rules
 * (reference: resources/responses/responses.d.ts of npm openai 6.49).
 */
final class ResponsesReply {
    private ResponsesReply() {}

    static boolean is(Map<String, @Nullable Object> root) {
        return "response".equals(root.get("object")) && root.containsKey("output");
    }

    static Map<String, @Nullable Object> asChat(Map<String, @Nullable Object> response) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        for (String key : List.of("id", "model", "provider", "usage", "error")) {
            root.put(key, response.get(key));
        }
        if (root.get("error") == null && "failed".equals(response.get("status"))) {
            root.put("error", Map.of("message", "status is 'failed'"));
        }
        Map<String, @Nullable Object> choice = new LinkedHashMap<>();
        choice.put("finish_reason", finish(response).orElse(null));
        choice.put("message", message(response));
        root.put("choices", List.of(choice));
        return root;
    }

    private static Optional<String> finish(Map<String, @Nullable Object> response) {
        String status = Fields.text(response, "status").orElse("");
        return switch (status) {
            case "completed" -> Optional.of("stop");
            case "incomplete" ->
                Fields.text(Fields.object(response, "incomplete_details"), "reason")
                        .map(reason -> reason.equals("max_output_tokens") ? "length" : reason)
                        .or(() -> Optional.of(status));
            default -> Optional.empty();
        };
    }

    private static Map<String, @Nullable Object> message(Map<String, @Nullable Object> response) {
        StringBuilder answer = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        List<String> thinking = new ArrayList<>();
        List<Object> details = new ArrayList<>();
        for (Object entry : Fields.list(response, "output")) {
            Map<String, @Nullable Object> item = Fields.object(entry);
            if ("reasoning".equals(item.get("type"))) {
                List<String> full = texts(item, "content");
                thinking.addAll(full.isEmpty() ? texts(item, "summary") : full);
                Fields.text(item, "encrypted_content")
                        .ifPresent(data -> details.add(Map.of("type", "reasoning.encrypted", "data", data)));
                continue;
            }
            for (Object part : Fields.list(item, "content")) {
                Map<String, @Nullable Object> object = Fields.object(part);
                Fields.text(object, "refusal").ifPresent(refusal::append);
                answer.append(object.get("text") instanceof String text ? text : "");
            }
        }
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("content", answer.toString());
        message.put("refusal", refusal.toString());
        message.put("reasoning", String.join("\n\n", thinking));
        message.put("reasoning_details", details);
        return message;
    }

    private static List<String> texts(Map<String, @Nullable Object> item, String key) {
        List<String> texts = new ArrayList<>();
        for (Object part : Fields.list(item, key)) {
            Fields.text(Fields.object(part), "text").ifPresent(texts::add);
        }
        return texts;
    }
}
