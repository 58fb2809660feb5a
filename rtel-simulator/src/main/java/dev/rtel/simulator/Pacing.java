package dev.rtel.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * When the parts of a streamed reply are sent, counted from the arrival of the request. Immutable.
 *
 * <p>What is empty follows from the latency of the call: the first delta comes after a fifth of it, thinking takes its share
 * of the tokens, and the deltas are spread evenly so that the reply ends when the latency is over. What is sent is never
 * reordered: the answer starts after the last delta of the thinking.
 *
 * @param firstReasoning time to the first delta of the thinking, 0 or more
 * @param firstContent time to the first delta of the answer, 0 or more
 * @param chunkGap time between two deltas, 0 or more
 */
public record Pacing(Optional<Duration> firstReasoning, Optional<Duration> firstContent, Optional<Duration> chunkGap) {
    /** Everything follows from the latency. */
    public static final Pacing BY_LATENCY = new Pacing(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time is negative
     */
    public Pacing {
        firstReasoning.ifPresent(time -> Checks.notNegative("time of the first reasoning delta", time));
        firstContent.ifPresent(time -> Checks.notNegative("time of the first content delta", time));
        chunkGap.ifPresent(time -> Checks.notNegative("gap between chunks", time));
    }

    /** Returns a copy with another time to the first delta of the thinking. */
    public Pacing withFirstReasoning(Duration time) {
        return new Pacing(Optional.of(time), firstContent, chunkGap);
    }

    /** Returns a copy with another time to the first delta of the answer. */
    public Pacing withFirstContent(Duration time) {
        return new Pacing(firstReasoning, Optional.of(time), chunkGap);
    }

    /** Returns a copy with another time between two deltas. */
    public Pacing withChunkGap(Duration time) {
        return new Pacing(firstReasoning, firstContent, Optional.of(time));
    }

    /** Returns what this says, and what another pacing says where this says nothing. */
    public Pacing orElse(Pacing other) {
        return new Pacing(
                firstReasoning.or(other::firstReasoning),
                firstContent.or(other::firstContent),
                chunkGap.or(other::chunkGap));
    }
}
