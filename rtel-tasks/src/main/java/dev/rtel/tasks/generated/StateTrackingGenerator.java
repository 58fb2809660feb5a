package dev.rtel.tasks.generated;

import dev.rtel.eval.Target;
import dev.rtel.tasks.generated.Household.Fact;
import dev.rtel.tasks.generated.Household.Update;
import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Persons, attributes and a sequence of conditional updates of which only some touch the person asked about; after the
 * load knobs of CogniLoad: length, conditions, share of updates that matter.
 */
final class StateTrackingGenerator implements Generator {
    private static final String PEOPLE = "people";
    private static final String LENGTH = "length";
    private static final String CONDITIONS = "conditions";
    private static final String RHO = "rho";
    private static final int ATTRIBUTES = Household.ATTRIBUTES.size();
    private static final int TRIES = 60;
    private static final int LEAST_PATH = 2;

    @Override
    public String name() {
        return "state-tracking";
    }

    @Override
    public String about() {
        return "attributes of persons after a sequence of conditional updates; a vector of claims about one person";
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
        return "updates that the asked values depend on";
    }

    @Override
    public List<String> checks() {
        return List.of("simulation while drawing the updates", "reading of the printed updates, one person at a time");
    }

    @Override
    public List<String> tags() {
        return List.of("state-tracking");
    }

    @Override
    public List<Knob> knobs() {
        return List.of(
                Knob.number(PEOPLE, "persons", 2, 8, Knob.range(3, 3), Knob.range(4, 4), Knob.range(5, 6)),
                Knob.number(LENGTH, "updates", 5, 250, Knob.range(6, 10), Knob.range(16, 24), Knob.range(40, 56)),
                Knob.number(
                        CONDITIONS,
                        "conditions per update",
                        1,
                        4,
                        Knob.range(1, 1),
                        Knob.range(2, 2),
                        Knob.range(2, 3)),
                Knob.number(
                        RHO,
                        "percent of updates that touch the person asked about",
                        5,
                        95,
                        Knob.range(60, 80),
                        Knob.range(40, 60),
                        Knob.range(40, 60)),
                Knob.number(CLAIMS, "claims asked", 4, 5, Knob.range(4, 4), Knob.range(4, 4), Knob.range(5, 5)));
    }

    /** Enough updates for three that touch the person. */
    @Override
    public int least(String knob, Map<String, Object> given) {
        return knob.equals(LENGTH) && given.get(RHO) instanceof Long rho ? (int) (300 / rho) : 0;
    }

    @Override
    public Optional<Draft> draw(Choices choices, SplitMix random) {
        int people = choices.number(PEOPLE);
        int[][] start = new int[people][ATTRIBUTES];
        for (int[] person : start) {
            for (int a = 0; a < ATTRIBUTES; a++) {
                person[a] = random.below(values(a));
            }
        }
        Household household = new Household(start);
        int asked = random.below(people);
        if (!update(household, asked, choices, random)) {
            return Optional.empty();
        }
        List<Integer> attributes = random.shuffled(
                        IntStream.range(0, ATTRIBUTES).boxed().toList())
                .subList(0, choices.truths().size());
        int path = household.path(asked, attributes).size();
        if (path < LEAST_PATH) {
            return Optional.empty();
        }
        List<Fact> claims = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            int attribute = attributes.get(i);
            int truly = household.value(asked, attribute);
            claims.add(
                    new Fact(attribute, choices.truths().get(i) ? truly : other(household, attribute, truly, random)));
        }
        List<String> names = random.shuffled(Prose.NAMES).subList(0, people);
        return Optional.of(Draft.of(
                household.updates() + "/" + claims + asked + Arrays.deepToString(start),
                "Changing attributes of " + Prose.number(people) + " persons",
                prompt(names, start, household.updates(), names.get(asked), claims),
                new Target.Claims(choices.truths()),
                path,
                Prose.chanceOfTruths(claims.size()),
                Map.of()));
    }

    private static int values(int attribute) {
        return Household.VALUES.get(attribute).size();
    }

    /** Applies as many updates as asked for, of which the given share touches the asked person; false if none is left. */
    private static boolean update(Household household, int asked, Choices choices, SplitMix random) {
        int length = choices.number(LENGTH);
        int touching = Math.max(1, Math.min(length - 1, (length * choices.number(RHO) + 50) / 100));
        List<Boolean> order = random.shuffled(
                IntStream.range(0, length).mapToObj(i -> i < touching).toList());
        for (boolean touch : order) {
            Optional<Update> update = Optional.empty();
            for (int i = 0; i < TRIES && update.isEmpty(); i++) {
                update = update(household, asked, touch, choices, random);
            }
            if (update.isEmpty()) {
                return false;
            }
            household.apply(update.get());
        }
        return true;
    }

    private static Optional<Update> update(
            Household household, int asked, boolean touch, Choices choices, SplitMix random) {
        int person = asked;
        while (!touch && person == asked) {
            person = random.below(choices.number(PEOPLE));
        }
        List<Fact> conditions = new ArrayList<>();
        List<Integer> attributes =
                random.shuffled(IntStream.range(0, ATTRIBUTES).boxed().toList());
        for (int attribute : attributes.subList(0, choices.number(CONDITIONS))) {
            conditions.add(new Fact(attribute, household.value(person, attribute)));
        }
        int changed = random.below(ATTRIBUTES);
        int value = (household.value(person, changed) + random.between(1, values(changed) - 1)) % values(changed);
        Update update = new Update(conditions, new Fact(changed, value));
        return household.touches(update, asked) == touch ? Optional.of(update) : Optional.empty();
    }

    /** A wrong value, if possible one that an update names: being mentioned must not tell what is true. */
    private static int other(Household household, int attribute, int truly, SplitMix random) {
        List<Integer> named = household.updates().stream()
                .map(Update::change)
                .filter(change -> change.attribute() == attribute && change.value() != truly)
                .map(Fact::value)
                .toList();
        return named.isEmpty()
                ? (truly + random.between(1, values(attribute) - 1)) % values(attribute)
                : random.pick(named);
    }

    private static String prompt(
            List<String> names, int[][] start, List<Update> updates, String asked, List<Fact> claims) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<String> facts = new ArrayList<>();
            for (int a = 0; a < ATTRIBUTES; a++) {
                facts.add(Household.ATTRIBUTES.get(a) + " "
                        + Household.VALUES.get(a).get(start[i][a]));
            }
            lines.add("- " + names.get(i) + ": " + String.join(", ", facts));
        }
        List<String> said = claims.stream()
                .map(claim -> "The " + Household.ATTRIBUTES.get(claim.attribute()) + " of " + asked + " is "
                        + Household.VALUES.get(claim.attribute()).get(claim.value()) + ".")
                .toList();
        return """
                Each of %s persons has a scarf, a drink, a game, a city, a kind of music and a meal. At the start:

                %s

                Then the following happens, one line after the other. A line applies to everyone who meets all its
                conditions at that moment, also to several persons at once; all others stay as they are.

                %s

                Decide for each of the following claims whether it is true after the last line.

                %s

                %s""".formatted(
                        Prose.number(names.size()),
                        String.join("\n", lines),
                        Prose.numbered(updates.stream().map(Update::text).toList()),
                        Prose.numbered(said),
                        Prose.askForTruths(claims.size()));
    }
}
