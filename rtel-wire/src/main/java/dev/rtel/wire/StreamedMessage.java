package dev.rtel.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of a streamed message together again, and remembers when the first of them came. Not thread-safe. */
final class StreamedMessage {
    private static final List<String> DETAIL_FIELDS = List.of("text", "summary", "data", "signature");
    private static final Set<String> SHOWN = Set.of("text", "summary");
    private final LongSupplier ticker;
    private final StringBuilder answer = new StringBuilder();
    private final StringBuilder thinkingParts = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final Map<String, StringBuilder> thinking = new LinkedHashMap<>();
    private final Map<Block, Map<String, StringBuilder>> details = new LinkedHashMap<>();
    private OptionalLong firstToken = OptionalLong.empty();
    private OptionalLong firstRefusal = OptionalLong.empty();

    /** Where in the answer each piece begins, and when it came; only a whole answer shows where thinking inside it ends. */
    private int[] starts = new int[16];

    private long[] times = new long[16];
    private int pieces;

    /** What the pieces of one block of {@code reasoning_details} have in common. */
    private record Block(long index, String type) {}

    StreamedMessage(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Adds a delta of {@code chat.completion.chunk}; a message of a whole reply is one delta. */
    void add(Map<String, @Nullable Object> delta) {
        for (String field : MessageText.THINKING_FIELDS) {
            if (delta.get(field) instanceof String text) {
                addThinking(field, text);
            }
        }
        for (Object detail : Fields.list(delta, "reasoning_details")) {
            addDetail(Fields.object(detail));
        }
        MessageText.content(delta.get("content"), this::addAnswer, this::addThinkingPart);
        if (delta.get("refusal") instanceof String text && !text.isEmpty()) {
            long now = token();
            firstRefusal = firstRefusal.isPresent() ? firstRefusal : OptionalLong.of(now);
            refusal.append(text);
        }
    }

    void addAnswer(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (pieces == starts.length) {
            starts = Arrays.copyOf(starts, 2 * pieces);
            times = Arrays.copyOf(times, 2 * pieces);
        }
        starts[pieces] = answer.length();
        times[pieces] = token();
        pieces++;
        answer.append(text);
    }

    void addThinking(String field, String text) {
        if (!text.isEmpty()) {
            token();
            thinking.computeIfAbsent(field, name -> new StringBuilder()).append(text);
        }
    }

    private void addThinkingPart(String text) {
        if (!text.isEmpty()) {
            token();
            thinkingParts.append(text);
        }
    }

    private void addDetail(Map<String, @Nullable Object> piece) {
        Block block = new Block(WireNumber.whole(piece.get("index")).orElse(-1), String.valueOf(piece.get("type")));
        Map<String, StringBuilder> texts = details.computeIfAbsent(block, b -> new LinkedHashMap<>());
        for (String field : DETAIL_FIELDS) {
            if (piece.get(field) instanceof String text && !text.isEmpty()) {
                if (SHOWN.contains(field)) {
                    token(); // an encrypted or signed block shows nothing
                }
                texts.computeIfAbsent(field, f -> new StringBuilder()).append(text);
            }
        }
    }

    private long token() {
        long now = ticker.getAsLong();
        firstToken = firstToken.isPresent() ? firstToken : OptionalLong.of(now);
        return now;
    }

    /** Returns when the first visible piece of any kind came, in the ticker's unit; empty when there was none. */
    OptionalLong firstToken() {
        return firstToken;
    }

    /** Returns when the first piece of the answer came; inline thinking is none of it. */
    OptionalLong firstAnswerToken() {
        int start = ThinkTags.part(answer.toString(), !tellsThinking()).start();
        if (start < 0) {
            return answer.toString().isBlank() ? firstRefusal : OptionalLong.empty();
        }
        int piece = Arrays.binarySearch(starts, 0, pieces, start);
        return OptionalLong.of(times[piece >= 0 ? piece : -piece - 2]);
    }

    private boolean tellsThinking() {
        return MessageText.of(withoutContent()).thinking().isPresent()
                || !thinkingParts.toString().isBlank();
    }

    /** Returns the message as a reply that is not streamed would hold it. */
    Map<String, @Nullable Object> message() {
        Map<String, @Nullable Object> message = withoutContent();
        if (thinkingParts.isEmpty()) {
            message.put("content", answer.toString());
        } else {
            message.put(
                    "content",
                    List.of(Map.of("type", "thinking", "thinking", thinkingParts.toString()), answer.toString()));
        }
        message.put("refusal", refusal.toString());
        return message;
    }

    private Map<String, @Nullable Object> withoutContent() {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        thinking.forEach((field, text) -> message.put(field, text.toString()));
        List<Map<String, @Nullable Object>> blocks = new ArrayList<>();
        details.forEach((block, texts) -> {
            Map<String, @Nullable Object> whole = new LinkedHashMap<>();
            whole.put("type", block.type);
            texts.forEach((field, text) -> whole.put(field, text.toString()));
            blocks.add(whole);
        });
        message.put("reasoning_details", blocks);
        return message;
    }
}
