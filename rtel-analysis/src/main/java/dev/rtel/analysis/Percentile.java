package dev.rtel.analysis;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Percentiles after Hyndman and Fan, type 7 (linear interpolation at position {@code (n-1)p}; the default of R and
 * NumPy).
 */
public final class Percentile {
    private Percentile() {}

    /**
     * The percentile of the values in any order.
     *
     * @param values present values only
     * @param p 0 to 1
     * @return empty for no values
     * @throws IllegalArgumentException if {@code p} lies outside 0..1
     */
    public static OptionalDouble of(double[] values, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a percentile is asked for by a share in 0..1, not " + p);
        }
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double position = (sorted.length - 1) * p;
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return OptionalDouble.of(sorted[below] + (position - below) * (sorted[above] - sorted[below]));
    }
}
