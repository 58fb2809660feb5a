package dev.rtel.tasks.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * SplitMix64 (Steele, Lea, Flood, 2014): the same numbers from the same seed on every platform and Java version. Not
 * thread-safe.
 */
public final class SplitMix {
    private long state;

    /** Starts a stream. */
    public SplitMix(long seed) {
        this.state = seed;
    }

    /** Returns the next 64 bits. */
    public long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a number from 0 to {@code bound - 1}; the bound is above 0. */
    public int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /** Returns a number from low to high, both included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** Returns one of the values; there is at least one. */
    public <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }

    /** Returns the values in random order. */
    public <T> List<T> shuffled(List<T> values) {
        List<T> left = new ArrayList<>(values);
        for (int i = left.size() - 1; i > 0; i--) {
            int j = below(i + 1);
            T moved = left.get(i);
            left.set(i, left.get(j));
            left.set(j, moved);
        }
        return left;
    }
}
