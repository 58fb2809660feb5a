package dev.rtel.analysis;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Agreement beyond chance of any number of observers, some of whose values may be missing: Krippendorff's alpha for
 * nominal data (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011). 1 is full agreement, 0 what chance
 * would bring, below 0 less than that.
 */
public final class KrippendorffAlpha {
    private KrippendorffAlpha() {}

    /**
     * Computes alpha.
     *
     * @param units for each thing observed the values it was given, missing ones left out; a unit with fewer than two
     *     values has nothing to compare and does not count
     * @return empty without a unit of two values, or if all values are the same, so that chance could not disagree
     */
    public static OptionalDouble nominal(List<? extends Collection<String>> units) {
        Map<String, Long> totals = new TreeMap<>();
        long n = 0;
        double disagreement = 0;
        for (Collection<String> unit : units) {
            if (unit.size() < 2) {
                continue;
            }
            Map<String, Long> counts =
                    unit.stream().collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
            counts.forEach((value, count) -> totals.merge(value, count, Long::sum));
            n += unit.size();
            disagreement += (double) pairsThatDiffer(counts, unit.size()) / (unit.size() - 1);
        }
        long expected = pairsThatDiffer(totals, n);
        return expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - (n - 1) * disagreement / expected);
    }

    /** Ordered pairs of different values. */
    private static long pairsThatDiffer(Map<String, Long> counts, long n) {
        return n * n - counts.values().stream().mapToLong(c -> c * c).sum();
    }
}
