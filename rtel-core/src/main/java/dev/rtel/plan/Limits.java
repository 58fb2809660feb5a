package dev.rtel.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a run may take; in no fingerprint.
 *
 * @param concurrency trials at a time, at least 1
 * @param retries further attempts after a failed one, at least 0
 * @param timeout limit of one attempt, the body included
 * @param maxCostUsd spending limit of the whole run, roles included; empty = none
 * @param maxTotalTokens token limit of the whole run, roles included; empty = none
 * @param maxOutputTokens {@code max_tokens} of every contestant; empty = as the roster says
 */
public record Limits(
        int concurrency,
        int retries,
        Duration timeout,
        Optional<BigDecimal> maxCostUsd,
        OptionalLong maxTotalTokens,
        OptionalInt maxOutputTokens) {
    /** Checks the ranges. */
    public Limits {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is " + concurrency + ", expected at least 1");
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries is " + retries + ", expected at least 0");
        }
    }

    /** 8 at a time, 3 retries, 10 minutes, no spending limit. */
    public static Limits standard() {
        return new Limits(8, 3, Duration.ofMinutes(10), Optional.empty(), OptionalLong.empty(), OptionalInt.empty());
    }
}
