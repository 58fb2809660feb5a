package dev.rtel.tasks.generated;

import dev.rtel.eval.Target;
import dev.rtel.tasks.internal.SplitMix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Shortest routes on a grid with closed crossings. */
final class LatticePathsGenerator implements Generator {
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String BLOCKED = "blocked";
    private static final List<String> WALKERS = List.of(
            "A delivery robot", "A postwoman", "A taxi", "A street sweeper", "A courier on a bicycle", "A tourist");

    @Override
    public String name() {
        return "lattice-paths";
    }

    @Override
    public String about() {
        return "number of routes on a street grid with closed crossings";
    }

    @Override
    public String category() {
        return "math";
    }

    @Override
    public String grader() {
        return "exact-numeric";
    }

    @Override
    public String workloadUnit() {
        return "crossings whose routes are counted";
    }

    @Override
    public List<String> checks() {
        return List.of("sum over the crossings of the grid", "inclusion and exclusion with binomial coefficients");
    }

    @Override
    public List<String> tags() {
        return List.of("combinatorics", "lattice-paths");
    }

    @Override
    public List<Knob> knobs() {
        return List.of(
                Knob.number(WIDTH, "blocks east", 4, 14, Knob.range(4, 5), Knob.range(6, 8), Knob.range(10, 12)),
                Knob.number(HEIGHT, "blocks north", 4, 14, Knob.range(4, 5), Knob.range(6, 8), Knob.range(10, 12)),
                Knob.number(BLOCKED, "closed crossings", 1, 6, Knob.range(2, 3), Knob.range(2, 4), Knob.range(4, 6)));
    }

    /** A crossing; natural order is by column, then row. */
    private record Crossing(int x, int y) implements Comparable<Crossing> {
        @Override
        public int compareTo(Crossing other) {
            return x == other.x ? Integer.compare(y, other.y) : Integer.compare(x, other.x);
        }
    }

    @Override
    public Optional<Draft> draw(Choices choices, SplitMix random) {
        int width = choices.number(WIDTH);
        int height = choices.number(HEIGHT);
        Set<Crossing> closed = new TreeSet<>();
        while (closed.size() < choices.number(BLOCKED)) {
            Crossing crossing = new Crossing(random.between(0, width), random.between(0, height));
            if (crossing.x() + crossing.y() > 0 && crossing.x() + crossing.y() < width + height) {
                closed.add(crossing);
            }
        }
        long gold = routes(width, height, closed);
        boolean allMatter = closed.stream().noneMatch(c -> {
            Set<Crossing> fewer = new TreeSet<>(closed);
            fewer.remove(c);
            return routes(width, height, fewer) == gold;
        });
        String input = prompt(random.pick(WALKERS), width, height, closed);
        if (!allMatter || !Prose.mayBeGold(gold, input)) {
            return Optional.empty();
        }
        return Optional.of(Draft.of(
                width + "x" + height + closed,
                "Routes on a grid with closed crossings",
                input,
                Target.of(String.valueOf(gold)),
                (width + 1) * (height + 1),
                "0.03",
                Map.of("answer_range", "10.." + routes(width, height, Set.of()))));
    }

    private static long routes(int width, int height, Set<Crossing> closed) {
        long[][] routes = new long[width + 1][height + 1];
        for (int x = 0; x <= width; x++) {
            for (int y = 0; y <= height; y++) {
                long here = x + y == 0 ? 1 : (x > 0 ? routes[x - 1][y] : 0) + (y > 0 ? routes[x][y - 1] : 0);
                routes[x][y] = closed.contains(new Crossing(x, y)) ? 0 : here;
            }
        }
        return routes[width][height];
    }

    private static String prompt(String walker, int width, int height, Set<Crossing> closed) {
        List<String> points =
                closed.stream().map(c -> "(" + c.x() + ", " + c.y() + ")").collect(Collectors.toList());
        boolean one = points.size() == 1;
        return """
                %s moves on a street grid, from the crossing (0, 0) to the crossing (%d, %d). Each move goes exactly one
                block east, from (x, y) to (x+1, y), or exactly one block north, from (x, y) to (x, y+1).
                The %s %s %s closed and must not be entered. No other crossing is closed.

                How many different routes are there?""".formatted(
                walker, width, height, one ? "crossing" : "crossings", Prose.listed(points), one ? "is" : "are");
    }
}
