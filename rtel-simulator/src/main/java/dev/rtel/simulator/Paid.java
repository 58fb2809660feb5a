package dev.rtel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A completion that was paid for, with what its generation record needs; it holds no texts, so that many can be kept.
 *
 * @param number number of its line on the bill, from 0
 * @param line its line of the bill
 * @param served who answered, and where
 * @param finishReason why the model stopped; null if it was cancelled
 * @param latency time to the first part of the answer
 * @param generationTime time to its end
 * @param end when it ended; empty while it is being streamed
 * @param roll random number, 0 (inclusive) to 1 (exclusive), that decides on the form of the record
 * @param polls number of reads of its generation record so far
 */
record Paid(
        int number,
        BillLine line,
        Served served,
        @Nullable String finishReason,
        Duration latency,
        Duration generationTime,
        Optional<Instant> end,
        double roll,
        AtomicInteger polls) {
    /** Returns what becomes of it at the end of its stream. */
    Paid ended(BillLine newLine, @Nullable String newFinishReason, Duration firstDelta, Duration took, Instant now) {
        return new Paid(number, newLine, served, newFinishReason, firstDelta, took, Optional.of(now), roll, polls);
    }
}
