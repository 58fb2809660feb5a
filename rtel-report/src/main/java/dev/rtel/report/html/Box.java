package dev.rtel.report.html;

/** A rectangle in the chart's units; {@code x, y} is its upper left corner. */
record Box(double x, double y, double width, double height) {
    double right() {
        return x + width;
    }

    double bottom() {
        return y + height;
    }

    Box grown(double by) {
        return new Box(x - by, y - by, width + 2 * by, height + 2 * by);
    }

    boolean overlaps(Box other) {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }

    boolean within(Box outer) {
        return x >= outer.x && y >= outer.y && right() <= outer.right() && bottom() <= outer.bottom();
    }

    /** Distance of a point from the nearest point of the box; 0 inside. */
    double distance(double px, double py) {
        return Math.hypot(px - nearestX(px), py - nearestY(py));
    }

    double nearestX(double px) {
        return Math.max(x, Math.min(right(), px));
    }

    double nearestY(double py) {
        return Math.max(y, Math.min(bottom(), py));
    }

    /** Whether a straight line runs through the box (Liang and Barsky's clipping). */
    boolean crossedBy(Line line) {
        double[] range = {0, 1};
        return clip(-line.dx(), line.x1() - x, range)
                && clip(line.dx(), right() - line.x1(), range)
                && clip(-line.dy(), line.y1() - y, range)
                && clip(line.dy(), bottom() - line.y1(), range);
    }

    private static boolean clip(double p, double q, double[] range) {
        if (p == 0) {
            return q >= 0;
        }
        double t = q / p;
        if (p < 0) {
            range[0] = Math.max(range[0], t);
        } else {
            range[1] = Math.min(range[1], t);
        }
        return range[0] <= range[1];
    }

    /** A straight line between two points. */
    record Line(double x1, double y1, double x2, double y2) {
        double dx() {
            return x2 - x1;
        }

        double dy() {
            return y2 - y1;
        }
    }
}
