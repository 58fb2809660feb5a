package dev.rtel.report.html;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis that begins and ends at round numbers (1, 2 or 5 times a power of ten). */
final class LogScale {
    private static final int[] STEPS = {1, 2, 5};
    private static final int MAX_TICKS = 8;
    private static final double MARGIN = 1.12;

    private final double low;
    private final double high;

    private LogScale(double low, double high) {
        this.low = low;
        this.high = high;
    }

    /** A scale that holds all values, each above 0, with a little room on both sides. */
    static LogScale over(List<Double> values) {
        double min = values.stream().mapToDouble(v -> v).min().orElse(100);
        double max = values.stream().mapToDouble(v -> v).max().orElse(10_000);
        return new LogScale(roundDown(min / MARGIN), roundUp(max * MARGIN));
    }

    /** Where a value lies, from 0 (left) to 1. */
    double position(double value) {
        return (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
    }

    /** Round numbers for the axis, ascending; only powers of ten where 1-2-5 would be too many. */
    List<Double> ticks() {
        List<Double> all = new ArrayList<>();
        List<Double> decades = new ArrayList<>();
        for (int power = exponent(low); Math.pow(10, power) <= high * 1.0001; power++) {
            for (int step : STEPS) {
                double tick = step * Math.pow(10, power);
                if (tick >= low * 0.9999 && tick <= high * 1.0001) {
                    all.add(tick);
                    if (step == 1) {
                        decades.add(tick);
                    }
                }
            }
        }
        return all.size() <= MAX_TICKS ? all : decades;
    }

    private static int exponent(double value) {
        return (int) Math.floor(Math.log10(value) + 1e-9);
    }

    private static double roundDown(double value) {
        double unit = Math.pow(10, exponent(value));
        double best = unit;
        for (int step : STEPS) {
            if (step * unit <= value * 1.0001) {
                best = step * unit;
            }
        }
        return best;
    }

    private static double roundUp(double value) {
        double unit = Math.pow(10, exponent(value));
        for (int step : STEPS) {
            if (step * unit >= value * 0.9999) {
                return step * unit;
            }
        }
        return 10 * unit;
    }
}
