package dev.rtel.tasks.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Persons whose attributes change, and what each value now depends on. Values are numbers of {@link #VALUES}. Not
 * thread-safe.
 */
final class Household {
    static final List<String> ATTRIBUTES = List.of("scarf", "drink", "game", "city", "music", "meal");
    static final List<List<String>> VALUES = List.of(
            List.of("red", "blue", "green", "grey"),
            List.of("tea", "coffee", "cocoa", "juice"),
            List.of("chess", "darts", "cards", "bowls"),
            List.of("Oslo", "Turin", "Lyon", "Ghent"),
            List.of("jazz", "folk", "opera", "blues"),
            List.of("soup", "rice", "salad", "pasta"));

    /** An attribute has this value. */
    record Fact(int attribute, int value) {
        String text() {
            return ATTRIBUTES.get(attribute) + " is " + VALUES.get(attribute).get(value);
        }
    }

    /** Everyone who meets all conditions changes one attribute. */
    record Update(List<Fact> conditions, Fact change) {
        Update {
            conditions = List.copyOf(conditions);
        }

        String text() {
            return "Everyone whose "
                    + conditions.stream().map(Fact::text).collect(Collectors.joining(" and whose "))
                    + " changes the " + ATTRIBUTES.get(change.attribute()) + " to "
                    + VALUES.get(change.attribute()).get(change.value()) + ".";
        }
    }

    private final int[][] values;
    private final List<Update> updates = new ArrayList<>();
    /** For each update, the values of the persons before it. */
    private final List<int[][]> before = new ArrayList<>();

    Household(int[][] values) {
        this.values = copy(values);
    }

    private static int[][] copy(int[][] values) {
        int[][] copy = new int[values.length][];
        for (int i = 0; i < values.length; i++) {
            copy[i] = values[i].clone();
        }
        return copy;
    }

    int value(int person, int attribute) {
        return values[person][attribute];
    }

    List<Update> updates() {
        return List.copyOf(updates);
    }

    boolean touches(Update update, int person) {
        return touches(update, values[person]);
    }

    private static boolean touches(Update update, int[] person) {
        return update.conditions().stream().allMatch(c -> person[c.attribute()] == c.value());
    }

    void apply(Update update) {
        updates.add(update);
        before.add(copy(values));
        for (int[] person : values) {
            if (touches(update, person)) {
                person[update.change().attribute()] = update.change().value();
            }
        }
    }

    /**
     * The numbers of the updates on which these values of a person depend: the last that set each, those that set what
     * its conditions looked at, and so on.
     */
    TreeSet<Integer> path(int person, List<Integer> attributes) {
        TreeSet<Integer> path = new TreeSet<>();
        attributes.forEach(attribute -> follow(person, attribute, updates.size(), path));
        return path;
    }

    private void follow(int person, int attribute, int end, TreeSet<Integer> path) {
        for (int i = end - 1; i >= 0; i--) {
            Update update = updates.get(i);
            if (update.change().attribute() == attribute && touches(update, before.get(i)[person])) {
                if (path.add(i)) {
                    int at = i;
                    update.conditions().forEach(c -> follow(person, c.attribute(), at, path));
                }
                return;
            }
        }
    }
}
