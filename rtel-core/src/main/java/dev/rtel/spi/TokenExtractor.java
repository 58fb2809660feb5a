package dev.rtel.spi;

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
     * Reads the usage from the reply alone; neither blocks nor throws for "not told".
     *
     * @return never null; {@link TokenUsage#unknown} when nothing was told
     */
    TokenUsage extract(Completion completion);

    /** Says whether {@link #settle} is worth calling for this completion. */
    default Settling settling(Completion completion, TokenUsage inline) {
        return Settling.NONE;
    }

    /**
     * Looks up the billing record once; called off the workers, outside the measured latency.
     *
     * @return the settled usage, or empty when the record is not there yet
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    default Optional<TokenUsage> settle(Completion completion, TokenUsage inline) throws InterruptedException {
        return Optional.of(inline);
    }

    /** Returns the waits before each look-up, counted from the completion; after the last one it is given up. */
    default List<Duration> settleDelays() {
        return List.of();
    }
}
