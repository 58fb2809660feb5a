package dev.rtel.tasks.generated;

import dev.rtel.eval.Target;
import dev.rtel.tasks.generated.River.Quarrel;
import dev.rtel.tasks.generated.River.Search;
import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A ferryman and animals that quarrel: which numbers of crossings are enough, with this boat and that list. */
final class RiverCrossingGenerator implements Generator {
    private static final String ANIMALS = "animals";
    private static final String ROOM = "room";
    /** Below it, a wrong limit would be none. */
    private static final int LEAST = 3;

    private static final List<String> NAMES =
            List.of("badger", "cat", "dog", "fox", "goose", "hen", "lynx", "mouse", "otter", "pig", "rabbit", "sheep");

    @Override
    public String name() {
        return "river-crossing";
    }

    @Override
    public String about() {
        return "fewest crossings of a river with animals that quarrel; a vector of claims";
    }

    @Override
    public String category() {
        return "logic";
    }

    @Override
    public String grader() {
        return "boolean";
    }

    @Override
    public String workloadUnit() {
        return "states reached by breadth-first search";
    }

    @Override
    public List<String> checks() {
        return List.of("breadth-first search over the states of the banks", "distances between all safe states");
    }

    @Override
    public List<String> tags() {
        return List.of("river-crossing", "planning");
    }

    @Override
    public List<Knob> knobs() {
        return List.of(
                Knob.number(ANIMALS, "animals", 4, 8, Knob.range(4, 4), Knob.range(5, 6), Knob.range(7, 7)),
                Knob.number(
                        ROOM,
                        "animals that the boat carries",
                        2,
                        3,
                        Knob.range(2, 2),
                        Knob.range(2, 2),
                        Knob.range(2, 3)),
                Knob.number(CLAIMS, "claims asked", 4, 5, Knob.range(4, 4), Knob.range(4, 4), Knob.range(5, 5)));
    }

    /** One animal more than the boat carries must not be all of them. */
    @Override
    public int least(String knob, Map<String, Object> given) {
        return knob.equals(ANIMALS) && given.get(ROOM) instanceof Long room ? (int) (room + 2) : 0;
    }

    /** A question about some river, and what a search says about it. */
    private record Asked(String text, boolean truth, int states) {}

    @Override
    public Optional<Draft> draw(Choices choices, SplitMix random) {
        int animals = choices.number(ANIMALS);
        int room = choices.number(ROOM);
        List<Quarrel> pairs = new ArrayList<>();
        for (int a = 0; a < animals; a++) {
            for (int b = a + 1; b < animals; b++) {
                pairs.add(new Quarrel(a, b));
            }
        }
        List<Quarrel> shuffled = random.shuffled(pairs);
        int size = random.between(animals - 2, animals + 2);
        List<Quarrel> quarrels = pairs.stream()
                .filter(shuffled.subList(0, Math.min(size, pairs.size() - 1))::contains)
                .toList();
        List<Quarrel> strange =
                pairs.stream().filter(pair -> !quarrels.contains(pair)).toList();
        River river = new River(animals, quarrels);
        Search usual = river.search(room);
        if (!usual.possible()) {
            return Optional.empty();
        }
        Quarrel struck = random.pick(quarrels);
        Quarrel added = random.pick(strange);
        List<Quarrel> fewer =
                quarrels.stream().filter(pair -> !pair.equals(struck)).toList();
        List<Quarrel> more = new ArrayList<>(quarrels);
        more.add(added);
        Search larger = river.search(room + 1);
        Search eased = new River(animals, fewer).search(room);
        Search worse = new River(animals, more).search(room);
        boolean differ = larger.crossings() != usual.crossings()
                && (eased.crossings() != usual.crossings() || worse.crossings() != usual.crossings());
        // eased and larger are never worse than usual
        if (!differ || !worse.possible() || larger.crossings() < LEAST || eased.crossings() < LEAST) {
            return Optional.empty();
        }
        List<String> names =
                random.shuffled(NAMES).subList(0, animals).stream().sorted().toList();
        List<Boolean> truths = choices.truths();
        List<Asked> asked = new ArrayList<>();
        asked.add(limit("With room for " + beside(room), usual, truths.get(0), random));
        asked.add(limit("With room for " + beside(room + 1), larger, truths.get(1), random));
        asked.add(limit(
                "If the " + pair(names, struck)
                        + " got on well, so that this pair were struck from the list, then with room for "
                        + beside(room),
                eased,
                truths.get(2),
                random));
        asked.add(limit(
                "If the " + pair(names, added)
                        + " did not get on either, so that this pair were added to the list, then with room for "
                        + beside(room),
                worse,
                truths.get(3),
                random));
        if (truths.size() > 4) {
            List<Quarrel> both = new ArrayList<>(fewer);
            both.add(added);
            Search swapped = new River(animals, both).search(room);
            if (swapped.crossings() < LEAST) {
                return Optional.empty();
            }
            asked.add(limit(
                    "If the " + pair(names, added) + " were on the list in place of the " + pair(names, struck)
                            + ", then with room for " + beside(room),
                    swapped,
                    truths.get(4),
                    random));
        }
        return Optional.of(Draft.of(
                quarrels + "/"
                        + asked.stream()
                                .map(a -> a.text().replaceAll("\\b(" + String.join("|", names) + ")\\b", ""))
                                .toList()
                        + struck + added,
                "A ferryman and " + Prose.number(animals) + " animals",
                prompt(names, quarrels, asked),
                new Target.Claims(truths),
                asked.stream().mapToInt(Asked::states).sum(),
                Prose.chanceOfTruths(truths.size()),
                Map.of()));
    }

    /** A limit just at or just below the fewest crossings, odd or even alike. */
    private static Asked limit(String start, Search search, boolean truth, SplitMix random) {
        int limit = search.crossings() + random.below(2) - (truth ? 0 : 2);
        return new Asked(
                start + " at most " + limit + (limit == 1 ? " crossing is enough." : " crossings are enough."),
                truth,
                search.states());
    }

    private static String beside(int room) {
        return Prose.number(room) + (room == 1 ? " animal" : " animals") + " beside the ferryman";
    }

    private static String pair(List<String> names, Quarrel pair) {
        return names.get(pair.one()) + " and the " + names.get(pair.other());
    }

    private static String prompt(List<String> names, List<Quarrel> quarrels, List<Asked> asked) {
        String list = quarrels.stream()
                .map(q -> "- " + names.get(q.one()) + " and " + names.get(q.other()))
                .collect(Collectors.joining("\n"));
        return """
                A ferryman has to bring %s animals across a river: %s.
                At the start he, his boat and all animals are on the left bank; at the end all of them have to be on the
                right bank. Only the ferryman can row, so he is on board at every crossing. A crossing is one trip from one
                bank to the other; trips back count as well, and he may cross without any animal.

                While the ferryman is away from a bank, none of the following pairs may be together on that bank:

                %s

                Any pair may be together wherever the ferryman is. Decide for each of the following claims whether it is true.

                %s

                %s""".formatted(
                Prose.number(names.size()),
                Prose.listed(new TreeSet<>(names).stream().map(n -> "a " + n).toList())
                        .replace("a otter", "an otter"),
                list,
                Prose.numbered(asked.stream().map(Asked::text).toList()),
                Prose.askForTruths(asked.size()));
    }
}
