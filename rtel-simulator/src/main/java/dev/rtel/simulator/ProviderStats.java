package dev.rtel.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened at one provider.
 *
 * @param requests requests for completions that went to it first, refused ones included
 * @param peakConcurrency highest number of its requests in progress at the same time
 * @param rateLimited replies with status 429
 * @param firstRateLimited when the first of them was sent
 * @param lastRateLimited when the last of them was sent
 * @param arrivals when the latest requests arrived, oldest first; bounded by {@link SimulatorConfig#arrivalsKept()}
 */
public record ProviderStats(
        long requests,
        int peakConcurrency,
        long rateLimited,
        Optional<Instant> firstRateLimited,
        Optional<Instant> lastRateLimited,
        List<Instant> arrivals) {
    /** Copies the list. */
    public ProviderStats {
        arrivals = List.copyOf(arrivals);
    }
}
