package dev.rtel.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.report.html.Box.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelPlacementTest {
    private static final Box AREA = new Box(54, 6, 732, 358);
    private static final Box STRIP = new Box(52, 26, 104, 340);

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void labelsNeverOverlapNorLeaveTheArea(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 1 + seed % 12;
        double spread = seed % 3 == 0 ? 30 : seed % 3 == 1 ? 140 : 700;
        List<LabelPlacement.Point> points = new ArrayList<>();
        List<Line> whiskers = new ArrayList<>();
        double left = 60 + random.nextDouble() * (720 - spread);
        for (int i = 0; i < n; i++) {
            double x = left + random.nextDouble() * spread;
            double y = 26 + random.nextDouble() * Math.min(spread, 340);
            points.add(new LabelPlacement.Point(x, y, 30 + random.nextDouble() * 140, x < 156));
            whiskers.add(new Line(x, y - 60, x, y + 60));
        }
        List<Line> frontier =
                List.of(new Line(160, 200, 400, 200), new Line(400, 200, 400, 60), new Line(400, 60, 788, 60));
        List<LabelPlacement.Label> labels = LabelPlacement.place(AREA, STRIP, points, whiskers, frontier, 15);
        assertApart(labels);
        assertThat(labels).hasSize(n).allMatch(l -> l.box().within(AREA));
    }

    @Test
    void pointsAtTheSamePlaceGetLabelsApart() {
        List<LabelPlacement.Point> points = IntStream.range(0, 12)
                .mapToObj(i -> new LabelPlacement.Point(700, 40, 170, false))
                .toList();
        assertApart(LabelPlacement.place(AREA, STRIP, points, List.of(), List.of(), 15));
    }

    @Test
    void aLonePointHasItsLabelBesideIt() {
        LabelPlacement.Label label = LabelPlacement.place(
                        AREA, STRIP, List.of(new LabelPlacement.Point(400, 180, 80, false)), List.of(), List.of(), 15)
                .get(0);
        assertThat(label.leader()).isFalse();
        assertThat(label.box().x()).isGreaterThan(400);
    }

    @Test
    void labelsKeepOffTheFrontierWhereTheyCan() {
        Line front = new Line(300, 180, 780, 180);
        LabelPlacement.Label label = LabelPlacement.place(
                        AREA,
                        STRIP,
                        List.of(new LabelPlacement.Point(400, 180, 80, false)),
                        List.of(),
                        List.of(front),
                        15)
                .get(0);
        assertThat(label.box().crossedBy(front)).isFalse();
    }

    private static void assertApart(List<LabelPlacement.Label> labels) {
        for (int i = 0; i < labels.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(labels.get(i).box().overlaps(labels.get(j).box()))
                        .as("labels %s and %s", i, j)
                        .isFalse();
            }
        }
    }
}
