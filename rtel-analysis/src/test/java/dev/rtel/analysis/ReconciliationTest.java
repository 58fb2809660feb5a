package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rtel.analysis.Reconciliation.ModelTotal;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prompts are 50 tokens, visible answers 100. */
class ReconciliationTest {
    private static final PriceBook PRICES = new PriceBook(
            LocalDate.EPOCH,
            Map.of(
                    "a/m", new Price(BigDecimal.ZERO, new BigDecimal("0.001")),
                    "lab/judge", new Price(new BigDecimal("0.1"), new BigDecimal("0.1"))));
    private final TestRun run = new TestRun().model("a/m").model("b/n").task("sums", 4);

    private Reconciliation reconciled() {
        return Reconciliation.of(run.plan(), run.records, PRICES);
    }

    private ModelTotal total(String model) {
        return reconciled().models().stream()
                .filter(total -> total.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void replyRecordAndPriceBookStandBesideEachOther() {
        run.answer("a/m", 1).reasoning(100).cost("0.2").billed("0.25").add();
        Reconciliation.Call call = reconciled().calls().get(0);
        assertThat(call.told()).hasValue(new BigDecimal("0.2"));
        assertThat(call.recorded()).hasValue(new BigDecimal("0.25"));
        assertThat(call.priced().orElseThrow()).isEqualByComparingTo("0.2");
        assertThat(call.recordGap().orElseThrow()).isCloseTo(25, within(1e-9));
        assertThat(call.priceGap().orElseThrow()).isZero();
    }

    @Test
    void aModelsGapIsThatOfItsSumsOverTheCallsWithBothFigures() {
        run.answer("a/m", 1).reasoning(100).cost("0.1").billed("0.2").add();
        run.answer("a/m", 2).reasoning(100).cost("0.3").billed("0.3").add();
        run.answer("a/m", 3).reasoning(100).cost("7").add();
        run.answer("a/m", 4).reasoning(100).billed("9").add();
        ModelTotal total = total("a/m");
        assertThat(total.calls()).isEqualTo(4);
        assertThat(total.told()).isEqualTo(3);
        assertThat(total.recorded()).isEqualTo(3);
        assertThat(total.recordGap().orElseThrow()).isCloseTo(25, within(1e-9));
        assertThat(total.chargedUsd()).isEqualByComparingTo("16.4");
    }

    @Test
    void whatIsNotKnownHasNoGap() {
        run.answer("b/n", 1).reasoning(1).cost("0.1").add();
        run.answer("b/n", 2).reasoning(1).cost("0").billed("0.5").add();
        run.answer("b/n", 3).addFailed("timeout");
        ModelTotal total = total("b/n");
        assertThat(total.calls()).as("a failed trial has no call to compare").isEqualTo(2);
        assertThat(total.priceGap()).as("no price").isEmpty();
        assertThat(total.recordGap()).as("in percent of nothing").isEmpty();
    }

    @Test
    void twoFreeFiguresAgree() {
        run.answer("b/n", 1).reasoning(1).cost("0").billed("0.000").add();
        assertThat(total("b/n").recordGap()).hasValue(0);
    }

    @Test
    void differingCountsAreCounted() {
        run.answer("a/m", 1).flags(UsageFlag.USAGE_GENERATION_DIFFER).add();
        run.answer("a/m", 2).add();
        assertThat(total("a/m").countsDiffer()).isEqualTo(1);
    }

    private static RoleUsage judged() {
        var usage = new TokenUsage(
                Count.of(3, Count.Source.USAGE),
                Count.missing(),
                Count.missing(),
                Count.missing(),
                OptionalLong.empty(),
                Count.of(7, Count.Source.USAGE),
                Cost.of(new BigDecimal("0.5"), Cost.Source.BILLED),
                Set.of());
        return RoleUsage.none()
                .plus(new RoleUsage.Call(
                        "judge", "lab/judge", Completion.builder().build(), usage));
    }

    @Test
    void theJudgeIsItsOwnLine() {
        run.roles.put("judge", run.planned("judge", "lab/judge"));
        run.answer("a/m", 1).cost("0.1").roles(judged()).add();
        assertThat(reconciled().models()).extracting(ModelTotal::role).containsExactly("contestant", "judge");
        assertThat(total("lab/judge").priceGap().orElseThrow()).isCloseTo(100, within(1e-9));
    }

    private TrialRecord repriced(Repricing.Scope scope) {
        return Repricing.of(run.plan(), run.records.get(0), PRICES, scope);
    }

    private static Cost cost(TrialRecord record) {
        return record.usage().orElseThrow().cost();
    }

    @Test
    void repricingEverythingTellsWhatTheRunWouldCost() {
        run.roles.put("judge", run.planned("judge", "lab/judge"));
        run.answer("a/m", 1).reasoning(100).cost("0.9").roles(judged()).add();
        TrialRecord record = repriced(Repricing.Scope.EVERYTHING);
        assertThat(cost(record).source()).isEqualTo(Cost.Source.PRICED);
        assertThat(cost(record).usd().orElseThrow()).isEqualByComparingTo("0.2");
        Outcome.Scored scored = (Outcome.Scored) record.outcome();
        assertThat(scored.graderUsage().costUsd().orElseThrow()).isEqualByComparingTo("1.0");
        assertThat(scored.score())
                .isEqualTo(((Outcome.Scored) run.records.get(0).outcome()).score());
    }

    @Test
    void whatWasBilledStaysWhereOnlyTheRestIsPriced() {
        run.answer("a/m", 1).reasoning(100).cost("0.9").add();
        assertThat(cost(repriced(Repricing.Scope.UNBILLED)).usd()).hasValue(new BigDecimal("0.9"));
        run.records.clear();
        run.answer("a/m", 1).reasoning(100).add();
        assertThat(cost(repriced(Repricing.Scope.UNBILLED)).usd().orElseThrow()).isEqualByComparingTo("0.2");
    }

    @Test
    void aModelThatTheBookDoesNotHaveHasNoCost() {
        run.answer("b/n", 1).reasoning(100).cost("0.9").add();
        assertThat(cost(repriced(Repricing.Scope.EVERYTHING))).isEqualTo(Cost.missing());
    }

    @Test
    void speedsAreTakenFromTrialsThatMeasured() {
        run.answer("a/m", 1).reasoning(300).latency(3_000).ttft(1_000).add();
        run.answer("a/m", 2).reasoning(300).latency(5_000).ttft(1_000).add();
        run.answer("a/m", 3).reasoning(300).latency(1_000).add();
        run.answer("a/m", 4).addFailed("timeout");
        SpeedSummary speed = SpeedSummary.ofTrials(run.records);
        assertThat(speed.used()).isEqualTo(2);
        assertThat(speed.medianTps()).hasValue(150);
        assertThat(speed.medianTtft()).hasValue(1);
        assertThat(speed.forBoard("run-9").orElseThrow().ttftMs()).isEqualTo(1_000);
        assertThat(SpeedSummary.of(List.of()).forBoard("run-9")).isEmpty();
    }
}
