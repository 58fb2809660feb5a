package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Policy;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What guessing reaches, and how that stands beside accuracy. */
class ChanceLevelTest {
    private static Sample.Builder sample(String id) {
        return Sample.builder(id).input("?");
    }

    private static OptionalDouble chance(Sample.Builder sample, String grader) {
        return ChanceLevel.of(List.of(sample.build()), grader).get("s");
    }

    @Test
    void theFormOfTheAnswerDecides() {
        assertThat(chance(sample("s").target(Target.of(true)), "boolean")).hasValue(0.5);
        assertThat(chance(sample("s").target(new Target.Claims(List.of(true, false, true, true))), "boolean"))
                .hasValue(1.0 / 16);
        assertThat(chance(sample("s").target(Target.of("B")).choices(List.of("x", "y", "z", "u")), "multiple-choice"))
                .hasValue(0.25);
        assertThat(chance(sample("s").target(Target.of("B")), "multiple-choice"))
                .hasValue(0.1);
        assertThat(chance(sample("s").target(new Target.AnyOf(List.of("A", "B"))), "multiple-choice"))
                .hasValue(0.2);
        assertThat(chance(sample("s").target(Target.of("true")), "boolean")).hasValue(0.5);
    }

    @Test
    void aNumberIsAsHardToGuessAsItsRangeIsWide() {
        Sample.Builder number = sample("s").target(Target.of("507"));
        assertThat(chance(number, "exact-numeric")).isEmpty();
        assertThat(chance(number.metadata(Map.of("answer_range", "0..999")), "exact-numeric"))
                .hasValue(0.001);
        assertThat(chance(number.metadata(Map.of("answer_range", "-4..5")), "exact-numeric"))
                .hasValue(0.1);
        assertThat(chance(number.metadata(Map.of("answer_range", "9..5")), "exact-numeric"))
                .isEmpty();
        assertThat(chance(number.metadata(Map.of("chance", new BigDecimal("0.01"))), "exact-numeric"))
                .hasValue(0.01);
        assertThat(chance(number.metadata(Map.of("chance", "1/8")), "exact-numeric"))
                .hasValue(0.125);
        assertThat(chance(number.metadata(Map.of("chance", "much")), "exact-numeric"))
                .isEmpty();
        assertThat(chance(number.metadata(Map.of("chance", 3L)), "exact-numeric"))
                .isEmpty();
        assertThat(chance(sample("s").metadata(Map.of("chance", 0L)), "code-execution"))
                .hasValue(0);
        assertThat(chance(sample("s"), "judge")).isEmpty();
    }

    @Test
    void twinsNeedLuckTwice() {
        List<Sample> twins = List.of(
                sample("a").target(Target.of(true)).build(),
                sample("b").target(Target.of(false)).twinOf("a").build(),
                sample("c").target(Target.of(true)).twinOf("elsewhere").build());
        assertThat(ChanceLevel.of(twins, "boolean"))
                .containsEntry("a", OptionalDouble.of(0.25))
                .containsEntry("b", OptionalDouble.of(0.25))
                .containsEntry("c", OptionalDouble.of(0.5));
    }

    @Test
    void aSimulatedGuesserReachesTheLevelOfEveryForm() {
        var random = new Random(20261121);
        for (int k = 1; k <= 5; k++) {
            int claims = k;
            List<Boolean> gold = IntStream.range(0, claims)
                    .mapToObj(i -> random.nextBoolean())
                    .toList();
            double right = 0;
            for (int run = 0; run < 20_000; run++) {
                right += IntStream.range(0, claims)
                                .mapToObj(i -> random.nextBoolean())
                                .toList()
                                .equals(gold)
                        ? 1
                        : 0;
            }
            OptionalDouble level = chance(sample("s").target(new Target.Claims(gold)), "boolean");
            assertThat(right / 20_000).as(claims + " claims").isCloseTo(level.getAsDouble(), within(0.015));
        }
    }

    @Test
    void aGuesserCoversNothingOfTheWayAndAPerfectModelAll() {
        var run = new TestRun().model("m").model("perfect");
        run.task("vectors", List.of(vector("s1"), vector("s2"), vector("s3"), vector("s4")));
        run.answers("m", 1, 4, 10, "0.1");
        run.answers("perfect", 4, 4, 10, "0.1");
        Leaderboard board = LeaderboardCalculator.of(run.plan(), run.records, Policy.standard(), TestRun.START);
        Leaderboard.Row row = row(board, "m");
        assertThat(row.chance()).hasValue(0.25);
        assertThat(row.aboveChance()).hasValue(0);
        assertThat(row.byTask().get("vectors").chance()).hasValue(0.25);
        assertThat(row.byCategory()).containsOnlyKeys("math");
        assertThat(row.byCategory().get("math").n()).isEqualTo(4);
        assertThat(row.byCategory().get("math").aboveChance()).hasValue(0);
        assertThat(row(board, "perfect").aboveChance()).hasValue(1);
    }

    @Test
    void oneUnknownSampleMakesTheLevelUnknownButNotThatOfOtherTasks() {
        var run = new TestRun().model("m");
        run.task("vectors", List.of(vector("s1"), vector("s2")));
        run.task("numbers", 2);
        run.answers("m", 2, 2, 10, "0.1");
        run.answer(run.trial("m", "numbers", "s1", 1)).right(true).add();
        Leaderboard board = LeaderboardCalculator.of(run.plan(), run.records, Policy.standard(), TestRun.START);
        Leaderboard.Row row = row(board, "m");
        assertThat(row.chance()).isEmpty();
        assertThat(row.aboveChance()).isEmpty();
        assertThat(row.byTask().get("vectors").chance()).hasValue(0.25);
        assertThat(row.byTask().get("numbers").chance()).isEmpty();
        assertThat(row.byCategory().get("math").chance()).isEmpty();
        assertThat(row.byCategory().get("math").passed()).isEqualTo(3);
    }

    private static Sample vector(String id) {
        return sample(id).target(new Target.Claims(List.of(true, false))).build();
    }

    private static Leaderboard.Row row(Leaderboard board, String model) {
        return board.rows().stream()
                .filter(r -> r.model().equals(model))
                .findFirst()
                .orElseThrow();
    }
}
