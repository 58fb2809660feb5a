package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One paid completion.
 *
 * @param generationId id of the completion and of its generation record
 * @param model id of the model
 * @param provider display name of the provider that served it
 * @param endpoint tag of the endpoint, for example {@code deepinfra/fp8}
 * @param streamed true if the reply was streamed
 * @param cancelled true if the client left in the middle of the stream; only what was produced until then is billed
 * @param metadata the request's metadata as sent
 * @param attempt attempt number of the request, 1 if it sent none
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the completion, reasoning included
 * @param reasoningTokens tokens of the reasoning
 * @param cost USD that the user pays in all: with a key of one's own OpenRouter's fee and the provider's price
 * @param charged USD that the account is charged; less than the cost with a key of one's own
 * @param time when the line was written, before the first byte of the reply was sent
 */
public record BillLine(
        String generationId,
        String model,
        String provider,
        String endpoint,
        boolean streamed,
        boolean cancelled,
        Map<String, String> metadata,
        int attempt,
        long promptTokens,
        long completionTokens,
        long reasoningTokens,
        BigDecimal cost,
        BigDecimal charged,
        Instant time) {
    /** Copies the metadata. */
    public BillLine {
        metadata = Map.copyOf(metadata);
    }

    /** Returns the trial key of the request, metadata {@code rtel_trial}. */
    public Optional<String> trial() {
        return Optional.ofNullable(metadata.get(ChatRequest.TRIAL));
    }

    /** Returns the attempt id of the request, metadata {@code rtel_attempt_id}. */
    public Optional<String> attemptId() {
        return Optional.ofNullable(metadata.get(ChatRequest.ATTEMPT_ID));
    }
}
