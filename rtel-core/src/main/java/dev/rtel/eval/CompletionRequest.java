package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a model.
 *
 * @param messages the conversation as sent; never empty
 * @param params request parameters, spread into the body as they stand
 * @param routing provider routing, sent as it stands; empty = none
 * @param timeout limit of one attempt, the body included
 */
public record CompletionRequest(
        List<Message> messages,
        Map<String, @Nullable Object> params,
        Map<String, @Nullable Object> routing,
        Duration timeout) {
    /** Copies all collections. */
    public CompletionRequest(
            List<Message> messages,
            Map<String, @Nullable Object> params,
            Map<String, @Nullable Object> routing,
            Duration timeout) {
        messages = List.copyOf(messages);
        params = PlainData.copyOf(params);
        routing = PlainData.copyOf(routing);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a request needs at least one message");
        }
        this.messages = messages;
        this.params = params;
        this.routing = routing;
        this.timeout = timeout;
    }

    /** A request of one user message with no parameters and ten minutes of time. */
    public static CompletionRequest of(String prompt) {
        return new CompletionRequest(List.of(Message.user(prompt)), Map.of(), Map.of(), Duration.ofMinutes(10));
    }
}
