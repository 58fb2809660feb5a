package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Policy;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.UsageFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeaderboardPropertiesTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    /** A board with everything that can go wrong in it. */
    private static TestRun anyRun(SplittableRandom random, int samples) {
        TestRun run = new TestRun().model("a").model("b").model("c").task("t", samples);
        run.epochs = 1 + random.nextInt(2);
        run.plan().trials().forEach(trial -> {
            var answer = run.answer(trial).right(random.nextBoolean()).latency(random.nextInt(1, 5000));
            if (random.nextInt(3) > 0) {
                answer.reasoning(random.nextInt(4) == 0 ? 0 : random.nextInt(3000));
            }
            if (random.nextInt(4) > 0) {
                answer.cost("0.0" + random.nextInt(1000));
            }
            if (random.nextInt(8) == 0) {
                answer.truncated();
            }
            if (random.nextInt(8) == 0) {
                answer.flags(UsageFlag.ZERO_WITH_TEXT);
            }
            if (random.nextInt(8) == 0) {
                answer.noCompletionCount();
            }
            if (random.nextInt(10) == 0) {
                answer.quarantined("cache-hit");
            }
            switch (random.nextInt(8)) {
                case 0 -> answer.addFailed("server");
                case 1 -> answer.addUnscored("judge-unreadable");
                case 2 -> answer.addCompleted();
                case 3 -> {}
                default -> answer.add();
            }
        });
        return run;
    }

    private static Leaderboard board(TestRun run) {
        return LeaderboardCalculator.of(run.plan(), run.records, Policy.standard(), TestRun.START);
    }

    private static List<OptionalDouble> figures(Row row) {
        List<OptionalDouble> all = new ArrayList<>(List.of(
                row.reasoningTokens().mean(),
                row.responseTokens(),
                row.promptTokens(),
                row.completionTokens(),
                row.decomposition().completionRate(),
                row.decomposition().conditionalAccuracy(),
                row.decomposition().meanTokens(),
                row.costUsd().perCorrect(),
                row.latencyMs().p50(),
                row.latencyMs().p95(),
                OptionalDouble.of(row.reasoningTokens().coverage()),
                OptionalDouble.of(row.costUsd().coverage())));
        List.of(row.accuracy(), row.efficiency(), row.e0())
                .forEach(o -> o.ifPresent((Interval i) -> {
                    all.add(OptionalDouble.of(i.estimate()));
                    all.add(i.lower());
                    all.add(i.upper());
                }));
        return all;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noFigureIsEverNaNOrInfiniteAndCountsAddUp(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TestRun run = anyRun(random, random.nextInt(0, 7));
        for (Row row : board(run).rows()) {
            assertThat(figures(row))
                    .allSatisfy(f -> assertThat(Double.isFinite(f.orElse(0))).isTrue());
            assertThat(row.n()).isEqualTo(row.scored() + row.failed());
            assertThat(row.passed()).isLessThanOrEqualTo(row.n());
            assertThat(row.rank().accuracyLow().isPresent()).isEqualTo(row.n() > 0);
            row.rank()
                    .accuracyLow()
                    .ifPresent(low -> assertThat(low)
                            .isLessThanOrEqualTo(row.rank().accuracyHigh().orElseThrow()));
            row.rank().efficiency().ifPresent(r -> assertThat(row.efficiency()).isPresent());
            var tasks = row.byTask().values();
            assertThat(tasks.stream().mapToInt(Leaderboard.TaskRow::passed).sum())
                    .isEqualTo(row.passed());
            assertThat(tasks.stream().mapToInt(Leaderboard.TaskRow::n).sum()).isEqualTo(row.n());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void addingAFailedTrialNeverRaisesAccuracy(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TestRun run = new TestRun().model("m").task("t", 21);
        for (int i = 1; i <= 20; i++) {
            run.answer("m", i)
                    .right(random.nextInt(4) > 0)
                    .reasoning(random.nextInt(1, 2000))
                    .add();
        }
        Row before = board(run).rows().get(0);
        run.answer("m", 21).addFailed("timeout");
        Row after = board(run).rows().get(0);

        assertThat(after.accuracy().orElseThrow().estimate())
                .isLessThanOrEqualTo(before.accuracy().orElseThrow().estimate());
        assertThat(after.efficiency().orElseThrow().estimate())
                .isLessThanOrEqualTo(before.efficiency().orElseThrow().estimate());
        assertThat(after.n()).isEqualTo(before.n() + 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doublingAllTokensHalvesTheEfficiencies(long seed) {
        TestRun once = new TestRun().model("m").task("t", 12);
        TestRun twice = new TestRun().model("m").task("t", 12);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 1; i <= 12; i++) {
            boolean right = random.nextInt(3) > 0;
            long reasoning = random.nextInt(20, 2000);
            once.answer("m", i).right(right).reasoning(reasoning).response(50).add();
            twice.answer("m", i)
                    .right(right)
                    .reasoning(2 * reasoning)
                    .response(100)
                    .add();
        }
        Row a = board(once).rows().get(0);
        Row b = board(twice).rows().get(0);

        assertThat(b.efficiency().orElseThrow().estimate() * 2)
                .isCloseTo(a.efficiency().orElseThrow().estimate(), within(1e-9));
        assertThat(b.e0().orElseThrow().estimate() * 2)
                .isCloseTo(a.e0().orElseThrow().estimate(), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFactorsMultiplyToE0WhenEveryAnswerIsCounted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TestRun run = new TestRun().model("m").task("t", 15);
        for (int i = 1; i <= 15; i++) {
            var answer = run.answer("m", i).right(random.nextBoolean()).reasoning(random.nextInt(1, 900));
            (random.nextInt(5) == 0 ? answer.truncated() : answer).add();
        }
        Row row = board(run).rows().get(0);
        var parts = row.decomposition();

        assertThat(1000
                        * parts.completionRate().orElseThrow()
                        * parts.conditionalAccuracy().orElse(0)
                        / parts.meanTokens().orElseThrow())
                .isCloseTo(row.e0().orElseThrow().estimate(), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theClusteredErrorOfSingleObservationsIsThatOfIndependentOnes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> scores = new ArrayList<>();
        List<String> clusters = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            scores.add((double) random.nextInt(2));
            clusters.add("c" + i);
        }
        ClusteredError error = ClusteredError.of(scores, clusters);
        double mean = error.mean().orElseThrow();
        double clt = Math.sqrt(
                scores.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum() / (25.0 * 24));
        assertThat(error.standardError().orElseThrow()).isCloseTo(clt, within(1e-12));
    }
}
