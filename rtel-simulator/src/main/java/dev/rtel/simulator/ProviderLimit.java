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
        Checks.that(
                requestsPerMinute.isPresent() || inFlight.isPresent(),
                "a limit needs requests per minute or requests in flight");
        Checks.notNegative("requests per minute of \"" + provider + "\"", requestsPerMinute.orElse(0));
        Checks.notNegative("requests in flight of \"" + provider + "\"", inFlight.orElse(0));
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
