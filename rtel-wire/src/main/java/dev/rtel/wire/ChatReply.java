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
 * Reads non-streamed replies of {@code POST /chat/completions}. Lenient where servers differ: leading padding, unknown
 * fields and words, absent content. Stateless, thread-safe. Wire format: https://openrouter.ai/docs (August 2026).
 */
public final class ChatReply {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ChatReply() {}

    /**
     * Reads a reply. A cut-off, refused, filtered or empty answer is a completion; an error inside an HTTP 200 is not.
     *
     * @param status HTTP status
     * @param headers response headers with lower-case names
     * @param body response body as it came; padding around the JSON is allowed
     * @param now the time of the reply, against which absolute retry hints are read
     * @return the completion; latency is not set
     * @throws ModelException if the attempt failed: of the kind, type and retry hint the reply tells, with usage,
     *     provider, id and raw body where there are any
     */
    public static Completion read(int status, Map<String, String> headers, String body, Instant now) {
        String trimmed = (body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body).strip();
        Optional<Map<String, @Nullable Object>> object = parse(trimmed);
        ReplyParts parts = new ReplyParts(status, headers, trimmed, object.orElse(Map.of()), now);
        ReplyFailure failure = new ReplyFailure(parts);
        if (object.isEmpty()) {
            throw failure.malformed(trimmed.isEmpty() ? "the body is empty" : "the body is no JSON object");
        }
        Map<String, @Nullable Object> root = object.get();
        Object error = root.get("error");
        if (error == null && "error".equals(root.get("object"))) {
            error = root; // vLLM and others put the error's fields at the top
        }
        if (error instanceof Map<?, ?> || error instanceof String || status >= 300 && error != null) {
            throw failure.error(error, "server");
        }
        if (status < 200 || status >= 300) {
            throw root.get("message") instanceof String || root.get("detail") instanceof String
                    ? failure.error(root, "server")
                    : failure.malformed("there is no error object");
        }
        return completion(parts, failure);
    }

    /**
     * Reads the body of a successful reply kept earlier, e.g. the {@code raw} member of a completions file, as
     * {@link #read} would have.
     *
     * @throws ModelException if it holds no completion
     */
    public static Completion fromRaw(String rawJson) {
        return read(200, Map.of(), rawJson, Instant.EPOCH);
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

    private static Completion completion(ReplyParts parts, ReplyFailure failure) {
        List<? extends @Nullable Object> choices = Fields.list(parts.root(), "choices");
        if (choices.isEmpty()) {
            throw failure.malformed("the reply has no choices");
        }
        Map<String, @Nullable Object> choice = Fields.object(choices.get(0));
        Optional<String> finish = Fields.text(choice, "finish_reason");
        Object error = choice.get("error");
        if (error instanceof Map<?, ?>
                || error instanceof String
                || finish.filter("error"::equals).isPresent()) {
            throw failure.error(
                    error == null ? Map.of("message", "finish reason is 'error'") : error, "provider_unavailable");
        }
        if (!(choice.get("message") instanceof Map<?, ?>)) {
            throw failure.malformed("the first choice has no message");
        }
        MessageText text = MessageText.of(Fields.object(choice, "message"));
        return Completion.builder()
                .text(text.answer().orElse(null))
                .reasoning(text.thinking().orElse(null))
                .finishReason(finish.orElse(null))
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

    /** Whether a kept reply shows that the model thought, be it by an encrypted block alone. */
    static boolean showsThinking(String rawJson) {
        List<? extends @Nullable Object> choices =
                Fields.list(parse(rawJson.strip()).orElse(Map.of()), "choices");
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
