package dev.rtel.run;

import dev.rtel.spi.ModelException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When and after which pause a failed attempt is tried again: exponential with jitter, the provider's own wait hint
 * first, stretched by up to 5 % and one second. Immutable.
 *
 * @param retries further attempts after the first, at least 0
 * @param initial pause before the first retry
 * @param factor growth per retry, at least 1
 * @param cap longest pause of our own
 * @param longestHint a provider's hint above this ends the trial instead
 */
public record RetryPolicy(int retries, Duration initial, double factor, Duration cap, Duration longestHint) {
    private static final double HINT_SPREAD = 0.05;
    private static final Duration LONGEST_SPREAD = Duration.ofSeconds(1);

    /** Checks the ranges. */
    public RetryPolicy {
        if (retries < 0 || factor < 1) {
            throw new IllegalArgumentException(
                    "retries " + retries + " (at least 0), factor " + factor + " (at least 1)");
        }
    }

    /** 0.5 s growing by 1.5 up to 60 s; hints up to 5 minutes. Factor and cap are those of OpenRouter's own SDK. */
    public static RetryPolicy standard(int retries) {
        return new RetryPolicy(retries, Duration.ofMillis(500), 1.5, Duration.ofSeconds(60), Duration.ofMinutes(5));
    }

    /**
     * Decides about the next attempt.
     *
     * @param failed number of the attempt that failed, from 1, within this session
     * @return the pause before the next attempt, or empty when there is none
     */
    public Optional<Duration> pauseAfter(int failed, ModelException error, RandomGenerator random) {
        if (!(error instanceof ModelException.Transient) || failed > retries) {
            return Optional.empty();
        }
        Optional<Duration> hint = error.details().retryAfter();
        if (hint.isPresent()) {
            return hint.filter(wait -> wait.compareTo(longestHint) <= 0).map(wait -> spread(wait, random));
        }
        double millis = Math.min(initial.toMillis() * Math.pow(factor, failed - 1), cap.toMillis());
        return Optional.of(Duration.ofMillis((long) (millis * (0.5 + random.nextDouble() / 2))));
    }

    /** Never shorter than asked, and a little longer, so that those who were refused together do not return together. */
    private static Duration spread(Duration hint, RandomGenerator random) {
        long room = (long) Math.min(hint.toNanos() * HINT_SPREAD, LONGEST_SPREAD.toNanos());
        return hint.plusNanos(room == 0 ? 0 : random.nextLong(room));
    }
}
