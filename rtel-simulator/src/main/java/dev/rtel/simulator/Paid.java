package dev.rtel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A completion that was paid for, with what its generation record needs; it holds no texts, so that many can be kept.
 *
 * @param line its line of the bill
 * @param model who answered
 * @param finishReason why the model stopped; null if it was cancelled
 * @param latency time to the first part of the answer
 * @param generationTime time to its end
 * @param end when it ended; empty while it is being streamed
 * @param polls number of reads of its generation record so far
 */
record Paid(
        BillLine line,
        ModelProfile model,
        @Nullable String finishReason,
        Duration latency,
        Duration generationTime,
        Optional<Instant> end,
        AtomicInteger polls) {}
