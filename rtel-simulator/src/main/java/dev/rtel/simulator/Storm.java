package dev.rtel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which a provider answers every request with an error. It counts from the first request for a completion at that
 * provider, by the simulator's clock. Immutable.
 *
 * @param provider pattern of provider slugs; {@code *} stands for any text
 * @param after time from the first request to the beginning
 * @param length how long it lasts
 * @param every time from one beginning to the next, longer than the storm; empty = it comes once
 * @param status 429 or 503
 * @param hint how a refusal tells how long the storm is going to last
 */
public record Storm(
        String provider, Duration after, Duration length, Optional<Duration> every, int status, WaitHint hint) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time is negative, storms overlap, or the status is neither 429 nor 503
     */
    public Storm {
        Checks.notNegative("time before a storm", after);
        Checks.notNegative("length of a storm", length);
        every.ifPresent(time -> Checks.that(
                time.compareTo(length) > 0,
                "time between storms must be longer than a storm of " + length + ", was " + time));
        Checks.that(status == 429 || status == 503, "status of a storm must be 429 or 503, was " + status);
    }

    /** Returns a storm of errors 429 that begins with the first request and comes once. */
    public static Storm of(String provider, Duration length) {
        return new Storm(provider, Duration.ZERO, length, Optional.empty(), 429, WaitHint.RETRY_AFTER);
    }

    /** Returns a copy that begins some time after the first request. */
    public Storm withAfter(Duration time) {
        return new Storm(provider, time, length, every, status, hint);
    }

    /** Returns a copy that comes again and again. */
    public Storm withEvery(Duration time) {
        return new Storm(provider, after, length, Optional.of(time), status, hint);
    }

    /** Returns a copy with another status, 429 or 503. */
    public Storm withStatus(int value) {
        return new Storm(provider, after, length, every, value, hint);
    }

    /** Returns a copy that tells how long it lasts in another way. */
    public Storm withHint(WaitHint form) {
        return new Storm(provider, after, length, every, status, form);
    }

    /** Returns how long the storm still lasts; empty if there is none at this moment. */
    Optional<Duration> remaining(Instant firstRequest, Instant now) {
        Duration since = Duration.between(firstRequest.plus(after), now);
        if (since.isNegative()) {
            return Optional.empty();
        }
        Duration into = every.map(time -> Duration.ofNanos(since.toNanos() % time.toNanos()))
                .orElse(since);
        return into.compareTo(length) < 0 ? Optional.of(length.minus(into)) : Optional.empty();
    }
}
