package dev.rtel.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * Ranks that an interval allows, as model arenas show them: best is 1 plus the number of intervals wholly above, worst
 * is the number of rows less those wholly below. Touching intervals overlap. Conservative.
 *
 * @param best from 1
 * @param worst at least {@code best}
 */
public record RankBounds(int best, int worst) {
    /** An interval of a measure of which more is better. */
    public record Bounds(double lower, double upper) {}

    /** Returns the bounds of each row, in the order given. */
    public static List<RankBounds> of(List<Bounds> rows) {
        List<RankBounds> result = new ArrayList<>();
        for (Bounds mine : rows) {
            int above = 0;
            int below = 0;
            for (Bounds other : rows) {
                above += other.lower() > mine.upper() ? 1 : 0;
                below += other.upper() < mine.lower() ? 1 : 0;
            }
            result.add(new RankBounds(1 + above, rows.size() - below));
        }
        return result;
    }
}
