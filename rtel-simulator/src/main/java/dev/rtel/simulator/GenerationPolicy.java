package dev.rtel.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * When and in which form a generation record can be read.
 *
 * @param lag time after the end of the completion, or of its stream, during which the record is not there yet
 * @param hiddenPolls number of reads that fail before the first one may succeed, in addition to the lag
 * @param pendingStatus status of a read that comes too early, 404, 429 or 500
 * @param shapes shares of the records that have some form, each 0..1, together at most 1; the others are full. Which record
 *     has which form depends on seed, trial and attempt only
 */
public record GenerationPolicy(Duration lag, int hiddenPolls, int pendingStatus, Map<GenerationShape, Double> shapes) {
    /** The record is there at once, complete and consistent. */
    public static final GenerationPolicy IMMEDIATE = new GenerationPolicy(Duration.ZERO, 0, 404, Map.of());

    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if a number is out of its range or the status is none of 404, 429 and 500
     */
    public GenerationPolicy {
        Checks.notNegative("lag", lag);
        Checks.notNegative("hiddenPolls", hiddenPolls);
        Checks.that(
                pendingStatus == 404 || pendingStatus == 429 || pendingStatus == 500,
                "pendingStatus must be 404, 429 or 500, was " + pendingStatus);
        EnumMap<GenerationShape, Double> copy = new EnumMap<>(GenerationShape.class);
        copy.putAll(shapes);
        shapes = Collections.unmodifiableMap(copy);
        double sum = 0;
        for (Map.Entry<GenerationShape, Double> entry : shapes.entrySet()) {
            Checks.share("share of " + entry.getKey(), entry.getValue());
            sum += entry.getValue();
        }
        Checks.that(sum <= 1 + 1e-9, "shares must not be more than 1 together, were " + shapes);
    }

    /** Returns a policy with full records that appear after the given time. */
    public static GenerationPolicy after(Duration lag) {
        return IMMEDIATE.withLag(lag);
    }

    /** Returns a policy with full records that appear after the given number of failed reads. */
    public static GenerationPolicy afterPolls(int polls) {
        return IMMEDIATE.withHiddenPolls(polls);
    }

    /** Returns a copy with another lag. */
    public GenerationPolicy withLag(Duration newLag) {
        return new GenerationPolicy(newLag, hiddenPolls, pendingStatus, shapes);
    }

    /** Returns a copy with another number of reads that fail. */
    public GenerationPolicy withHiddenPolls(int polls) {
        return new GenerationPolicy(lag, polls, pendingStatus, shapes);
    }

    /** Returns a copy with another status for early reads. */
    public GenerationPolicy withPendingStatus(int status) {
        return new GenerationPolicy(lag, hiddenPolls, status, shapes);
    }

    /** Returns a copy in which all records have the given form. */
    public GenerationPolicy withShape(GenerationShape shape) {
        return new GenerationPolicy(lag, hiddenPolls, pendingStatus, Map.of(shape, 1.0));
    }

    /** Returns a copy in which a share of the records, 0..1, has the given form; the shares of the others stay. */
    public GenerationPolicy withShare(GenerationShape shape, double share) {
        EnumMap<GenerationShape, Double> more = new EnumMap<>(GenerationShape.class);
        more.putAll(shapes);
        more.put(shape, share);
        return new GenerationPolicy(lag, hiddenPolls, pendingStatus, more);
    }

    /** Returns the form of a record for a random number from 0 (inclusive) to 1 (exclusive). */
    GenerationShape shape(double roll) {
        double sum = 0;
        for (Map.Entry<GenerationShape, Double> entry : shapes.entrySet()) {
            sum += entry.getValue();
            if (roll < sum) {
                return entry.getKey();
            }
        }
        return GenerationShape.FULL;
    }
}
