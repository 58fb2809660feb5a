package dev.rtel.spi;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what a completion really used, in two phases: at once from the reply, later from the provider's billing
 * record. Thread-safe.
 */
public interface TokenExtractor {
    /** How much a later look-up matters. */
    enum Settling {
        /** There is nothing to look up. */
        NONE,
        /** All is known; the record would only confirm it. */
        CROSS_CHECK,
        /** Something is missing that the record may tell. */
        NEEDED
    }

    /**
     * Reads the usage from the reply and, where it was looked up, from its billing record; neither blocks nor throws for
     * "not told". Called again when a billing record comes; the verbatim texts, durable by then, may be left out.
     *
     * @return never null; {@link TokenUsage#unknown} when nothing was told
     */
    TokenUsage extract(Completion completion);

    /** Says whether {@link #lookUp} is worth calling for this completion. */
    default Settling settling(Completion completion, TokenUsage usage) {
        return Settling.NONE;
    }

    /**
     * Looks up the billing record of a call once, be it of a completion or of a failed attempt; called off the workers,
     * outside the measured latency.
     *
     * @param generationId the provider's id of the call
     * @return the record, or empty when it is not there (yet)
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    default Optional<BillingRecord> lookUp(String generationId) throws InterruptedException {
        return Optional.empty();
    }

    /** Returns the waits before each look-up, counted from the end of the call; after the last one it is given up. */
    default List<Duration> lookUpDelays() {
        return List.of();
    }
}
