package dev.rtel.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer and the visible thinking of an assistant message.
 *
 * @param answer what the user sees; empty when there is none
 * @param thinking full or summarised thinking; empty when none is shown
 */
record MessageText(Optional<String> answer, Optional<String> thinking) {
    /** Names under which servers send thinking as one string. */
    static final List<String> THINKING_FIELDS = List.of("reasoning", "reasoning_content", "thinking");

    static MessageText of(Map<String, @Nullable Object> message) {
        StringBuilder answer = new StringBuilder();
        List<String> parts = new ArrayList<>();
        content(message.get("content"), answer::append, parts::add);
        parts.removeIf(String::isBlank);
        Optional<String> told = told(message);
        ThinkTags tags = ThinkTags.part(answer.toString(), told.isEmpty() && parts.isEmpty());
        Optional<String> text = Optional.of(tags.answer()).filter(t -> !t.isBlank());
        if (text.isEmpty() && tags.thinking().isEmpty()) {
            text = Fields.text(message, "refusal");
        }
        if (!tags.thinking().isEmpty()) {
            parts.add(tags.thinking());
        }
        // the same thinking often comes under several names: the first that says anything is taken
        told.filter(t -> !parts.contains(t)).ifPresent(t -> parts.add(0, t));
        String thinking = String.join("\n\n", parts);
        return new MessageText(text, thinking.isBlank() ? Optional.empty() : Optional.of(thinking));
    }

    /** Parts content, a string or a list of parts, into pieces of answer and of thinking; a piece may be empty or blank. */
    static void content(@Nullable Object content, Consumer<String> answer, Consumer<String> thinking) {
        if (content instanceof String text) {
            answer.accept(text);
        } else if (content instanceof List<?> list) {
            for (Object part : list) {
                part(part, answer, thinking);
            }
        }
    }

    private static void part(@Nullable Object part, Consumer<String> answer, Consumer<String> thinking) {
        if (part instanceof String text) {
            answer.accept(text);
            return;
        }
        Map<String, @Nullable Object> object = Fields.object(part);
        if ("thinking".equals(object.get("type")) || "reasoning".equals(object.get("type"))) {
            StringBuilder texts = new StringBuilder();
            content(object.get("thinking"), texts::append, texts::append);
            content(object.get("text"), texts::append, texts::append);
            thinking.accept(texts.toString());
        } else if (object.get("text") instanceof String text) {
            answer.accept(text);
        }
    }

    private static Optional<String> told(Map<String, @Nullable Object> message) {
        for (String field : THINKING_FIELDS) {
            Optional<String> text = Fields.text(message, field);
            if (text.isPresent()) {
                return text;
            }
        }
        StringBuilder details = new StringBuilder();
        for (Object detail : Fields.list(message, "reasoning_details")) {
            Map<String, @Nullable Object> object = Fields.object(detail);
            Fields.text(object, "text").or(() -> Fields.text(object, "summary")).ifPresent(details::append);
        }
        return details.isEmpty() ? Optional.empty() : Optional.of(details.toString());
    }

    /** Whether the message shows that the model thought, be it by an encrypted block alone. */
    static boolean thought(Map<String, @Nullable Object> message) {
        if (of(message).thinking().isPresent()) {
            return true;
        }
        for (Object detail : Fields.list(message, "reasoning_details")) {
            Map<String, @Nullable Object> object = Fields.object(detail);
            if (Fields.text(object, "data").isPresent()
                    || Fields.text(object, "signature").isPresent()) {
                return true;
            }
        }
        return false;
    }
}
