package dev.rtel.eval;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names a trial within a run.
 *
 * @param model name of the roster entry
 * @param task name of the task
 * @param sample id within the task
 * @param epoch repeat, from 1
 */
public record TrialKey(String model, String task, String sample, int epoch) implements Comparable<TrialKey> {
    private static final Comparator<TrialKey> ORDER = Comparator.comparing(TrialKey::model)
            .thenComparing(TrialKey::task)
            .thenComparing(TrialKey::sample)
            .thenComparingInt(TrialKey::epoch);

    /** Checks that nothing is null and the epoch is at least 1. */
    public TrialKey {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(sample, "sample");
        if (epoch < 1) {
            throw new IllegalArgumentException("epochs count from 1, not " + epoch);
        }
    }

    @Override
    public int compareTo(TrialKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return model + " " + task + "/" + sample + " #" + epoch;
    }
}
