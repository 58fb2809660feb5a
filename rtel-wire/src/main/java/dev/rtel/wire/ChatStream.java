package dev.rtel.wire;

import dev.rtel.eval.Completion;
import dev.rtel.spi.ModelException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of a streamed reply together: chunks of {@code POST /chat/completions}, or the events of
 * {@code POST /responses}. What comes out is what the same reply would be in one piece. For one reply; not thread-safe.
 * Wire format: https://openrouter.ai/docs (August 2026).
 */
public final class ChatStream {
    private static final String DONE = "[DONE]";
    private final int status;
    private final Map<String, String> headers;
    private final StreamedMessage message;
    private final Map<String, @Nullable Object> root = new LinkedHashMap<>();

    /** The message told by the last event of a Responses stream; empty when it tells none. */
    private Map<String, @Nullable Object> wholeMessage = Map.of();

    private @Nullable Object choiceError;
    private @Nullable String finish;
    private boolean choiceSeen;
    private boolean eventSeen;
    private boolean chunkSeen;
    private boolean done;
    private boolean lastUnreadable;
    private boolean unreadable;
    private SseParser.@Nullable TooLargeException tooLarge;

    /**
     * A stream of which nothing came yet.
     *
     * @param status HTTP status
     * @param headers response headers with lower-case names; read at the end as well
     * @param ticker asked for the time, in any unit, whenever a visible token comes; e.g. {@code System::nanoTime}
     */
    public ChatStream(int status, Map<String, String> headers, LongSupplier ticker) {
        this.status = status;
        this.headers = headers;
        this.message = new StreamedMessage(ticker);
    }

    /** Takes the data of the next event, e.g. from {@link SseParser}; never throws. */
    public void event(String data) {
        String text = data.strip();
        if (text.isEmpty() || done) {
            return;
        }
        eventSeen = true;
        // an unreadable event is where the stream was cut off, unless something follows it
        unreadable |= lastUnreadable;
        if (text.equals(DONE)) {
            done = true;
            return;
        }
        // no chunk begins otherwise, and a parser's exception for each event of a long text is dear
        Optional<Map<String, @Nullable Object>> chunk =
                text.startsWith("{") || text.startsWith("[") ? ChatReply.parse(text) : Optional.empty();
        lastUnreadable = chunk.isEmpty();
        chunk.ifPresent(this::chunk);
    }

    private void chunk(Map<String, @Nullable Object> chunk) {
        chunkSeen = true;
        for (String key : List.of("id", "model", "provider")) {
            if (!root.containsKey(key)) {
                Fields.text(chunk, key).ifPresent(text -> root.put(key, text));
            }
        }
        if (!Fields.object(chunk, "usage").isEmpty()) {
            root.put("usage", chunk.get("usage")); // of several the last one holds
        }
        if (Fields.text(chunk, "type")
                .filter(type -> type.startsWith("response."))
                .isPresent()) {
            responses(chunk);
            return;
        }
        Object error = ChatReply.errorIn(chunk);
        if (error == null && !chunk.containsKey("choices") && chunk.get("message") instanceof String) {
            error = chunk;
        }
        if (error != null) {
            root.putIfAbsent("error", error);
        }
        for (Object choice : Fields.list(chunk, "choices")) {
            choice(Fields.object(choice));
        }
    }

    private void choice(Map<String, @Nullable Object> choice) {
        if (WireNumber.whole(choice.get("index")).orElse(0) != 0) {
            return; // of several answers the first is taken
        }
        choiceSeen = true;
        Map<String, @Nullable Object> delta = Fields.object(choice, "delta");
        message.add(delta.isEmpty() ? Fields.object(choice, "message") : delta);
        finish = Fields.text(choice, "finish_reason").orElse(finish); // told again beside the usage
        if (choiceError == null) {
            choiceError = ChatReply.isError(choice.get("error")) ? choice.get("error") : null;
        }
    }

    private void responses(Map<String, @Nullable Object> event) {
        Map<String, @Nullable Object> response = Fields.object(event, "response");
        for (String key : List.of("id", "model", "provider")) {
            Fields.text(response, key).ifPresent(text -> root.putIfAbsent(key, text));
        }
        String type = String.valueOf(event.get("type"));
        String delta = event.get("delta") instanceof String text ? text : "";
        switch (type) {
            case "response.output_text.delta" -> message.addAnswer(delta);
            case "response.refusal.delta" -> message.add(Map.of("refusal", delta));
            case "response.reasoning_text.delta" -> message.addThinking("reasoning", delta);
            case "response.reasoning_summary_text.delta" -> message.addThinking("reasoning_content", delta);
            case "response.completed", "response.incomplete", "response.failed" -> {
                Map<String, @Nullable Object> whole = ResponsesReply.asChat(response);
                Map<String, @Nullable Object> choice =
                        Fields.object(Fields.list(whole, "choices").get(0));
                choiceSeen = true;
                wholeMessage = Fields.object(choice, "message");
                finish = Fields.text(choice, "finish_reason").orElse(null);
                for (String key : List.of("usage", "error")) {
                    Optional.ofNullable(whole.get(key)).ifPresent(value -> root.put(key, value));
                }
            }
            default -> {} // begins and ends of parts, told again by the deltas
        }
    }

    /** Takes that the rest of the stream is not read, because a line or an event of it is too large. */
    public void giveUp(SseParser.TooLargeException reason) {
        tooLarge = reason;
    }

    /** Whether the reply has told its end or an error, so that nothing of it is still to come but its usage. */
    public boolean over() {
        return done || failed();
    }

    /** Whether the finish reason is there: the answer is whole, be the connection lost after it. */
    public boolean answered() {
        return finish != null && !failed() && !unreadable && tooLarge == null;
    }

    private boolean failed() {
        return root.containsKey("error") || choiceError != null || "error".equals(finish);
    }

    /** Returns the id of the billing record as far as it is known yet: of a chunk, else of a header. */
    public Optional<String> generationId() {
        return Fields.text(root, "id").or(() -> ChatReply.generationId(headers));
    }

    /** Returns the ticker's time at the first token one can see, thinking or answer; empty when there was none. */
    public OptionalLong firstToken() {
        return message.firstToken();
    }

    /** Returns the ticker's time at the first token of the answer, after inline thinking; empty when there was none. */
    public OptionalLong firstAnswerToken() {
        return message.firstAnswerToken();
    }

    /**
     * Tells what the reply was. May be asked again.
     *
     * @param raw the body verbatim, event stream or not; it is kept with the completion
     * @param now the time of the reply, against which absolute retry hints are read
     * @return the completion; latency and times to first token are not set
     * @throws ModelException if the attempt failed: an error came, the stream broke off before its finish reason, or it
     *     is none; with usage, provider and id as far as they came
     */
    public Completion end(String raw, Instant now) {
        // the kept text decides, so that it is read alike when it is read again
        if (!EventText.is(raw) || !eventSeen && tooLarge == null) {
            return ChatReply.inOnePiece(status, headers, raw, now);
        }
        return ChatReply.read(new ReplyParts(status, headers, raw, root(), now), missing());
    }

    /** Returns what is wrong with the stream as such; empty when it is whole. */
    private Optional<ReplyFailure.Defect> missing() {
        if (tooLarge != null) {
            return Optional.of(new ReplyFailure.Defect("malformed_reply", String.valueOf(tooLarge.getMessage())));
        }
        if (unreadable || !chunkSeen) {
            return Optional.of(new ReplyFailure.Defect("malformed_reply", "an event of the stream is no JSON object"));
        }
        if (!done && finish == null && choiceError == null) {
            return Optional.of(
                    new ReplyFailure.Defect("connection", "the stream ended before the answer's finish reason"));
        }
        return Optional.empty();
    }

    /** Returns the reply as if it had come in one piece. */
    Map<String, @Nullable Object> root() {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>(root);
        Map<String, @Nullable Object> choice = new LinkedHashMap<>();
        choice.put("finish_reason", finish);
        choice.put("error", choiceError);
        MessageText told = MessageText.of(wholeMessage);
        boolean whole = told.answer().isPresent() || told.thinking().isPresent();
        choice.put("message", whole ? wholeMessage : message.message());
        reply.put("choices", choiceSeen ? List.of(choice) : List.of());
        return reply;
    }
}
