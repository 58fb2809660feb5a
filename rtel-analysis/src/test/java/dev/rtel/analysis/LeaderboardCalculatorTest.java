package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Policy;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.Status;
import dev.rtel.eval.Leaderboard.Warning;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaderboardCalculatorTest {
    private static Leaderboard board(TestRun run) {
        return LeaderboardCalculator.of(run.plan(), run.records, Policy.standard(), TestRun.START);
    }

    private static Row row(Leaderboard board, String model) {
        return board.rows().stream()
                .filter(r -> r.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> codes(Leaderboard board) {
        return board.warnings().stream().map(Warning::code).toList();
    }

    private static String warning(Leaderboard board, String code) {
        return board.warnings().stream()
                .filter(w -> w.code().equals(code))
                .map(Warning::text)
                .findFirst()
                .orElseThrow(() -> new AssertionError(code + " not in " + codes(board)));
    }

    @Test
    void thePublishedFiguresOfTwoModelsComeOutAndRankByEfficiency() {
        TestRun run = new TestRun().model("gemini").model("grok").task("math", 20);
        run.answers("gemini", 16, 20, 1900, "0.02176").answers("grok", 12, 20, 216, "0.000785");
        Leaderboard board = board(run);

        assertThat(board.rows()).extracting(Row::model).containsExactly("grok", "gemini");
        Row gemini = row(board, "gemini");
        assertThat(gemini.n()).isEqualTo(20);
        assertThat(gemini.passed()).isEqualTo(16);
        assertThat(gemini.accuracy().orElseThrow().estimate()).isEqualTo(0.8);
        assertThat(gemini.accuracy().orElseThrow().lower().orElseThrow()).isCloseTo(0.58398, within(1e-5));
        assertThat(gemini.accuracy().orElseThrow().method()).isEqualTo("wilson");
        assertThat(gemini.efficiency().orElseThrow().estimate()).isCloseTo(0.42105, within(1e-5));
        assertThat(gemini.efficiency().orElseThrow().lower()).isEmpty();
        assertThat(gemini.efficiency().orElseThrow().method()).isEqualTo("none");
        assertThat(gemini.e0().orElseThrow().estimate()).isCloseTo(800.0 / 2000, within(1e-12));
        assertThat(gemini.costUsd().total()).contains(new BigDecimal("0.43520"));
        assertThat(gemini.costUsd().perCorrect().orElseThrow()).isCloseTo(0.0272, within(1e-12));
        assertThat(gemini.responseTokens()).hasValue(100);
        assertThat(gemini.promptTokens()).hasValue(50);
        assertThat(gemini.completionTokens()).hasValue(2000);
        assertThat(gemini.rank().efficiency()).hasValue(2);
        assertThat(gemini.rank().accuracyLow()).hasValue(1);
        assertThat(gemini.rank().accuracyHigh()).hasValue(2);
        assertThat(row(board, "grok").rank().efficiency()).hasValue(1);
        assertThat(gemini.pareto().tokens()).isTrue();
        assertThat(row(board, "grok").pareto().tokens()).isTrue();
        assertThat(warning(board, "small-n")).contains("gemini, grok").contains("20 samples");
        assertThat(gemini.byTask()).containsOnlyKeys("math");
        assertThat(gemini.byTask().get("math").passed()).isEqualTo(16);
        assertThat(gemini.byTask().get("math").category()).isEqualTo("math");
    }

    @Test
    void aFailedTrialIsAWrongAnswerAndAnUnscoredOneStandsBesideTheFigures() {
        TestRun run = new TestRun().model("m").task("t", 4);
        run.answer("m", 1).reasoning(1000).cost("0.01").add();
        run.answer("m", 2).right(false).reasoning(1000).cost("0.01").add();
        run.answer("m", 3).addFailed("timeout");
        run.answer("m", 4).reasoning(9000).cost("0.50").addUnscored("judge-unreadable");
        Leaderboard board = board(run);
        Row row = row(board, "m");

        assertThat(List.of(row.n(), row.scored(), row.failed(), row.unscored())).containsExactly(3, 2, 1, 1);
        assertThat(row.accuracy().orElseThrow().estimate()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(row.reasoningTokens().coverage()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(row.reasoningTokens().mean()).hasValue(1000);
        assertThat(row.reasoningTokens().status()).isEqualTo(Status.PARTLY_REPORTED);
        assertThat(row.costUsd().total()).contains(new BigDecimal("0.52"));
        assertThat(row.costUsd().perCorrect().orElseThrow()).isCloseTo(0.03, within(1e-12));
        assertThat(warning(board, "failed")).contains("1 trial failed").contains("1 timeout");
        assertThat(warning(board, "unscored")).contains("1 judge-unreadable");
    }

    @Test
    void aModelThatAlwaysFailsHasZeroAccuracyAndNoTokenFigures() {
        TestRun run = new TestRun().model("m").task("t", 3);
        for (int i = 1; i <= 3; i++) {
            run.answer("m", i).addFailed("server");
        }
        Row row = row(board(run), "m");

        assertThat(row.n()).isEqualTo(3);
        assertThat(row.accuracy().orElseThrow().estimate()).isZero();
        assertThat(row.reasoningTokens().status()).isEqualTo(Status.NOT_REPORTED);
        assertThat(row.reasoningTokens().mean()).isEmpty();
        assertThat(row.efficiency()).isEmpty();
        assertThat(row.e0()).isEmpty();
        assertThat(row.costUsd().total()).isEmpty();
        assertThat(row.costUsd().perCorrect()).isEmpty();
        assertThat(row.latencyMs().p50()).isEmpty();
        assertThat(row.rank().efficiency()).isEmpty();
        assertThat(row.pareto()).isEqualTo(new Leaderboard.Pareto(false, false, false));
    }

    @Test
    void zeroCorrectAnswersGiveAnEfficiencyOfZeroWithARankAndNoCostPerCorrect() {
        TestRun run = new TestRun().model("m").task("t", 5).answers("m", 0, 5, 700, "0.01");
        Row row = row(board(run), "m");

        assertThat(row.efficiency().orElseThrow().estimate()).isZero();
        assertThat(row.rank().efficiency()).hasValue(1);
        assertThat(row.costUsd().perCorrect()).isEmpty();
        assertThat(row.costUsd().total()).contains(new BigDecimal("0.05"));
    }

    @Test
    void aModelWithoutAnyRecordHasNoFiguresAtAll() {
        TestRun run = new TestRun().model("m").task("t", 2);
        Leaderboard board = board(run);
        Row row = row(board, "m");

        assertThat(row.n()).isZero();
        assertThat(row.accuracy()).isEmpty();
        assertThat(row.reasoningTokens().status()).isEqualTo(Status.NO_SAMPLES);
        assertThat(row.rank().accuracyLow()).isEmpty();
        assertThat(row.decomposition().completionRate()).isEmpty();
        assertThat(warning(board, "incomplete")).contains("2 of 2");
    }

    @Test
    void coverageOf95PercentRanksAnd94DoesNot() {
        TestRun run = new TestRun().model("a").model("b").task("t", 100);
        for (int i = 1; i <= 100; i++) {
            var a = run.answer("a", i);
            (i <= 95 ? a.reasoning(500) : a).add();
            var b = run.answer("b", i);
            (i <= 94 ? b.reasoning(500) : b).add();
        }
        Leaderboard board = board(run);

        assertThat(row(board, "a").reasoningTokens().coverage()).isEqualTo(0.95);
        assertThat(row(board, "a").reasoningTokens().status()).isEqualTo(Status.REPORTED);
        assertThat(row(board, "a").rank().efficiency()).hasValue(1);
        assertThat(row(board, "b").reasoningTokens().coverage()).isEqualTo(0.94);
        assertThat(row(board, "b").reasoningTokens().status()).isEqualTo(Status.PARTLY_REPORTED);
        assertThat(row(board, "b").efficiency()).isPresent();
        assertThat(row(board, "b").rank().efficiency()).isEmpty();
        assertThat(row(board, "b").pareto().tokens()).isFalse();
        assertThat(warning(board, "partly-reported")).contains("95 %").contains(" b:");
    }

    @Test
    void zeroBesideVisibleReasoningIsUnknownNotZero() {
        TestRun run = new TestRun().model("m").task("t", 3);
        for (int i = 1; i <= 3; i++) {
            run.answer("m", i).reasoning(0).flags(UsageFlag.ZERO_WITH_TEXT).add();
        }
        Leaderboard board = board(run);

        assertThat(row(board, "m").reasoningTokens().status()).isEqualTo(Status.NOT_REPORTED);
        assertThat(row(board, "m").reasoningTokens().mean()).isEmpty();
        assertThat(codes(board)).contains("zero-with-text", "not-reported");
    }

    @Test
    void strayReasoningTokensMeanOffAndGiveNoEfficiency() {
        TestRun run = new TestRun().model("stray").model("zero").model("on").task("t", 10);
        for (int i = 1; i <= 10; i++) {
            run.answer("stray", i).reasoning(1).add();
            run.answer("zero", i).reasoning(0).add();
            run.answer("on", i).right(i <= 5).reasoning(400).add();
        }
        Leaderboard board = board(run);

        assertThat(row(board, "stray").reasoningTokens().status()).isEqualTo(Status.OFF);
        assertThat(row(board, "zero").reasoningTokens().status()).isEqualTo(Status.OFF);
        assertThat(row(board, "stray").efficiency()).isEmpty();
        assertThat(row(board, "zero").pareto().tokens()).isFalse();
        assertThat(row(board, "on").pareto().tokens()).isTrue();
        assertThat(board.rows()).extracting(Row::model).containsExactly("on", "stray", "zero");
        assertThat(warning(board, "off")).contains("stray, zero");
    }

    @Test
    void twinsPassOnlyTogether() {
        TestRun run = new TestRun()
                .model("m")
                .task(
                        "t",
                        List.of(
                                TestRun.twin("s1", "s2"),
                                TestRun.twin("s2", "s1"),
                                TestRun.twin("s3", "s4"),
                                Sample.of("s4", "?", Target.of(true))));
        run.answer("m", 1).reasoning(9).add();
        run.answer("m", 2).reasoning(9).right(false).add();
        run.answer("m", 3).reasoning(9).add();
        run.answer("m", 4).reasoning(9).add();

        assertThat(row(board(run), "m").passed()).isEqualTo(2);

        PassRule rule = PassRule.of(List.of(run.plan()), run.records);
        assertThat(run.records.stream().map(rule::passed).toList()).containsExactly(false, false, true, true);
    }

    @Test
    void theSampleNamedAsTwinNeedsTheOtherToo() {
        TestRun run = new TestRun()
                .model("m")
                .task("t", List.of(TestRun.twin("s1", "s2"), Sample.of("s2", "?", Target.of(true))));
        run.answer("m", 1).right(false).add();
        run.answer("m", 2).add();

        assertThat(row(board(run), "m").passed()).isZero();
    }

    @Test
    void twinsAreMatchedWithinModelAndEpoch() {
        TestRun run = new TestRun()
                .model("a")
                .model("b")
                .task("t", List.of(TestRun.twin("s1", "s2"), Sample.of("s2", "?", Target.of(true))));
        run.epochs = 2;
        for (String model : List.of("a", "b")) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                run.answer(run.trial(model, "t", "s1", epoch)).add();
                run.answer(run.trial(model, "t", "s2", epoch))
                        .right(model.equals("a") && epoch == 1)
                        .add();
            }
        }
        Leaderboard board = board(run);

        assertThat(row(board, "a").passed()).isEqualTo(2);
        assertThat(row(board, "b").passed()).isZero();
    }

    @Test
    void aTwinThatFailedOrIsMissingDoesNotPassButOneNeverPlannedIsNotWaitedFor() {
        TestRun half = new TestRun().model("m").task("t", List.of(TestRun.twin("s1", "s2")));
        half.answer("m", 1).add();
        assertThat(row(board(half), "m").passed()).isEqualTo(1);
        assertThat(codes(board(half))).contains("twin-missing");

        TestRun open = new TestRun().model("m").task("t", List.of(TestRun.twin("s1", "s2"), TestRun.twin("s2", "s1")));
        open.answer("m", 1).add();
        assertThat(row(board(open), "m").passed()).isZero();
        open.answer("m", 2).addFailed("server");
        assertThat(row(board(open), "m").passed()).isZero();
    }

    @Test
    void aTruncatedAnswerIsNeverRightAndKeepsItsTokens() {
        TestRun run = new TestRun().model("m").task("t", 2);
        run.answer("m", 1).reasoning(900).truncated().add();
        run.answer("m", 2).reasoning(100).add();
        Row row = row(board(run), "m");

        assertThat(row.truncated()).isEqualTo(1);
        assertThat(row.passed()).isEqualTo(1);
        assertThat(row.decomposition().completionRate()).hasValue(0.5);
        assertThat(row.decomposition().conditionalAccuracy()).hasValue(1);
        assertThat(row.decomposition().meanTokens()).hasValue(600);
        assertThat(row.e0().orElseThrow().estimate()).isCloseTo(500.0 / 600, within(1e-12));
    }

    @Test
    void aContextOverflowCountsAsTruncatedAndFailed() {
        TestRun run = new TestRun().model("m").task("t", 2);
        run.answer("m", 1).addFailed("context_length_exceeded");
        run.answer("m", 2).reasoning(100).add();
        Row row = row(board(run), "m");

        assertThat(List.of(row.truncated(), row.failed(), row.n())).containsExactly(1, 1, 2);
        assertThat(row.decomposition().completionRate()).hasValue(0.5);
    }

    @Test
    void epochsGiveAClusteredInterval() {
        TestRun run = new TestRun().model("m").task("t", 4);
        run.epochs = 5;
        for (int i = 1; i <= 4; i++) {
            for (int epoch = 1; epoch <= 5; epoch++) {
                run.answer(run.trial("m", "t", "s" + i, epoch))
                        .right(i % 2 == 1)
                        .reasoning(50)
                        .add();
            }
        }
        Leaderboard board = board(run);
        var accuracy = row(board, "m").accuracy().orElseThrow();

        assertThat(accuracy.estimate()).isEqualTo(0.5);
        assertThat(accuracy.method()).isEqualTo("clustered");
        // 3.182446 is the t quantile with three degrees of freedom, 0.2513123449750173 the clustered error.
        assertThat(accuracy.upper().orElseThrow()).isCloseTo(0.5 + 3.182446305284 * 0.2513123449750173, within(1e-9));
        assertThat(codes(board)).contains("few-clusters");
    }

    @Test
    void epochsThatAllAgreeStillLeaveTheUncertaintyOfTheSamples() {
        TestRun run = new TestRun().model("m").task("t", 20);
        run.epochs = 3;
        for (int i = 1; i <= 20; i++) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                run.answer(run.trial("m", "t", "s" + i, epoch)).add();
            }
        }
        var accuracy = row(board(run), "m").accuracy().orElseThrow();

        assertThat(accuracy.upper()).hasValue(1);
        assertThat(accuracy.lower().orElseThrow()).isCloseTo(0.8388748419471806, within(1e-12));
    }

    @Test
    void quarantinedTrialsAreInNoFigureButListed() {
        TestRun run = new TestRun().model("m").task("t", 2);
        run.answer("m", 1).reasoning(100).cost("0.01").add();
        run.answer("m", 2)
                .reasoning(900)
                .cost("9")
                .latency(90_000)
                .quarantined("wrong-model")
                .add();
        Leaderboard board = board(run);
        Row row = row(board, "m");

        assertThat(List.of(row.n(), row.quarantined())).containsExactly(1, 1);
        assertThat(row.reasoningTokens().mean()).hasValue(100);
        assertThat(row.costUsd().total()).contains(new BigDecimal("0.01"));
        assertThat(row.latencyMs().p95()).hasValue(1000);
        assertThat(warning(board, "quarantined")).contains("1 wrong-model");
        assertThat(codes(board)).doesNotContain("incomplete");
    }

    @Test
    void ungradedAndMissingTrialsMakeTheRunIncomplete() {
        TestRun run = new TestRun().model("m").task("t", 3);
        run.answer("m", 1).add();
        run.answer("m", 2).addCompleted();
        Leaderboard board = board(run);

        assertThat(row(board, "m").n()).isEqualTo(1);
        assertThat(warning(board, "incomplete")).contains("2 of 3");
    }

    @Test
    void recordsThatNoPlanKnowsAreLeftOutAndCounted() {
        TestRun big = new TestRun().model("m").task("t", 2).answers("m", 2, 2, 100, "0.1");
        TestRun small = new TestRun().model("m").task("t", 1);
        Leaderboard board = LeaderboardCalculator.of(small.plan(), big.records, Policy.standard(), TestRun.START);

        assertThat(row(board, "m").n()).isEqualTo(1);
        assertThat(warning(board, "not-planned")).startsWith("1 ");
    }

    @Test
    void severalRunsOfOneModelArePooledAndClusteredBySample() {
        TestRun first = new TestRun().model("m").task("t", 3).answers("m", 3, 3, 100, "0.1");
        TestRun second = new TestRun().model("m").task("t", 3);
        second.runId = "run-2";
        second.answers("m", 1, 3, 100, "0.1");
        List<TrialRecord> all = new ArrayList<>(first.records);
        all.addAll(second.records);
        Leaderboard board =
                LeaderboardCalculator.of(List.of(first.plan(), second.plan()), all, Policy.standard(), TestRun.START);

        assertThat(board.runIds()).containsExactly("run-1", "run-2");
        assertThat(row(board, "m").n()).isEqualTo(6);
        assertThat(row(board, "m").accuracy().orElseThrow().method()).isEqualTo("clustered");
    }

    @Test
    void rowsBelowTheAccuracyFloorAreNotRanked() {
        TestRun run = new TestRun().model("a").model("b").task("t", 10);
        run.answers("a", 1, 10, 20, "0.1").answers("b", 9, 10, 1000, "0.1");
        Policy policy = new Policy("efficiency", 0.2, 0.95, 0, 0);
        Leaderboard board = LeaderboardCalculator.of(run.plan(), run.records, policy, TestRun.START);

        assertThat(board.rows()).extracting(Row::model).containsExactly("b", "a");
        assertThat(row(board, "a").rank().efficiency()).isEmpty();
        assertThat(row(board, "a").efficiency()).isPresent();
        assertThat(warning(board, "below-floor")).contains("20 %").contains("a.");
    }

    @Test
    void accuracyOrderPutsTheMostAccurateFirstAndKeepsTheEfficiencyRanks() {
        TestRun run = new TestRun().model("cheap").model("good").task("t", 10);
        run.answers("cheap", 5, 10, 100, "0.1").answers("good", 9, 10, 1000, "0.1");
        Leaderboard board =
                LeaderboardCalculator.of(run.plan(), run.records, new Policy("accuracy", 0, 0.95, 0, 0), TestRun.START);

        assertThat(board.rows()).extracting(Row::model).containsExactly("good", "cheap");
        assertThat(board.rows())
                .extracting(r -> r.rank().efficiency())
                .containsExactly(OptionalInt.of(2), OptionalInt.of(1));
    }

    @Test
    void anUnknownOrderIsRefused() {
        TestRun run = new TestRun().model("m").task("t", 1);
        assertThatThrownBy(() -> LeaderboardCalculator.of(
                        run.plan(), run.records, new Policy("speed", 0, 0.95, 0, 0), TestRun.START))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'speed'")
                .hasMessageContaining("efficiency");
    }

    @Test
    void clearlyDifferentModelsGetNoSmallSampleWarning() {
        TestRun run = new TestRun().model("a").model("b").task("t", 40);
        run.answers("a", 39, 40, 100, "0.1").answers("b", 2, 40, 100, "0.1");
        Leaderboard board = board(run);

        assertThat(codes(board)).doesNotContain("small-n");
        assertThat(row(board, "a").rank().accuracyHigh()).hasValue(1);
        assertThat(row(board, "b").rank().accuracyLow()).hasValue(2);
    }

    @Test
    void aContestantThatJudgesIsNamed() {
        TestRun run = new TestRun().model("vendor/a").model("vendor/b").task("t", 1);
        run.roles.put("judge", run.planned("judge", "vendor/a:free"));
        assertThat(warning(board(run), "self-judging")).contains("vendor/a").doesNotContain("vendor/b");
    }

    @Test
    void aJudgeOfTheContestantsVendorIsNamed() {
        TestRun run = new TestRun().model("vendor/a").model("other/b").task("t", 1);
        run.roles.put("judge-1", run.planned("judge-1", "vendor/judge"));
        run.roles.put("judge-2", run.planned("judge-2", "third/judge"));
        Leaderboard board = board(run);
        assertThat(warning(board, "same-vendor-judge"))
                .contains("vendor/judge", "vendor/a")
                .doesNotContain("other/b", "third/judge");
        assertThat(codes(board)).doesNotContain("self-judging");
    }

    @Test
    void simulatedRunsSayItFirst() {
        TestRun run = new TestRun();
        run.simulated = true;
        run.model("m").task("t", 1).answers("m", 1, 1, 100, "0.1");
        Leaderboard board = board(run);
        assertThat(board.simulated()).isTrue();
        assertThat(codes(board).get(0)).isEqualTo("simulated");
    }

    @Test
    void aSimulatedTrialMakesTheBoardSimulatedWhateverThePlanSays() {
        TestRun run = new TestRun();
        run.simulated = true;
        run.model("m");
        run.simulated = false;
        run.task("t", 1).answers("m", 1, 1, 100, "0.1");
        assertThat(board(run).simulated()).isTrue();
    }

    @Test
    void missingCostsAndCacheHitsAreTold() {
        TestRun run = new TestRun().model("m").task("t", 2);
        run.answer("m", 1).reasoning(100).cost("0.03").add();
        run.answer("m", 2).reasoning(100).flags(UsageFlag.CACHE_HIT).add();
        Leaderboard board = board(run);

        assertThat(row(board, "m").costUsd().coverage()).isEqualTo(0.5);
        assertThat(row(board, "m").costUsd().perCorrect().orElseThrow()).isCloseTo(0.03, within(1e-12));
        assertThat(row(board, "m").pareto().cost()).isFalse();
        assertThat(codes(board)).contains("cost-missing", "cache-hit");
    }

    @Test
    void aBiasOfMissingCountsIsTold() {
        TestRun run = new TestRun().model("m").task("t", 20);
        for (int i = 1; i <= 20; i++) {
            var answer = run.answer("m", i).right(i <= 10);
            (i <= 15 ? answer.reasoning(1000) : answer).add();
        }
        assertThat(warning(board(run), "efficiency-bias")).contains("m").contains("5 %");
    }

    @Test
    void aCleanBoardHasNoWarnings() {
        TestRun run = new TestRun().model("m").task("t", 20).answers("m", 15, 20, 500, "0.01");
        assertThat(board(run).warnings()).isEmpty();
    }

    @Test
    void lockedModelsAndBaselinesAreMarked() {
        TestRun run = new TestRun().task("t", 1);
        PlannedModel m = run.planned("m", "m");
        run.models.add(new PlannedModel(
                m.name(),
                m.id(),
                m.client(),
                m.extractor(),
                m.params(),
                m.routing(),
                m.identity(),
                m.maxConcurrency(),
                true,
                true));
        Row row = row(board(run), "m");
        assertThat(row.reasoningLocked()).isTrue();
        assertThat(row.baseline()).isTrue();
    }

    @Test
    void theOrderOfRecordsChangesNoBit() {
        Random random = new Random(7);
        TestRun run = new TestRun().model("a").model("b").task("t", 30);
        run.epochs = 2;
        RunPlan plan = run.plan();
        plan.trials()
                .forEach(t -> run.answer(t)
                        .right(random.nextBoolean())
                        .reasoning(random.nextInt(5000))
                        .cost("0." + (1 + random.nextInt(99_999)))
                        .latency(random.nextInt(60_000))
                        .add());
        Leaderboard straight = board(run);
        Collections.shuffle(run.records, random);
        assertThat(board(run)).isEqualTo(straight);
    }
}
