package dev.rtel.analysis;

import dev.rtel.eval.Leaderboard.Interval;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Wilson's score interval of a share, without continuity correction (E. B. Wilson 1927). For independent trials: one
 * observation a sample.
 */
public final class Wilson {
    /** Method name in results. */
    public static final String METHOD = "wilson";

    /** Two-sided 95 % quantile of the normal distribution. */
    static final double Z_95 = 1.959963984540054;

    private Wilson() {}

    /** The 95 % interval of {@code successes} out of {@code trials}; empty for no trials. */
    public static Optional<Interval> interval(int successes, int trials) {
        return trials == 0
                ? Optional.empty()
                : Optional.of(withQuantile((double) successes / trials, successes, trials, Z_95));
    }

    /**
     * The interval at another confidence.
     *
     * @param confidence between 0 and 1, exclusive, e.g. 0.95
     * @return empty for no trials
     */
    public static Optional<Interval> interval(int successes, int trials, double confidence) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
        return trials == 0
                ? Optional.empty()
                : Optional.of(withQuantile((double) successes / trials, successes, trials, z));
    }

    /** The same for a share observed on {@code trials} independent units; successes need not be whole. */
    static Interval withQuantile(double share, double successes, int trials, double z) {
        if (trials < 1 || !(successes >= 0 && successes <= trials)) {
            throw new IllegalArgumentException(successes + " successes of " + trials + " trials");
        }
        double z2 = z * z;
        double scale = 1 + z2 / trials;
        double centre = (share + z2 / (2.0 * trials)) / scale;
        double half = z / scale * Math.sqrt(share * (1 - share) / trials + z2 / (4.0 * trials * trials));
        // Exact at the ends, where rounding would leave 1e-17 or 1 - 1e-16.
        double lower = successes == 0 ? 0 : centre - half;
        double upper = successes == trials ? 1 : centre + half;
        return new Interval(share, OptionalDouble.of(lower), OptionalDouble.of(upper), METHOD);
    }
}
