package dev.rtel.simulator;

import java.time.Instant;

/**
 * Who answers a request, where, and in which form.
 *
 * @param model the model that answers
 * @param endpoint where it runs
 * @param shape form of the reply
 * @param name what the reply gives as {@code model}
 */
record Served(ModelProfile model, Endpoint endpoint, ReplyShape shape, String name) {
    ChunkJson chunks(String id, Instant created) {
        return new ChunkJson(id, created, name, endpoint.providerName());
    }

    /** Returns what an answer of this length costs. */
    Charge charge(long promptTokens, long completionTokens) {
        return shape.finish() == FinishShape.ERROR
                ? Charge.nothing(model)
                : Charge.of(model, endpoint, promptTokens, completionTokens);
    }
}
