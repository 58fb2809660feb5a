package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.tasks.suite.MathSolvers.Ratio;
import dev.rtel.tasks.suite.Suite.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Solves what is printed, so that a prompt whose numbers differ from the stored parameters cannot keep its gold answer. */
class PromptsAndParametersTest {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final List<String> ANIMALS = List.of("badger", "cat", "dog", "fox", "goose", "hen");

    /** Every number of the prompt, in order. */
    private static List<Integer> numbers(Item item) {
        return NUMBER.matcher(item.input())
                .results()
                .map(MatchResult::group)
                .map(Integer::valueOf)
                .toList();
    }

    private static int[] found(Item item, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(item.input());
        assertThat(matcher.find()).as(item.id()).isTrue();
        int[] numbers = new int[matcher.groupCount()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(matcher.group(i + 1));
        }
        return numbers;
    }

    private static final Map<String, Function<Item, Integer>> MATH = Map.of(
            "math-lattice-01",
            item -> {
                int[] n = found(
                        item, "crossing\\s+\\((\\d+), (\\d+)\\)\\. Each.*crossing \\((\\d+), (\\d+)\\) is closed");
                return MathSolvers.routes(0, 0, n[0], n[1], n[2], n[3]);
            },
            "math-crt-01",
            item -> {
                List<Integer> n = numbers(item);
                int[] moduli = {n.get(1), n.get(3), n.get(5)};
                int[] remainders = {n.get(2), n.get(4), n.get(6)};
                List<Integer> all = MathSolvers.withRemainders(n.get(0), moduli, remainders);
                assertThat(all).hasSize(1);
                return all.get(0);
            },
            "math-digits-01",
            item -> {
                int[] n = found(item, "exactly (\\d+) of them.*remainder (\\d+) when\\s+it is divided by (\\d+)");
                return MathSolvers.codes(n[0], n[2], n[1]);
            },
            "math-recurrence-01",
            item -> {
                int[] n = found(
                        item,
                        "a\\(1\\) = (\\d+), a\\(2\\) = (\\d+).*a\\(n\\+2\\) = (\\d+) \\* a\\(n\\+1\\) \\+ (\\d+) \\* a\\(n\\)"
                                + ".*a\\((\\d+)\\) is divided by (\\d+)");
                return MathSolvers.recurrence(n[0], n[1], n[2], n[3], n[4], n[5]);
            },
            "math-geometry-01",
            item -> {
                int[] n = found(item, "area (\\d+)\\..*BD : DC = (\\d+) : (\\d+).*CE : EA = (\\d+) : (\\d+)");
                Ratio area = MathSolvers.quadrilateral(n[0], n[1], n[2], n[3], n[4]);
                return (int) (area.num() + area.den());
            });

    @Test
    void solvingThePrintedProblemsGivesTheGoldOfEveryMathSample() {
        assertThat(Suite.of("aime-math").stream().map(Item::id)).containsExactlyInAnyOrderElementsOf(MATH.keySet());
        MATH.forEach((id, solver) -> {
            Item item = Suite.item(id);
            assertThat(solver.apply(item)).as(id).isEqualTo(item.number());
        });
    }

    @Test
    void thePrintedQuarrelsAndLimitsGiveTheGoldOfTheRiver() {
        Item item = Suite.item("logic-river-01");
        List<int[]> quarrels = new ArrayList<>();
        Pattern.compile("(?m)^- (\\w+) and (\\w+)$")
                .matcher(item.input())
                .results()
                .forEach(pair ->
                        quarrels.add(new int[] {ANIMALS.indexOf(pair.group(1)), ANIMALS.indexOf(pair.group(2))}));
        assertThat(quarrels).hasSize(item.params().get("edges").size());
        Matcher struck = Pattern.compile("If the (\\w+) and the (\\w+) got on").matcher(item.input());
        assertThat(struck.find()).isTrue();
        Set<Integer> gone = new HashSet<>(List.of(ANIMALS.indexOf(struck.group(1)), ANIMALS.indexOf(struck.group(2))));
        List<int[]> fewer = quarrels.stream()
                .filter(pair -> !gone.equals(new HashSet<>(List.of(pair[0], pair[1]))))
                .toList();
        assertThat(fewer).hasSize(quarrels.size() - 1);
        int[] most = found(item, "at most (\\d+) crossings.*at most (\\d+) crossings.*at most (\\d+) crossings");
        List<Boolean> claims = List.of(
                LogicSolvers.crossings(6, quarrels, 1, 129) > 0,
                LogicSolvers.crossings(6, quarrels, 2, 129) <= most[0],
                LogicSolvers.crossings(6, quarrels, 3, 129) <= most[1],
                LogicSolvers.crossings(6, fewer, 2, 129) <= most[2]);
        assertThat(claims).isEqualTo(item.claims());
    }

    @Test
    void thePrintedNumbersOfTheMuddyChildrenAreTheStoredOnes() {
        Item item = Suite.item("logic-muddy-01");
        List<String> words = List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight");
        String text = item.input().toLowerCase(java.util.Locale.ROOT);
        assertThat(text).startsWith(words.get(item.params().get("children").asInt()) + " children");
        assertThat(text)
                .contains("and " + words.get(item.params().get("muddy").asInt()) + " of them now have mud")
                .contains("at least " + words.get(item.params().get("announced").asInt()) + " of you");
        int[] claims = Suite.texts(item.params().get("claims")).stream()
                .mapToInt(Integer::parseInt)
                .toArray();
        assertThat(text)
                .contains("1. in round " + claims[0])
                .contains("2. in round " + claims[1])
                .contains("certain that at least " + words.get(claims[2]))
                .contains("if " + words.get(claims[3]) + " children were muddy")
                .contains("heard in round " + claims[4]);
    }
}
