package dev.rtel.wire;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.spi.ModelException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies of {@code POST /chat/completions}, in one piece or streamed. Lenient where servers differ: leading
 * padding, unknown fields and words, absent content. Replies of {@code POST /responses} are read alike. Stateless,
 * thread-safe. Wire format: https://openrouter.ai/docs (August 2026).
 */
public final class ChatReply {
    private ChatReply() {}

    /**
     * Reads a reply. A cut-off, refused, filtered or empty answer is a completion; an error inside an HTTP 200 is not.
     * The text of an event stream is read as {@link ChatStream} read it while it came.
     *
     * @param status HTTP status
     * @param headers response headers with lower-case names
     * @param body response body as it came; padding around the JSON is allowed
     * @param now the time of the reply, against which absolute retry hints are read
     * @return the completion; latency and times to first token are not set
     * @throws ModelException if the attempt failed: of the kind, type and retry hint the reply tells, with usage,
     *     provider, id and raw body where there are any
     */
    public static Completion read(int status, Map<String, String> headers, String body, Instant now) {
        if (!EventText.is(body)) {
            return inOnePiece(status, headers, body, now);
        }
        ChatStream stream = new ChatStream(status, headers, () -> 0);
        EventText.feed(body, stream);
        return stream.end(body, now);
    }

    /** Reads a reply that is no event stream, whatever it is. */
    static Completion inOnePiece(int status, Map<String, String> headers, String body, Instant now) {
        String trimmed = EventText.trim(body);
        Optional<Map<String, @Nullable Object>> object = parse(trimmed);
        if (object.isPresent()) {
            return read(new ReplyParts(status, headers, trimmed, asChat(object.get()), now), Optional.empty());
        }
        if (EventText.is(body)) {
            throw new ReplyFailure(new ReplyParts(status, headers, body, Map.of(), now))
                    .brokenOff("the stream ended before its first event");
        }
        throw new ReplyFailure(new ReplyParts(status, headers, trimmed, Map.of(), now))
                .malformed(trimmed.isEmpty() ? "the body is empty" : "the body is no JSON object");
    }

    private static Map<String, @Nullable Object> asChat(Map<String, @Nullable Object> root) {
        return ResponsesReply.is(root) ? ResponsesReply.asChat(root) : root;
    }

    /**
     * Reads the body of a successful reply kept earlier, e.g. the {@code raw} member of a completions file, as
     * {@link #read} would have.
     *
     * @param raw JSON, or the text of an event stream
     * @throws ModelException if it holds no completion
     */
    public static Completion fromRaw(String raw) {
        return read(200, Map.of(), raw, Instant.EPOCH);
    }

    /**
     * Finds the id of the billing record in response headers.
     *
     * @param headers lower-case names
     */
    public static Optional<String> generationId(Map<String, String> headers) {
        return Optional.ofNullable(headers.get("x-generation-id"))
                .filter(id -> !id.isBlank())
                .or(() -> Optional.ofNullable(headers.get("x-openrouter-generation-id"))
                        .filter(id -> !id.isBlank()));
    }

    /**
     * Reads a reply taken apart.
     *
     * @param defect what keeps it from being whole, unless an error it holds says more
     */
    static Completion read(ReplyParts parts, Optional<ReplyFailure.Defect> defect) {
        ReplyFailure failure = new ReplyFailure(parts);
        Map<String, @Nullable Object> root = parts.root();
        int status = parts.status();
        Object error = errorIn(root);
        if (error != null || status >= 300 && root.get("error") != null) {
            throw failure.error(error == null ? root.get("error") : error, "server");
        }
        if (status < 200 || status >= 300) {
            throw root.get("message") instanceof String || root.get("detail") instanceof String
                    ? failure.error(root, "server")
                    : failure.malformed("there is no error object");
        }
        List<? extends @Nullable Object> choices = Fields.list(root, "choices");
        Map<String, @Nullable Object> choice = choices.isEmpty() ? Map.of() : Fields.object(choices.get(0));
        Object choiceError = choice.get("error");
        if (isError(choiceError) || "error".equals(choice.get("finish_reason"))) {
            throw failure.error(
                    isError(choiceError) ? choiceError : Map.of("message", "finish reason is 'error'"),
                    "provider_unavailable");
        }
        if (defect.isPresent()) {
            throw failure.defect(defect.get());
        }
        if (choices.isEmpty()) {
            throw failure.malformed("the reply has no choices");
        }
        if (!(choice.get("message") instanceof Map<?, ?>)) {
            throw failure.malformed("the first choice has no message");
        }
        return completion(parts, choice);
    }

    private static Completion completion(ReplyParts parts, Map<String, @Nullable Object> choice) {
        MessageText text = MessageText.of(Fields.object(choice, "message"));
        return Completion.builder()
                .text(text.answer().orElse(null))
                .reasoning(text.thinking().orElse(null))
                .finishReason(Fields.text(choice, "finish_reason").orElse(null))
                .usage(parts.usage())
                .provider(parts.provider().orElse(null))
                .servedModel(Fields.text(parts.root(), "model").orElse(null))
                .generationId(parts.generationId().orElse(null))
                .raw(parts.body())
                .cacheHit(parts.header("x-openrouter-cache-status")
                        .filter("HIT"::equalsIgnoreCase)
                        .isPresent())
                .build();
    }

    /** Returns the error a reply or a chunk is about, null when it is about none. */
    static @Nullable Object errorIn(Map<String, @Nullable Object> root) {
        Object error = root.get("error");
        if (isError(error)) {
            return error;
        }
        // vLLM and others put the error's fields at the top
        boolean flat = "error".equals(root.get("object")) || "error".equals(root.get("type"));
        return flat && error == null ? root : null;
    }

    static boolean isError(@Nullable Object value) {
        return value instanceof Map<?, ?> || value instanceof String text && !text.isBlank();
    }

    /** Whether a kept reply shows that the model thought, be it by an encrypted block alone. */
    static boolean showsThinking(String raw) {
        Map<String, @Nullable Object> root = EventText.is(raw)
                ? EventText.root(raw)
                : asChat(parse(EventText.trim(raw)).orElse(Map.of()));
        List<? extends @Nullable Object> choices = Fields.list(root, "choices");
        return !choices.isEmpty() && MessageText.thought(Fields.object(Fields.object(choices.get(0)), "message"));
    }

    static Optional<Map<String, @Nullable Object>> parse(String json) {
        try {
            Object value = PlainJson.read(json);
            if (value instanceof List<?> list && list.size() == 1) {
                value = list.get(0); // Gemini's compatible endpoint wraps an error in a list
            }
            return value instanceof Map<?, ?> map ? Optional.of(Fields.object(map)) : Optional.empty();
        } catch (PlainJson.MalformedJsonException e) {
            return Optional.empty(); // reported by the caller, with an excerpt of the text
        }
    }
}
