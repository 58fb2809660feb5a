package dev.rtel.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Which points no other point dominates. One dominates another if it costs at most as much and is at least as good, and
 * is better in one of both; equal points stay together. A point with a missing coordinate takes no part.
 */
public final class ParetoFrontier {
    private ParetoFrontier() {}

    /**
     * A point.
     *
     * @param cost less is better
     * @param quality more is better
     */
    public record Point(OptionalDouble cost, OptionalDouble quality) {
        boolean complete() {
            return cost.isPresent() && quality.isPresent();
        }

        boolean dominates(Point other) {
            double lessCost = other.cost.orElseThrow() - cost.orElseThrow();
            double moreQuality = quality.orElseThrow() - other.quality.orElseThrow();
            return lessCost >= 0 && moreQuality >= 0 && (lessCost > 0 || moreQuality > 0);
        }
    }

    /** Returns for each point, in the order given, whether it is on the frontier; false where a coordinate is missing. */
    public static List<Boolean> of(List<Point> points) {
        List<Boolean> result = new ArrayList<>();
        for (Point point : points) {
            result.add(
                    point.complete() && points.stream().noneMatch(other -> other.complete() && other.dominates(point)));
        }
        return result;
    }
}
