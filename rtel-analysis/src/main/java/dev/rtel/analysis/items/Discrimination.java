package dev.rtel.analysis.items;

import dev.rtel.analysis.items.ItemAnalysis.Passes;
import dev.rtel.analysis.items.ItemAnalysis.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Does a sample tell good models from bad ones? Correlation between passing it and passing the others, over the models
 * (the item-rest correlation of classical test theory). Not thread-safe.
 */
final class Discrimination {
    private static final int ENOUGH_MODELS = 3;
    private static final int ENOUGH_OTHERS = 3;
    private static final double NEGATIVE = -0.2;
    private static final double EVEN = 1e-12;
    private static final double HALF = 0.5;

    private final Map<Place, Map<String, Passes>> own = new LinkedHashMap<>();
    private final Map<String, Passes> total = new LinkedHashMap<>();

    /** A model's share on the sample and on all others. */
    private record Point(String model, double own, double rest) {}

    void take(Place place, String model, int right, int of) {
        own.computeIfAbsent(place, p -> new LinkedHashMap<>()).put(model, new Passes(right, of));
        total.merge(model, new Passes(right, of), (a, b) -> new Passes(a.right() + b.right(), a.of() + b.of()));
    }

    OptionalDouble of(Place place) {
        List<Point> points = points(place);
        if (points.size() < ENOUGH_MODELS) {
            return OptionalDouble.empty();
        }
        double meanOwn = points.stream().mapToDouble(Point::own).average().orElse(0);
        double meanRest = points.stream().mapToDouble(Point::rest).average().orElse(0);
        double both = 0;
        double varianceOwn = 0;
        double varianceRest = 0;
        for (Point point : points) {
            both += (point.own() - meanOwn) * (point.rest() - meanRest);
            varianceOwn += (point.own() - meanOwn) * (point.own() - meanOwn);
            varianceRest += (point.rest() - meanRest) * (point.rest() - meanRest);
        }
        return varianceOwn < EVEN || varianceRest < EVEN
                ? OptionalDouble.empty()
                : OptionalDouble.of(both / Math.sqrt(varianceOwn * varianceRest));
    }

    /** The flag of a sample that more of the weaker half of the models pass than of the stronger half. */
    Optional<Flag> flag(Place place, OptionalDouble correlation) {
        if (correlation.isEmpty() || correlation.getAsDouble() > NEGATIVE) {
            return Optional.empty();
        }
        List<Point> points = new ArrayList<>(points(place));
        points.sort(Comparator.comparingDouble(Point::rest).thenComparing(Point::model));
        int half = points.size() / 2;
        long weak = right(points.subList(0, half));
        long strong = right(points.subList(points.size() - half, points.size()));
        return weak <= strong
                ? Optional.empty()
                : Optional.of(new Flag(
                        Flag.Kind.NEGATIVE_DISCRIMINATION,
                        "right for " + weak + " of the " + half + " weaker models and for " + strong + " of the " + half
                                + " stronger ones"));
    }

    private static long right(List<Point> points) {
        return points.stream().filter(p -> p.own() >= HALF).count();
    }

    private List<Point> points(Place place) {
        List<Point> points = new ArrayList<>();
        own.getOrDefault(place, Map.of()).forEach((model, passes) -> {
            Passes all = total.getOrDefault(model, passes);
            int others = all.of() - passes.of();
            if (others >= ENOUGH_OTHERS) {
                points.add(new Point(
                        model,
                        (double) passes.right() / passes.of(),
                        (double) (all.right() - passes.right()) / others));
            }
        });
        points.sort(Comparator.comparing(Point::model));
        return points;
    }
}
