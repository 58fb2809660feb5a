package dev.rtel.simulator;

import java.util.OptionalInt;

/**
 * How much each of some providers serves; what goes beyond is answered with status 429. Immutable.
 *
 * @param provider pattern of provider slugs, for example {@code deepinfra}; {@code *} stands for any text. Each provider that
 *     matches has the limit for itself
 * @param requestsPerMinute most requests that are admitted in any 60 seconds, 0 or more
 * @param inFlight most requests in progress, 0 or more
 * @param hint how a refusal tells the time until the next free place (for requests in flight: one second)
 */
public record ProviderLimit(String provider, OptionalInt requestsPerMinute, OptionalInt inFlight, WaitHint hint) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is negative or both are missing
     */
    public ProviderLimit {
        if (requestsPerMinute.isEmpty() && inFlight.isEmpty()) {
            throw new IllegalArgumentException("a limit needs requests per minute or requests in flight");
        }
        if (requestsPerMinute.orElse(0) < 0 || inFlight.orElse(0) < 0) {
            throw new IllegalArgumentException("limits of \"" + provider + "\" must not be negative");
        }
    }

    /** Returns a limit of the requests in any 60 seconds. */
    public static ProviderLimit perMinute(String provider, int requests) {
        return new ProviderLimit(provider, OptionalInt.of(requests), OptionalInt.empty(), WaitHint.RETRY_AFTER);
    }

    /** Returns a limit of the requests in progress. */
    public static ProviderLimit inFlight(String provider, int requests) {
        return new ProviderLimit(provider, OptionalInt.empty(), OptionalInt.of(requests), WaitHint.RETRY_AFTER);
    }

    /** Returns a copy that tells the time until the next free place in another way. */
    public ProviderLimit withHint(WaitHint form) {
        return new ProviderLimit(provider, requestsPerMinute, inFlight, form);
    }
}
