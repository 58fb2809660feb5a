package dev.rtel.tasks.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Sample;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Reads the printed problems and solves them by other methods than the generators. */
class MathGeneratorsTest {
    private static final Pattern BOUND = Pattern.compile("fewer than (\\d+) ");
    private static final Pattern GROUPS = Pattern.compile("of (\\d+): the last one is incomplete and holds (\\d+)\\.");
    private static final Pattern POINT = Pattern.compile("\\((\\d+), (\\d+)\\)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private record Point(int x, int y) {}

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    @Test
    void searchingAllNumbersFindsTheGoldAndNoOther() {
        for (Sample sample : Made.thousand("chinese-remainder")) {
            String prompt = Made.input(sample);
            int bound = number(Made.lines(BOUND, prompt).get(0), 1);
            List<MatchResult> groups = Made.lines(GROUPS, prompt);
            int last = groups.size() - 1;
            int step = number(groups.get(last), 1);
            List<Long> found = new ArrayList<>();
            int sieved = 0;
            for (long n = number(groups.get(last), 2); n < bound; n += step) {
                sieved++;
                boolean fits = true;
                for (MatchResult group : groups) {
                    fits = fits && n % number(group, 1) == number(group, 2);
                }
                if (fits) {
                    found.add(n);
                }
            }
            assertThat(found).as(sample.id()).containsExactly(Made.number(sample));
            assertThat(sample.workload()).as(sample.id()).hasValue(sieved);
        }
    }

    /** Ways between two points of an open grid. */
    private static BigInteger ways(Point from, Point to) {
        int east = to.x() - from.x();
        int north = to.y() - from.y();
        BigInteger ways = east < 0 || north < 0 ? BigInteger.ZERO : BigInteger.ONE;
        for (int i = 1; i <= east && ways.signum() > 0; i++) {
            ways = ways.multiply(BigInteger.valueOf(north + i)).divide(BigInteger.valueOf(i));
        }
        return ways;
    }

    @Test
    void takingAwayRoutesByTheFirstClosedCrossingGivesTheGold() {
        for (Sample sample : Made.thousand("lattice-paths")) {
            List<Point> points = Made.lines(POINT, Made.input(sample)).stream()
                    .map(found -> new Point(number(found, 1), number(found, 2)))
                    .toList();
            Point end = points.get(1);
            List<Point> closed = points.subList(2, points.size()).stream()
                    .sorted(Comparator.comparingInt(p -> p.x() + p.y()))
                    .toList();
            assertThat(points.get(0)).isEqualTo(new Point(0, 0));
            assertThat(routesAround(closed, end)).as(sample.id()).isEqualTo(Made.number(sample));
            assertThat(sample.workload()).hasValue((end.x() + 1) * (end.y() + 1));
            assertThat(sample.tags()).contains("width:" + end.x(), "height:" + end.y(), "blocked:" + closed.size());
        }
    }

    /** Takes away the routes by the first closed crossing that they meet. */
    private static long routesAround(List<Point> closed, Point end) {
        List<BigInteger> first = new ArrayList<>();
        BigInteger routes = ways(new Point(0, 0), end);
        for (int i = 0; i < closed.size(); i++) {
            BigInteger there = ways(new Point(0, 0), closed.get(i));
            for (int j = 0; j < i; j++) {
                there = there.subtract(first.get(j).multiply(ways(closed.get(j), closed.get(i))));
            }
            first.add(there);
            routes = routes.subtract(there.multiply(ways(closed.get(i), end)));
        }
        return routes.longValueExact();
    }

    @Test
    void goldsAreNotGuessedAndNotInThePrompt() {
        Set<Long> popular = Set.of(100L, 1000L, 2024L, 2025L, 2026L, 2027L);
        for (String name : Made.MATH) {
            List<Sample> samples = Made.thousand(name);
            for (Sample sample : samples) {
                long gold = Made.number(sample);
                assertThat(gold).as(sample.id()).isGreaterThanOrEqualTo(10).isNotIn(popular);
                assertThat(NUMBER.matcher(Made.input(sample)).results().map(n -> Long.valueOf(n.group())))
                        .as(sample.id())
                        .doesNotContain(gold);
            }
            Map<Long, Long> counts =
                    samples.stream().collect(Collectors.groupingBy(Made::number, Collectors.counting()));
            assertThat(counts.values().stream().max(Long::compare).orElseThrow())
                    .as(name + ": how often the most frequent answer is right")
                    .isLessThanOrEqualTo(30);
        }
    }
}
