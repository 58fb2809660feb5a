package dev.rtel.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One line of a fault plan: what goes wrong, and with which requests. Immutable; start with {@link #of(FaultKind)} or
 * {@link #status(int)} and narrow it down.
 *
 * @param kind what goes wrong
 * @param model pattern of model ids; {@code *} stands for any text
 * @param trial pattern of trial keys (request metadata {@code rtel_trial}, empty if absent); {@code *} stands for any text
 * @param attempts attempt numbers that are hit; empty = all
 * @param probability probability, 0..1, that a matching attempt is hit; depends on seed, trial and attempt only
 * @param status HTTP status for {@link FaultKind#STATUS} and {@link FaultKind#HTML_ERROR}
 * @param retryAfterSeconds wait hint for {@link FaultKind#RATE_LIMITED} and {@link FaultKind#STATUS}
 * @param delay how long {@link FaultKind#STALL} keeps the reply back
 * @param paddingBlocks number of blocks for {@link FaultKind#PADDING} and {@link FaultKind#TRUNCATED_JSON}
 */
public record Fault(
        FaultKind kind,
        String model,
        String trial,
        Set<Integer> attempts,
        double probability,
        int status,
        OptionalInt retryAfterSeconds,
        Duration delay,
        int paddingBlocks) {
    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Fault {
        attempts = Set.copyOf(attempts);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be between 0 and 1, was " + probability);
        }
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be between 400 and 599, was " + status);
        }
        if (retryAfterSeconds.isPresent() && retryAfterSeconds.getAsInt() < 0) {
            throw new IllegalArgumentException(
                    "retryAfterSeconds must not be negative, was " + retryAfterSeconds.getAsInt());
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative, was " + delay);
        }
        if (paddingBlocks < 0) {
            throw new IllegalArgumentException("paddingBlocks must not be negative, was " + paddingBlocks);
        }
    }

    /** Returns a fault that hits every attempt of every model; status 502, no wait hint, one hour delay, 8 blocks. */
    public static Fault of(FaultKind kind) {
        return new Fault(kind, "*", "*", Set.of(), 1.0, 502, OptionalInt.empty(), Duration.ofHours(1), 8);
    }

    /** Returns a fault that answers every attempt of every model with a JSON error of the given status. */
    public static Fault status(int status) {
        return of(FaultKind.STATUS).withStatus(status);
    }

    /** Returns a copy for the models whose id matches a pattern, for example {@code openai/*}. */
    public Fault onModel(String pattern) {
        return new Fault(kind, pattern, trial, attempts, probability, status, retryAfterSeconds, delay, paddingBlocks);
    }

    /** Returns a copy for the trials whose key matches a pattern. */
    public Fault onTrial(String pattern) {
        return new Fault(kind, model, pattern, attempts, probability, status, retryAfterSeconds, delay, paddingBlocks);
    }

    /** Returns a copy for the given attempt numbers only, counted from 1. */
    public Fault onAttempts(int... numbers) {
        Set<Integer> set = Arrays.stream(numbers).boxed().collect(Collectors.toCollection(TreeSet::new));
        return new Fault(kind, model, trial, set, probability, status, retryAfterSeconds, delay, paddingBlocks);
    }

    /** Returns a copy that hits a matching attempt with the given probability. */
    public Fault withProbability(double value) {
        return new Fault(kind, model, trial, attempts, value, status, retryAfterSeconds, delay, paddingBlocks);
    }

    /** Returns a copy with another HTTP status. */
    public Fault withStatus(int value) {
        return new Fault(kind, model, trial, attempts, probability, value, retryAfterSeconds, delay, paddingBlocks);
    }

    /** Returns a copy with a wait hint. */
    public Fault withRetryAfterSeconds(int seconds) {
        return new Fault(
                kind, model, trial, attempts, probability, status, OptionalInt.of(seconds), delay, paddingBlocks);
    }

    /** Returns a copy with another delay. */
    public Fault withDelay(Duration value) {
        return new Fault(kind, model, trial, attempts, probability, status, retryAfterSeconds, value, paddingBlocks);
    }

    /** Returns a copy with another number of padding blocks. */
    public Fault withPaddingBlocks(int value) {
        return new Fault(kind, model, trial, attempts, probability, status, retryAfterSeconds, delay, value);
    }

    boolean hits(String modelId, String trialKey, int attempt, double roll) {
        return (attempts.isEmpty() || attempts.contains(attempt))
                && matches(model, modelId)
                && matches(trial, trialKey)
                && roll < probability;
    }

    private static boolean matches(String pattern, String text) {
        String[] pieces = pattern.split("\\*", -1);
        if (pieces.length == 1) {
            return text.equals(pattern);
        }
        String last = pieces[pieces.length - 1];
        if (!text.startsWith(pieces[0]) || text.length() < pieces[0].length() + last.length()) {
            return false;
        }
        int position = pieces[0].length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = text.indexOf(pieces[i], position);
            if (found < 0) {
                return false;
            }
            position = found + pieces[i].length();
        }
        return text.endsWith(last) && position <= text.length() - last.length();
    }
}
