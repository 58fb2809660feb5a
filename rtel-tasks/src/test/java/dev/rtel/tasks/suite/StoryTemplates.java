package dev.rtel.tasks.suite;

import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The generators behind the muddy children and the river crossing. */
final class StoryTemplates {
    static final String TAIL = """
            Reply with exactly four truth values, in the order of the claims and separated by commas, for example
            `true, false, true, true`.""";

    private static final List<String> NUMBERS =
            List.of("none", "one", "two", "three", "four", "five", "six", "seven", "eight");
    private static final List<String> ANIMALS = List.of("badger", "cat", "dog", "fox", "goose", "hen");

    private StoryTemplates() {}

    static String muddy(long seed) {
        SplitMix random = new SplitMix(seed);
        int n;
        int m;
        int k;
        do {
            n = random.between(6, 8);
            m = random.between(2, 3);
            k = random.between(4, n - 1);
        } while (k - m < 2);
        int yes = random.between(k - m, k - m + 1);
        int clean = random.between(k - m + 1, k - m + 2);
        int certain = random.between(k - 1, k);
        int instead = random.between(m, k - 1);
        int first = random.between(1, k - m);
        String children = NUMBERS.get(n).substring(0, 1).toUpperCase(Locale.ROOT)
                + NUMBERS.get(n).substring(1);
        return """
                %1$s children have played outside, and %2$s of them now have mud on their foreheads. Each child sees all
                the other foreheads but not its own, and the children do not talk to each other. A parent says aloud:
                "At least %3$s of you have a muddy forehead." Everybody hears this, and nobody has learnt anything else before.

                Then the parent asks the same question again and again: "Do you know whether your own forehead is
                muddy?" In each round all children answer yes or no at the same moment, and everybody hears all
                answers. All children reason perfectly and answer truthfully, and this is common knowledge. A child
                that has found out the state of its own forehead answers yes in every later round too.

                Decide for each of the following claims whether it is true.

                1. In round %4$d at least one child answers yes.
                2. In round %5$d every child with a clean forehead answers no.
                3. After the parent's announcement and before round 1, every child can be certain that at least %6$s of the children are muddy.
                4. If %7$s children were muddy instead of %2$s, and the announcement were the same, the first yes would be heard in round %8$d.

                %9$s""".formatted(
                        children,
                        NUMBERS.get(k),
                        NUMBERS.get(m),
                        yes,
                        clean,
                        NUMBERS.get(certain),
                        NUMBERS.get(instead),
                        first,
                        TAIL);
    }

    static String river(long seed) {
        SplitMix random = new SplitMix(seed);
        List<int[]> pairs = new ArrayList<>();
        for (int a = 0; a < 6; a++) {
            for (int b = a + 1; b < 6; b++) {
                pairs.add(new int[] {a, b});
            }
        }
        while (true) {
            List<int[]> quarrels = new ArrayList<>();
            int size = random.between(5, 7);
            while (quarrels.size() < size) {
                int[] pair = pairs.get(random.below(pairs.size()));
                if (!quarrels.contains(pair)) {
                    quarrels.add(pair);
                }
            }
            quarrels.sort(Comparator.comparingInt(pair -> pair[0] * 6 + pair[1]));
            int dropped = random.below(size);
            int[] less = {random.below(3), random.below(3), random.below(3)};
            List<int[]> fewer = new ArrayList<>(quarrels);
            fewer.remove(dropped);
            int two = LogicSolvers.crossings(6, quarrels, 2, 129);
            int three = LogicSolvers.crossings(6, quarrels, 3, 129);
            int struck = LogicSolvers.crossings(6, fewer, 2, 129);
            if (two > 0 && three > 0 && struck > 0 && struck != two && two != three) {
                int[] limits = {two - less[0], three - less[1], struck - less[2]};
                return river(quarrels, quarrels.get(dropped), limits);
            }
        }
    }

    private static String river(List<int[]> quarrels, int[] struck, int[] limits) {
        String list = quarrels.stream()
                .map(pair -> "- " + ANIMALS.get(pair[0]) + " and " + ANIMALS.get(pair[1]))
                .collect(Collectors.joining("\n"));
        return """
                A ferryman has to bring six animals across a river: a badger, a cat, a dog, a fox, a goose and a hen.
                At the start he, his boat and all six animals are on the left bank; at the end all of them have to be on
                the right bank. Only the ferryman can row, so he is on board at every crossing. A crossing is one trip
                from one bank to the other; trips back count as well, and he may cross without any animal.

                While the ferryman is away from a bank, none of the following pairs may be together on that bank:

                %s

                Any pair may be together wherever the ferryman is. Decide for each of the following claims whether it is true.

                1. With room for one animal beside the ferryman the task can be done in some number of crossings.
                2. With room for two animals beside the ferryman at most %d crossings are enough.
                3. With room for three animals beside the ferryman at most %d crossings are enough.
                4. If the %s and the %s got on well, so that this pair were struck from the list, then with room for two animals at most %d crossings would be enough.

                %s""".formatted(
                        list, limits[0], limits[1], ANIMALS.get(struck[0]), ANIMALS.get(struck[1]), limits[2], TAIL);
    }
}
