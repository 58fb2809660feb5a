package dev.rtel.report.html;

import dev.rtel.report.html.Box.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts labels beside their points: greedily, the crowded ones first, each at the cheapest of many places around its
 * point, then improved in further rounds. A label never leaves the area and never covers another one as long as a free
 * place exists anywhere.
 */
final class LabelPlacement {
    private static final double[] REACHES = {10, 13, 18, 26, 36, 50, 68, 90};
    private static final double[] SLOPES = {-1, -0.55, 0, 0.55, 1};
    private static final double CROWD_RADIUS = 90;
    private static final double GAP = 1.5;
    private static final double GRID = 4;
    private static final int ROUNDS = 4;
    private static final double FORBIDDEN = 1e6;
    private static final double ON_POINT = 900;
    private static final double ON_FRONTIER = 160;
    private static final double ON_LINE = 90;
    private static final double LEADER_CROSSING = 120;
    private static final double FOREIGN_ZONE = 60;
    private static final double MARK_RADIUS = 7;
    /** A label farther from its point than this gets a leader line. */
    static final double LEADER_FROM = 15;

    /**
     * A point that wants a label.
     *
     * @param zone whether the point lies in the strip; labels prefer to stay on their side of it
     */
    record Point(double x, double y, double width, boolean zone) {}

    /** Where a label went. */
    record Label(Box box, double gap) {
        boolean leader() {
            return gap > LEADER_FROM;
        }
    }

    private final Box area;
    private final Box strip;
    private final List<Point> points;
    private final List<Line> whiskers;
    private final List<Line> frontier;
    private final double height;
    private final @Nullable Label[] labels;

    private LabelPlacement(
            Box area, Box strip, List<Point> points, List<Line> whiskers, List<Line> frontier, double height) {
        this.area = area;
        this.strip = strip;
        this.points = points;
        this.whiskers = whiskers;
        this.frontier = frontier;
        this.height = height;
        this.labels = new Label[points.size()];
    }

    /** Returns a label for each point, in the order of the points. */
    static List<Label> place(
            Box area, Box strip, List<Point> points, List<Line> whiskers, List<Line> frontier, double height) {
        LabelPlacement placement = new LabelPlacement(area, strip, points, whiskers, frontier, height);
        return placement.solve();
    }

    private List<Label> solve() {
        List<Integer> order = IntStream.range(0, points.size())
                .boxed()
                .sorted(Comparator.comparingLong(this::crowd).reversed())
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i : order) {
                labels[i] = best(i);
            }
        }
        List<Label> result = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            Label label = labels[i];
            result.add(label == null ? best(i) : label);
        }
        return result;
    }

    private long crowd(int i) {
        Point p = points.get(i);
        return points.stream()
                .filter(q -> Math.hypot(p.x() - q.x(), p.y() - q.y()) < CROWD_RADIUS)
                .count();
    }

    private Label best(int i) {
        Point p = points.get(i);
        Choice choice = new Choice(i);
        for (double reach : REACHES) {
            for (double slope : SLOPES) {
                double y = p.y() + slope * reach - height / 2;
                choice.offer(p.x() + reach, y);
                choice.offer(p.x() - reach - p.width(), y);
            }
            for (double shift : new double[] {0.5, 0.15, 0.85}) {
                choice.offer(p.x() - p.width() * shift, p.y() - reach - height);
                choice.offer(p.x() - p.width() * shift, p.y() + reach);
            }
        }
        if (choice.cost >= FORBIDDEN) {
            for (double y = area.y(); y + height <= area.bottom(); y += GRID) {
                for (double x = area.x(); x + p.width() <= area.right(); x += GRID) {
                    choice.offer(x, y);
                }
            }
        }
        return choice.label;
    }

    private double cost(int i, Box box) {
        Point p = points.get(i);
        double gap = box.distance(p.x(), p.y());
        double cost = gap + (box.x() < p.x() ? 2 : 0) + (box.y() > p.y() - height / 2 ? 1 : 0);
        cost += box.within(area) ? 0 : FORBIDDEN;
        cost += p.zone() != box.overlaps(strip) ? FOREIGN_ZONE : 0;
        Line leader = new Line(p.x(), p.y(), box.nearestX(p.x()), box.nearestY(p.y()));
        Box spaced = box.grown(GAP);
        for (int j = 0; j < labels.length; j++) {
            Label other = labels[j];
            if (j == i || other == null) {
                continue;
            }
            Point q = points.get(j);
            cost += spaced.overlaps(other.box()) ? FORBIDDEN : 0;
            cost += gap > LEADER_FROM && other.box().crossedBy(leader) ? LEADER_CROSSING : 0;
            Line otherLeader = new Line(
                    q.x(), q.y(), other.box().nearestX(q.x()), other.box().nearestY(q.y()));
            cost += other.leader() && box.crossedBy(otherLeader) ? LEADER_CROSSING : 0;
        }
        for (Point q : points) {
            cost += box.distance(q.x(), q.y()) < MARK_RADIUS ? ON_POINT : 0;
        }
        for (Line line : whiskers) {
            cost += box.crossedBy(line) ? ON_LINE : 0;
        }
        for (Line line : frontier) {
            cost += spaced.crossedBy(line) ? ON_FRONTIER : 0;
        }
        return cost;
    }

    /** The cheapest place so far. */
    private final class Choice {
        private final int index;
        private double cost = Double.POSITIVE_INFINITY;
        private Label label = new Label(area, 0);

        Choice(int index) {
            this.index = index;
        }

        void offer(double x, double y) {
            Point p = points.get(index);
            Box box = new Box(x, y, p.width(), height);
            double offered = cost(index, box);
            if (offered < cost) {
                cost = offered;
                label = new Label(box, box.distance(p.x(), p.y()));
            }
        }
    }
}
