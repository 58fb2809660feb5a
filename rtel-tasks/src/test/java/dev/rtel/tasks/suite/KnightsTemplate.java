package dev.rtel.tasks.suite;

import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The generator behind the five islanders: draws statements until exactly one world fits and each is needed. */
final class KnightsTemplate {
    private static final int N = 5;
    private static final List<String> NAMES = List.of("Arno", "Bela", "Cleo", "Dora", "Emil");
    private static final List<String> NUMBERS = List.of("none", "one", "two", "three", "four", "five");

    private KnightsTemplate() {}

    /** A drawn sentence; form is = 0, and = 1, or = 2, if = 3, same kind = 4, count = 5. */
    private record Drawn(int form, int x, int kindX, int y, int kindY) {
        boolean holds(int world) {
            boolean a = (world >> x & 1) == kindX;
            boolean b = (world >> y & 1) == kindY;
            return switch (form) {
                case 0 -> a;
                case 1 -> a && b;
                case 2 -> a || b;
                case 3 -> !a || b;
                case 4 -> ((world >> x & 1) == (world >> y & 1)) == (kindX == 1);
                default -> kindX == 1 ? Integer.bitCount(world) == y : Integer.bitCount(world) >= y;
            };
        }

        String text() {
            String a = NAMES.get(x) + " is a " + (kindX == 1 ? "knight" : "knave");
            String b = form == 5 ? "" : NAMES.get(y) + " is a " + (kindY == 1 ? "knight" : "knave");
            return switch (form) {
                case 0 -> a + ".";
                case 1 -> a + " and " + b + ".";
                case 2 -> a + " or " + b + ", or both.";
                case 3 -> "If " + a + ", then " + b + ".";
                case 4 ->
                    NAMES.get(x) + " and " + NAMES.get(y) + " are of "
                            + (kindX == 1 ? "the same kind." : "different kinds.");
                default ->
                    (kindX == 1 ? "Exactly " : "At least ") + NUMBERS.get(y) + " of us five "
                            + (y == 1 ? "is a knight." : "are knights.");
            };
        }
    }

    private static int other(SplitMix random, int first, int second) {
        while (true) {
            int person = random.below(N);
            if (person != first && person != second) {
                return person;
            }
        }
    }

    private static Drawn draw(SplitMix random, int speaker) {
        int form = random.below(6);
        if (form == 5) {
            int exactly = random.below(2);
            return new Drawn(5, 0, exactly, random.between(1, N - 1), 0);
        }
        int x = other(random, speaker, speaker);
        int y = other(random, speaker, x);
        int kindX = random.below(2);
        int kindY = random.below(2);
        return switch (form) {
            case 0 -> new Drawn(0, x, kindX, 0, 0);
            case 4 -> new Drawn(4, x, kindX, y, 0);
            default -> new Drawn(form, x, kindX, y, kindY);
        };
    }

    private static long worlds(List<Drawn> statements, int skipped, int only) {
        return IntStream.range(0, 1 << N)
                .filter(world -> IntStream.range(0, N)
                        .filter(i -> i != skipped && (only < 0 || i == only))
                        .allMatch(i -> statements.get(i).holds(world) == (world >> i & 1) > 0))
                .count();
    }

    private static boolean sound(List<Drawn> statements) {
        return statements.stream().map(Drawn::form).distinct().count() >= 4
                && worlds(statements, -1, -1) == 1
                && IntStream.range(0, N)
                        .allMatch(i -> worlds(statements, i, -1) >= 2 && worlds(statements, -1, i) >= 2);
    }

    static String generate(long seed) {
        SplitMix random = new SplitMix(seed);
        List<Drawn> statements;
        do {
            statements = IntStream.range(0, N).mapToObj(i -> draw(random, i)).toList();
        } while (!sound(statements));
        List<Drawn> claims = new ArrayList<>();
        while (claims.size() < 4) {
            Drawn claim = draw(random, -1);
            boolean open =
                    IntStream.range(0, 1 << N).mapToObj(claim::holds).distinct().count() == 2;
            boolean repeats = (claim.form() == 0 || claim.form() == 5)
                    && claims.stream().anyMatch(earlier -> earlier.form() == claim.form());
            if (open && !repeats && !claims.contains(claim) && !statements.contains(claim)) {
                claims.add(claim);
            }
        }
        List<Drawn> said = statements;
        String lines = IntStream.range(0, N)
                .mapToObj(i ->
                        "- %s says: \"%s\"".formatted(NAMES.get(i), said.get(i).text()))
                .collect(Collectors.joining("\n"));
        String asked = IntStream.range(0, 4)
                .mapToObj(i -> (i + 1) + ". " + claims.get(i).text().replace("of us five", "of the five"))
                .collect(Collectors.joining("\n"));
        return """
                On an island everybody is either a knight or a knave. Everything a knight says is true, and everything
                a knave says is false. "If ..., then ..." is false only when the first part is true and the second part
                is false. Five islanders make one statement each.

                %s

                Exactly one assignment of knights and knaves fits all five statements. Decide for each of the following
                claims whether it is true.

                %s

                %s""".formatted(lines, asked, StoryTemplates.TAIL);
    }
}
