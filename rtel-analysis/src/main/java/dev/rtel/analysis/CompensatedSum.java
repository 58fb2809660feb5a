package dev.rtel.analysis;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Sums of doubles by Neumaier's compensated summation. */
public final class CompensatedSum {
    private CompensatedSum() {}

    /** The sum; sorted first, so that the order of the values changes no bit. 0 for no values. */
    public static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double compensation = 0;
        for (double value : sorted) {
            double next = sum + value;
            compensation += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return sum + compensation;
    }

    /** The mean; empty for no values. */
    public static OptionalDouble mean(double... values) {
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(of(values) / values.length);
    }
}
