package dev.rtel.tasks.generated;

import dev.rtel.tasks.internal.SplitMix;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A sentence about knights and knaves. A world is a set of bits: 1 for a knight.
 *
 * @param form what it says
 * @param x first person, or unused
 * @param knightX whether the first part says knight; of a pair: same kind
 * @param y second person, or the number
 * @param knightY whether the second part says knight
 */
record Statement(Form form, int x, boolean knightX, int y, boolean knightY) {
    /** Shapes of sentences. */
    enum Form {
        IS,
        AND,
        OR,
        IF,
        SAME,
        EXACTLY,
        AT_LEAST;

        boolean counts() {
            return this == EXACTLY || this == AT_LEAST;
        }
    }

    private static final List<Form> FORMS = List.of(Form.values());
    private static final int TRIES = 40;

    boolean holds(int world) {
        boolean a = (world >> x & 1) == 1 == knightX;
        return switch (form) {
            case IS -> a;
            case AND -> a && second(world);
            case OR -> a || second(world);
            case IF -> !a || second(world);
            case SAME -> (world >> x & 1) == (world >> y & 1) == knightX;
            case EXACTLY -> Integer.bitCount(world) == y;
            case AT_LEAST -> Integer.bitCount(world) >= y;
        };
    }

    private boolean second(int world) {
        return (world >> y & 1) == 1 == knightY;
    }

    /** The worlds in which it is true. */
    BitSet worlds(int people) {
        BitSet worlds = new BitSet();
        IntStream.range(0, 1 << people).filter(this::holds).forEach(worlds::set);
        return worlds;
    }

    /**
     * Draws a sentence that is true, or false, in a world. The form is drawn before: otherwise "and" would mostly be
     * false and "or" mostly true.
     *
     * @param speaker who does not speak about oneself alone; -1 for a claim of nobody
     */
    static Optional<Statement> draw(SplitMix random, int people, int world, boolean truth, int speaker) {
        Form form = random.pick(FORMS);
        for (int i = 0; i < TRIES; i++) {
            Statement statement = form.counts()
                    ? counting(form, random, people, Integer.bitCount(world), truth)
                    : naming(form, random, people, speaker);
            boolean fits = statement.y >= (form == Form.EXACTLY || form == Form.AT_LEAST ? 1 : 0)
                    && statement.y <= people - (form == Form.EXACTLY ? 1 : 0);
            if (fits && statement.holds(world) == truth) {
                return Optional.of(statement);
            }
        }
        return Optional.empty();
    }

    /** A number near the true one, so that its size alone tells nothing. */
    private static Statement counting(Form form, SplitMix random, int people, int knights, boolean truth) {
        int step = random.below(2);
        int number = form == Form.EXACTLY
                ? truth ? knights : knights - 1 + 2 * step
                : truth ? knights - step : knights + 1 + step;
        return new Statement(form, 0, false, Math.min(number, people + 1), false);
    }

    private static Statement naming(Form form, SplitMix random, int people, int speaker) {
        int x = other(random, people, speaker, speaker);
        if (form == Form.IS) {
            return new Statement(form, x, random.below(2) == 1, 0, false);
        }
        int y = other(random, people, form == Form.SAME ? -1 : speaker, x);
        boolean knightX = random.below(2) == 1;
        return form == Form.SAME
                ? new Statement(form, Math.min(x, y), knightX, Math.max(x, y), false)
                : new Statement(form, x, knightX, y, random.below(2) == 1);
    }

    private static int other(SplitMix random, int people, int first, int second) {
        while (true) {
            int person = random.below(people);
            if (person != first && person != second) {
                return person;
            }
        }
    }

    /** The sentence without its full stop; {@code group} is e.g. {@code us five}. */
    String text(List<String> names, String group) {
        return switch (form) {
            case IS -> part(names, x, knightX);
            case AND -> part(names, x, knightX) + " and " + part(names, y, knightY);
            case OR -> part(names, x, knightX) + " or " + part(names, y, knightY) + ", or both";
            case IF -> "If " + part(names, x, knightX) + ", then " + part(names, y, knightY);
            case SAME ->
                names.get(x) + " and " + names.get(y) + " are of " + (knightX ? "the same kind" : "different kinds");
            case EXACTLY, AT_LEAST ->
                (form == Form.EXACTLY ? "Exactly " : "At least ") + Prose.number(y) + " of " + group
                        + (y == 1 ? " is a knight" : " are knights");
        };
    }

    private static String part(List<String> names, int person, boolean knight) {
        return names.get(person) + " is a " + (knight ? "knight" : "knave");
    }
}
