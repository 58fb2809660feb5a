package dev.rtel.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The order of a board. Rankable entries with a value first: value descending, then accuracy descending, mean cost
 * ascending, id ascending, missing last. All others after them without a rank: accuracy descending, then id. Values are
 * compared unrounded; ids by UTF-16 code unit.
 */
public final class Ranking {
    private static final Comparator<Entry> BY_ACCURACY =
            Comparator.comparingDouble((Entry e) -> -e.accuracy().orElse(Double.NEGATIVE_INFINITY));
    private static final Comparator<Entry> RANKED_ORDER = Comparator.comparingDouble(
                    (Entry e) -> -e.value().orElse(Double.NEGATIVE_INFINITY))
            .thenComparing(BY_ACCURACY)
            .thenComparingDouble(e -> e.meanCost().orElse(Double.POSITIVE_INFINITY))
            .thenComparing(Entry::id);
    private static final Comparator<Entry> UNRANKED_ORDER = BY_ACCURACY.thenComparing(Entry::id);

    private Ranking() {}

    /**
     * What is ranked.
     *
     * @param id unique on the board
     * @param value the measure; more is better
     * @param rankable whether the value may have a rank
     * @param accuracy 0..1
     * @param meanCost US dollars a sample
     */
    public record Entry(
            String id, OptionalDouble value, boolean rankable, OptionalDouble accuracy, OptionalDouble meanCost) {}

    /** A place on the board: rank 1 plus the number of ranked entries with a strictly larger value, or empty. */
    public record Place(String id, OptionalInt rank) {}

    /** Returns the entries' places in the board's order. */
    public static List<Place> of(List<Entry> entries) {
        List<Entry> ranked =
                entries.stream().filter(Ranking::ranks).sorted(RANKED_ORDER).toList();
        List<Place> places = new ArrayList<>();
        int rank = 0;
        double previous = Double.NaN;
        for (int i = 0; i < ranked.size(); i++) {
            double value = ranked.get(i).value().orElseThrow();
            if (value != previous) {
                rank = i + 1;
                previous = value;
            }
            places.add(new Place(ranked.get(i).id(), OptionalInt.of(rank)));
        }
        entries.stream()
                .filter(e -> !ranks(e))
                .sorted(UNRANKED_ORDER)
                .forEach(e -> places.add(new Place(e.id(), OptionalInt.empty())));
        return places;
    }

    private static boolean ranks(Entry entry) {
        return entry.rankable() && entry.value().isPresent();
    }
}
