package dev.rtel.simulator;

import java.time.Duration;

/**
 * When and in which form a generation record can be read.
 *
 * @param lag time after the end of the completion, or of its stream, during which the record is not there yet
 * @param hiddenPolls number of reads that fail before the first one may succeed, in addition to the lag
 * @param pendingStatus status of a read that comes too early, 404 or 500
 * @param shape form of the record
 */
public record GenerationPolicy(Duration lag, int hiddenPolls, int pendingStatus, GenerationShape shape) {
    /** The record is there at once, complete and consistent. */
    public static final GenerationPolicy IMMEDIATE = new GenerationPolicy(Duration.ZERO, 0, 404, GenerationShape.FULL);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is negative or the status is neither 404 nor 500
     */
    public GenerationPolicy {
        if (lag.isNegative()) {
            throw new IllegalArgumentException("lag must not be negative, was " + lag);
        }
        if (hiddenPolls < 0) {
            throw new IllegalArgumentException("hiddenPolls must not be negative, was " + hiddenPolls);
        }
        if (pendingStatus != 404 && pendingStatus != 500) {
            throw new IllegalArgumentException("pendingStatus must be 404 or 500, was " + pendingStatus);
        }
    }

    /** Returns a policy with full records that appear after the given time. */
    public static GenerationPolicy after(Duration lag) {
        return IMMEDIATE.withLag(lag);
    }

    /** Returns a policy with full records that appear after the given number of failed reads. */
    public static GenerationPolicy afterPolls(int polls) {
        return new GenerationPolicy(Duration.ZERO, polls, 404, GenerationShape.FULL);
    }

    /** Returns a copy with another lag. */
    public GenerationPolicy withLag(Duration newLag) {
        return new GenerationPolicy(newLag, hiddenPolls, pendingStatus, shape);
    }

    /** Returns a copy with another status for early reads. */
    public GenerationPolicy withPendingStatus(int status) {
        return new GenerationPolicy(lag, hiddenPolls, status, shape);
    }

    /** Returns a copy with another form of the record. */
    public GenerationPolicy withShape(GenerationShape newShape) {
        return new GenerationPolicy(lag, hiddenPolls, pendingStatus, newShape);
    }
}
