package dev.rtel.analysis.items;

import dev.rtel.analysis.items.ItemAnalysis.Place;
import dev.rtel.analysis.items.ItemAnalysis.Sheet;
import dev.rtel.eval.Sample;
import dev.rtel.eval.TrialRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pairs of samples that should be right or wrong together: twins, and one generated problem in two locales. Counted is how
 * often a model got one of them alone.
 */
final class Splits {
    private static final String DEFAULT_LOCALE = "en";

    /** Both halves of a pair, in plan order. */
    private record Pair(Place one, Place other) {}

    private record Asked(String runId, String model, int epoch) {}

    private final Map<Place, List<Flag>> flags = new HashMap<>();

    private Splits() {}

    List<Flag> of(Place place) {
        return flags.getOrDefault(place, List.of());
    }

    static Splits of(Map<Place, Sheet> sheets, Collection<TrialRecord> records) {
        var splits = new Splits();
        Set<Pair> pairs = pairs(sheets);
        if (pairs.isEmpty()) {
            return splits;
        }
        Map<Place, Map<Asked, Boolean>> right = new HashMap<>();
        for (TrialRecord record : records) {
            if (record.quarantined().isEmpty() && record.graded().isPresent()) {
                right.computeIfAbsent(Place.of(record.trial()), p -> new HashMap<>())
                        .put(
                                new Asked(
                                        record.runId(),
                                        record.key().model(),
                                        record.key().epoch()),
                                record.passedAlone());
            }
        }
        pairs.forEach(pair -> splits.count(
                pair,
                Objects.requireNonNull(sheets.get(pair.one())).sample,
                Objects.requireNonNull(sheets.get(pair.other())).sample,
                right));
        return splits;
    }

    private void count(Pair pair, Sample one, Sample other, Map<Place, Map<Asked, Boolean>> right) {
        Map<Asked, Boolean> first = right.getOrDefault(pair.one(), Map.of());
        Map<Asked, Boolean> second = right.getOrDefault(pair.other(), Map.of());
        int both = 0;
        int oneAlone = 0;
        int otherAlone = 0;
        for (Map.Entry<Asked, Boolean> answer : first.entrySet()) {
            Boolean twin = second.get(answer.getKey());
            if (twin != null) {
                both++;
                oneAlone += answer.getValue() && !twin ? 1 : 0;
                otherAlone += !answer.getValue() && twin ? 1 : 0;
            }
        }
        if (oneAlone + otherAlone > 0) {
            Flag.Kind kind = locale(one).equals(locale(other)) ? Flag.Kind.TWIN_SPLIT : Flag.Kind.LOCALE_SPLIT;
            add(pair.one(), kind, name(one, kind), oneAlone, name(other, kind), otherAlone, both);
            add(pair.other(), kind, name(other, kind), otherAlone, name(one, kind), oneAlone, both);
        }
    }

    private void add(Place place, Flag.Kind kind, String own, int ownAlone, String twin, int twinAlone, int of) {
        flags.computeIfAbsent(place, p -> new ArrayList<>())
                .add(new Flag(
                        kind,
                        "of " + of + " times asked both, only " + own + " right " + ownAlone + ", only " + twin
                                + " right " + twinAlone));
    }

    private static String name(Sample sample, Flag.Kind kind) {
        return "'" + sample.id() + "'" + (kind == Flag.Kind.LOCALE_SPLIT ? " (" + locale(sample) + ")" : "");
    }

    private static String locale(Sample sample) {
        return sample.locale().orElse(DEFAULT_LOCALE);
    }

    private static Set<Pair> pairs(Map<Place, Sheet> sheets) {
        Set<Pair> pairs = new LinkedHashSet<>();
        Map<List<Object>, Map<String, List<Place>>> generated = new LinkedHashMap<>();
        sheets.forEach((place, sheet) -> {
            Optional<Place> twin = sheet.sample
                    .twinOf()
                    .map(id -> new Place(place.task(), id))
                    .filter(p -> !p.equals(place) && sheets.containsKey(p));
            twin.filter(p -> !pairs.contains(new Pair(p, place))).ifPresent(p -> pairs.add(new Pair(place, p)));
            generator(sheet.sample)
                    .ifPresent(generator -> generated
                            .computeIfAbsent(List.of(place.task(), generator), key -> new TreeMap<>())
                            .computeIfAbsent(locale(sheet.sample), key -> new ArrayList<>())
                            .add(place));
        });
        for (Map<String, List<Place>> locales : generated.values()) {
            // several of one locale: the generator's facts do not tell which belongs to which
            boolean clear = locales.values().stream().allMatch(same -> same.size() == 1);
            List<Place> places =
                    clear ? locales.values().stream().flatMap(List::stream).toList() : List.of();
            for (int i = 1; i < places.size(); i++) {
                Pair pair = new Pair(places.get(0), places.get(i));
                if (!pairs.contains(new Pair(pair.other(), pair.one()))) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    /** Name, version, seed and parameters of a generated sample: what two locales of one problem share. */
    private static Optional<Object> generator(Sample sample) {
        Object source = sample.metadata().get("source");
        Object nested = source instanceof Map<?, ?> map ? map.get("generator") : null;
        Object generator = nested == null ? sample.metadata().get("generator") : nested;
        return generator instanceof Map<?, ?> map && !map.isEmpty() ? Optional.of(map) : Optional.empty();
    }
}
