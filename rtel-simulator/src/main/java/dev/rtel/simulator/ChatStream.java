package dev.rtel.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Cuts an answer into the events of a stream: comments, thinking, answer, finish reason, usage. Not thread-safe. */
final class ChatStream {
    private static final int TOKENS_PER_DELTA = 8;
    private static final int MOST_DELTAS = 64;

    private final ChunkJson json;
    private final Answer answer;
    private final Timeline timeline;
    private final List<String> thinking;
    private final List<String> content;
    private final String between;
    private final List<StreamEvent> events = new ArrayList<>();
    private boolean chunks;
    private long end;

    ChatStream(ChunkJson json, ReplyShape shape, Answer answer, Pacing pacing, Duration latency) {
        this.json = json;
        this.answer = answer;
        this.thinking = answer.reasoningText().map(ChatStream::pieces).orElse(List.of());
        this.content = shape.content().isText()
                ? answer.content().map(ChatStream::pieces).orElse(List.of())
                : List.of();
        double share =
                answer.completionTokens() == 0 ? 0 : (double) answer.reasoningTokens() / answer.completionTokens();
        this.timeline = Timeline.of(pacing, latency, share, thinking.size(), content.size());
        this.end = timeline.end();
        this.between = EventStream.COMMENT.repeat(shape.commentsBetween());
        if (shape.commentsBefore() > 0) {
            events.add(StreamEvent.of(0, EventStream.COMMENT.repeat(shape.commentsBefore()), 0, 0, false));
        }
    }

    /** Adds everything the model produces, without a finish reason. */
    ChatStream produce() {
        for (int i = 0; i < thinking.size(); i++) {
            long due = timeline.firstReasoning() + i * timeline.reasoningGap();
            long produced = answer.reasoningTokens() * (i + 1) / thinking.size();
            add(due, json.reasoning(thinking.get(i), answer.reasoningForm()), produced, produced);
        }
        long thought = answer.reasoningTokens();
        if (ReasoningDetails.hasSealed(answer.reasoningForm())) {
            long due = timeline.firstContent();
            add(due, json.sealed(answer.reasoningForm()), thought, thought);
        }
        for (int i = 0; i < content.size(); i++) {
            long due = timeline.firstContent() + i * timeline.contentGap();
            long produced = thought + answer.visibleTokens() * (i + 1) / content.size();
            add(due, json.content(content.get(i)), thought, produced);
        }
        answer.refusal().ifPresent(text -> add(timeline.end(), json.refusal(text), thought, answer.completionTokens()));
        return this;
    }

    /** Keeps the first half of what was added, at least one chunk. */
    ChatStream half() {
        int kept = Math.max(2, events.size() / 2);
        if (events.size() > kept) {
            events.subList(kept, events.size()).clear();
        }
        end = events.isEmpty() ? 0 : events.get(events.size() - 1).due();
        return this;
    }

    /** Returns the time from the arrival of the request to the first delta. */
    Duration firstDelta() {
        return Duration.ofNanos(thinking.isEmpty() ? timeline.firstContent() : timeline.firstReasoning());
    }

    /** Adds a chunk with a call of a tool. */
    ChatStream toolCall() {
        addLast(json.toolCall());
        return this;
    }

    /** Adds the chunk with the finish reason. */
    ChatStream finish(@Nullable String finishReason) {
        addLast(ChunkJson.line(json.chunk(finishReason)));
        return this;
    }

    /** Adds a chunk that comes after everything was produced. */
    ChatStream add(ObjectNode chunk) {
        addLast(ChunkJson.line(chunk));
        return this;
    }

    List<StreamEvent> events() {
        return List.copyOf(events);
    }

    private void add(long due, String line, long reasoningTokens, long completionTokens) {
        events.add(StreamEvent.of(due, comments() + line, reasoningTokens, completionTokens, false));
    }

    private void addLast(String line) {
        events.add(StreamEvent.of(end, comments() + line, answer.reasoningTokens(), answer.completionTokens(), true));
    }

    private String comments() {
        boolean first = !chunks;
        chunks = true;
        return first ? "" : between;
    }

    /** Cuts a text into parts of equal length, none inside a surrogate pair. */
    private static List<String> pieces(String text) {
        long deltas = Math.min(MOST_DELTAS, (Texts.tokens(text) + TOKENS_PER_DELTA - 1) / TOKENS_PER_DELTA);
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= deltas; i++) {
            int to = (int) (text.length() * i / deltas);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to++;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
