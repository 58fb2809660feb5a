package dev.rtel.analysis;

import dev.rtel.eval.Leaderboard.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Standard error of a mean whose observations come in clusters, such as the epochs of one sample (Miller 2024, arXiv
 * 2411.00640, equation 4).
 *
 * @param n observations
 * @param clusters distinct clusters
 * @param mean empty without observations
 * @param standardError empty below two clusters; 0 when the clustered variance is not above rounding error
 */
public record ClusteredError(int n, int clusters, OptionalDouble mean, OptionalDouble standardError) {
    /** Method name in results. */
    public static final String METHOD = "clustered";

    /** Below this many clusters the t quantile stands in for the normal one. */
    public static final int T_BELOW_CLUSTERS = 30;

    private static final double NOISE = 1e-12;
    private static final double UPPER_TAIL = 0.025;

    /**
     * Computes the error from the scores of each cluster.
     *
     * @param clusters scores by cluster name; no cluster is empty; the order does not matter
     */
    public static ClusteredError of(Map<String, List<Double>> clusters) {
        double[] scores = clusters.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
        int n = scores.length;
        if (n == 0) {
            return new ClusteredError(0, 0, OptionalDouble.empty(), OptionalDouble.empty());
        }
        double mean = CompensatedSum.of(scores) / n;
        int count = clusters.size();
        if (count < 2) {
            return new ClusteredError(n, count, OptionalDouble.of(mean), OptionalDouble.empty());
        }
        double[] squares = new double[n];
        for (int i = 0; i < n; i++) {
            squares[i] = (scores[i] - mean) * (scores[i] - mean);
        }
        double sumOfSquares = CompensatedSum.of(squares);
        double clt = sumOfSquares / ((double) n * (n - 1));
        // The sum over i != j within a cluster is the squared cluster sum less its own squares.
        List<Double> cross = new ArrayList<>();
        for (List<Double> cluster : clusters.values()) {
            double[] deviations = cluster.stream().mapToDouble(s -> s - mean).toArray();
            double sum = CompensatedSum.of(deviations);
            cross.add(sum * sum);
            for (double deviation : deviations) {
                cross.add(-deviation * deviation);
            }
        }
        double within = CompensatedSum.of(
                cross.stream().mapToDouble(Double::doubleValue).toArray());
        double variance = clt + within / ((double) n * n);
        double error = variance <= NOISE * clt ? 0 : Math.sqrt(variance);
        return new ClusteredError(n, count, OptionalDouble.of(mean), OptionalDouble.of(error));
    }

    /** Groups scores by the cluster named at the same place. */
    public static ClusteredError of(List<Double> scores, List<String> clusters) {
        Map<String, List<Double>> grouped = new LinkedHashMap<>();
        for (int i = 0; i < scores.size(); i++) {
            grouped.computeIfAbsent(clusters.get(i), c -> new ArrayList<>()).add(scores.get(i));
        }
        return of(grouped);
    }

    /** Half the width of the 95 % interval by the normal quantile; empty without a standard error. */
    public OptionalDouble normalHalfWidth() {
        return standardError.isPresent()
                ? OptionalDouble.of(Wilson.Z_95 * standardError.getAsDouble())
                : OptionalDouble.empty();
    }

    /**
     * The 95 % interval of a share, not clipped to 0..1. Below {@link #T_BELOW_CLUSTERS} clusters by the t quantile
     * with one degree of freedom less than clusters. Where all clusters agree, or there is only one, the standard
     * error says nothing: then Wilson's interval with the clusters as the only independent observations.
     *
     * @return empty without observations
     */
    public Optional<Interval> interval() {
        if (mean.isEmpty()) {
            return Optional.empty();
        }
        double estimate = mean.getAsDouble();
        if (standardError.isEmpty() || standardError.getAsDouble() == 0) {
            return Optional.of(Wilson.withQuantile(estimate, estimate * clusters, clusters, Wilson.Z_95));
        }
        double quantile = clusters < T_BELOW_CLUSTERS
                ? TDistribution.of(clusters - 1).inverseSurvivalProbability(UPPER_TAIL)
                : Wilson.Z_95;
        double half = quantile * standardError.getAsDouble();
        return Optional.of(
                new Interval(estimate, OptionalDouble.of(estimate - half), OptionalDouble.of(estimate + half), METHOD));
    }
}
