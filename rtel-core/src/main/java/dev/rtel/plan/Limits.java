package dev.rtel.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a run may take; in no fingerprint.
 *
 * @param concurrency trials at a time, at least 1
 * @param retries further attempts after a failed one, at least 0
 * @param providerConcurrency calls at a time by provider ({@link dev.rtel.spi.Lane#provider()}), each at least 1
 * @param timeout limit of one attempt, the body included
 * @param trialTimeout limit of all attempts of a trial and the pauses between them
 * @param maxCostUsd spending limit of the whole run, roles included; empty = none
 * @param maxTotalTokens token limit of the whole run, roles included; empty = none
 * @param maxOutputTokens {@code max_tokens} of every contestant; empty = as the roster says
 */
public record Limits(
        int concurrency,
        Map<String, Integer> providerConcurrency,
        int retries,
        Duration timeout,
        Duration trialTimeout,
        Optional<BigDecimal> maxCostUsd,
        OptionalLong maxTotalTokens,
        OptionalInt maxOutputTokens) {
    /** How often an attempt's limit a trial may take, when nothing else is said. */
    public static final int TRIAL_TIMEOUT_FACTOR = 3;

    /** What is sent as {@code max_tokens} where a limit needs a bound and nobody gives one. */
    public static final int DEFAULT_OUTPUT_TOKENS = 16_000;

    /** Checks the ranges and copies the map. */
    public Limits {
        providerConcurrency = Map.copyOf(providerConcurrency);
        if (providerConcurrency.values().stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("a provider's concurrency is below 1: " + providerConcurrency);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is " + concurrency + ", expected at least 1");
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries is " + retries + ", expected at least 0");
        }
    }

    /** The same limits with a trial's time in proportion to an attempt's, and no limit by provider. */
    public Limits(
            int concurrency,
            int retries,
            Duration timeout,
            Optional<BigDecimal> maxCostUsd,
            OptionalLong maxTotalTokens,
            OptionalInt maxOutputTokens) {
        this(
                concurrency,
                Map.of(),
                retries,
                timeout,
                timeout.multipliedBy(TRIAL_TIMEOUT_FACTOR),
                maxCostUsd,
                maxTotalTokens,
                maxOutputTokens);
    }

    /**
     * Request parameters whose output is bounded if spending is limited: without {@code max_tokens} and {@code
     * max_completion_tokens} nobody could say what a call may cost at most.
     */
    public Map<String, @Nullable Object> bounded(Map<String, ? extends @Nullable Object> params) {
        Map<String, @Nullable Object> bounded = new LinkedHashMap<>(params);
        if ((maxCostUsd.isPresent() || maxTotalTokens.isPresent())
                && params.get("max_tokens") == null
                && params.get("max_completion_tokens") == null) {
            bounded.put("max_tokens", (long) DEFAULT_OUTPUT_TOKENS);
        }
        return bounded;
    }

    /** 8 at a time, 3 retries, 10 minutes an attempt and 30 a trial, no spending limit. */
    public static Limits standard() {
        return new Limits(8, 3, Duration.ofMinutes(10), Optional.empty(), OptionalLong.empty(), OptionalInt.empty());
    }
}
