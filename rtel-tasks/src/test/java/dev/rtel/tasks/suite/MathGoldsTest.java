package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.tasks.suite.MathSolvers.Ratio;
import dev.rtel.tasks.suite.Suite.Item;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Re-derives every gold answer of the math task by another method than the one that produced it. */
class MathGoldsTest {
    private static int get(Item item, String name) {
        return item.params().get(name).asInt();
    }

    private static int[] ints(JsonNode array) {
        return Suite.texts(array).stream().mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void walkingEveryRouteGivesTheGoldOfTheGrid() {
        Item item = Suite.item("math-lattice-01");
        int routes = MathSolvers.routes(
                0, 0, get(item, "width"), get(item, "height"), get(item, "blocked_x"), get(item, "blocked_y"));
        assertThat(routes).isEqualTo(item.number());
    }

    @Test
    void exactlyOneNumberBelowTheBoundHasTheThreeRemainders() {
        Item item = Suite.item("math-crt-01");
        int[] moduli = ints(item.params().get("moduli"));
        int[] remainders = ints(item.params().get("remainders"));
        assertThat(MathSolvers.withRemainders(get(item, "bound"), moduli, remainders))
                .containsExactly(item.number());
    }

    @Test
    void tryingAllFourDigitNumbersGivesTheGoldOfTheSafe() {
        Item item = Suite.item("math-digits-01");
        assertThat(MathSolvers.codes(get(item, "odd_digits"), get(item, "modulus"), get(item, "remainder")))
                .isEqualTo(item.number());
    }

    @Test
    void theExactTermOfTheRecurrenceLeavesTheGoldAsRemainder() {
        Item item = Suite.item("math-recurrence-01");
        int remainder = MathSolvers.recurrence(
                get(item, "first"),
                get(item, "second"),
                get(item, "factor1"),
                get(item, "factor2"),
                get(item, "index"),
                get(item, "modulus"));
        assertThat(remainder).isEqualTo(item.number());
    }

    @Test
    void coordinatesGiveTheGoldOfTheTriangle() {
        Item item = Suite.item("math-geometry-01");
        Ratio area = MathSolvers.quadrilateral(
                get(item, "area"), get(item, "bd"), get(item, "dc"), get(item, "ce"), get(item, "ea"));
        assertThat(area.den()).isGreaterThan(1);
        assertThat(area.num() + area.den()).isEqualTo(item.number());
    }

    @Test
    void goldsAreIntegersOfTheContestRangeThatNobodyGuesses() {
        Set<Integer> popular = Set.of(100, 1000, 2024, 2025, 2026, 2027);
        for (Item item : Suite.of("aime-math")) {
            assertThat(item.node().get("target").isString()).as(item.id()).isTrue();
            assertThat(item.number()).as(item.id()).isBetween(10, 999).isNotIn(popular);
        }
    }

    @Test
    void noGoldOccursAsATokenOfItsPrompt() {
        Pattern token = Pattern.compile("[0-9]+");
        for (Item item : Suite.of("aime-math")) {
            Set<Integer> numbers = new HashSet<>();
            token.matcher(item.input()).results().forEach(found -> numbers.add(Integer.valueOf(found.group())));
            assertThat(numbers).as(item.id()).doesNotContain(item.number());
        }
    }

    @Test
    void goldsDifferFromEachOther() {
        assertThat(Suite.of("aime-math").stream().map(Item::number)).doesNotHaveDuplicates();
    }
}
