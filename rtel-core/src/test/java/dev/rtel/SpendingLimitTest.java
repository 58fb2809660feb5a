package dev.rtel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.Fixture.Scripted;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.Limits;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.run.Progress;
import dev.rtel.run.RetryPolicy;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.StoreException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpendingLimitTest {
    private final InMemoryResultStore store = new InMemoryResultStore();

    private static Limits limits(int concurrency, String usd) {
        return new Limits(
                concurrency,
                2,
                Duration.ofSeconds(30),
                Optional.of(new BigDecimal(usd)),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static ModelException billed(String usd) {
        return new ModelException.Transient(
                "cut off",
                ModelException.Details.of("connection_lost")
                        .withUsage(Map.of("cost", new BigDecimal(usd), "total_tokens", 10L)),
                null);
    }

    @Test
    void whatFailedAttemptsCostCountsTowardsTheLimit() throws Exception {
        var model = new Scripted("lab/thinker", (request, context) -> {
            throw billed("0.4");
        });
        RunSummary summary = Fixture.rtel(model)
                .store(store)
                .build()
                .run(Fixture.spec(20).limits(limits(1, "1")).build());

        assertThat(summary.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.BUDGET);
        assertThat(model.calls).hasSize(3);
    }

    @Test
    void whatEarlierSessionsPaidCountsEvenWhereItIsNotYetGraded() throws Exception {
        var model = Scripted.saying("right");
        FailingStore failing = new FailingStore(store);
        failing.failOnScored = 1;
        for (int session = 0; session < 3; session++) {
            assertThatThrownBy(() -> Fixture.rtel(model)
                            .store(failing)
                            .build()
                            .run(Fixture.spec(9)
                                    .runId("run-1")
                                    .limits(limits(3, "0.004"))
                                    .build()))
                    .isInstanceOf(StoreException.class);
        }
        int before = model.calls.size();
        RunSummary summary = Fixture.rtel(model)
                .store(store)
                .build()
                .run(Fixture.spec(9).runId("run-1").limits(limits(1, "0.004")).build());

        assertThat(before).isBetween(1, 4);
        assertThat(summary.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.BUDGET);
        assertThat(model.calls).hasSize(4);
        assertThat(summary.progress().knownCostUsd()).isEqualByComparingTo("0.004");
    }

    @Test
    void whatFailedTrialsOfEarlierSessionsCostCounts() throws Exception {
        var model = new Scripted("lab/thinker", (request, context) -> {
            throw billed("0.3");
        });
        for (int session = 0; session < 4; session++) {
            Fixture.rtel(model)
                    .retryPolicy(new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO))
                    .store(store)
                    .build()
                    .run(Fixture.spec(2).runId("run-1").limits(limits(1, "1")).build());
        }
        assertThat(model.calls).hasSize(4);
    }

    @Test
    void aStoreThatFailsOnAPaidCompletionEndsTheRunThoughOthersWaitForTheLimit() {
        var prices = new PriceBook(
                LocalDate.of(2026, 1, 1), Map.of("lab/thinker", new Price(BigDecimal.ZERO, new BigDecimal("0.01"))));
        // the worst case of a call is 1 dollar: one fits, the other workers wait
        for (int fails = 1; fails <= 15; fails++) {
            FailingStore failing = new FailingStore(store);
            failing.failOnCompleted = fails;
            assertThatThrownBy(() -> Fixture.rtel(Scripted.saying("right"))
                            .store(failing)
                            .build()
                            .run(Fixture.spec(20)
                                    .limits(limits(4, "1.5"))
                                    .priceBook(prices)
                                    .build()))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("disk full");
        }
    }

    @Test
    void theSummaryCountsCostsThatOnlyTheBillingRecordTold() throws Exception {
        var settled = new CopyOnWriteArrayList<TrialRecord>();
        RunSummary summary = Fixture.rtel(Scripted.saying("right"))
                .extractor("late", context -> new LateExtractor(new CountDownLatch(0)))
                .store(store)
                .listener(new RunListener() {
                    @Override
                    public void usageSettled(TrialRecord record) {
                        settled.add(record);
                    }
                })
                .build()
                .run(Fixture.spec(3).roster(LateExtractor.roster()).build());

        assertThat(settled).hasSize(3);
        assertThat(summary.progress().knownCostUsd()).isEqualByComparingTo("0.003");
    }

    @Test
    void lookingUpBillingRecordsHoldsNoTrialUp() throws Exception {
        var allGraded = new CountDownLatch(10);
        var settled = new CopyOnWriteArrayList<TrialRecord>();
        var model = Scripted.saying("right");
        RunSummary summary = Fixture.rtel(model)
                .extractor("late", context -> new LateExtractor(allGraded))
                .store(store)
                .listener(new RunListener() {
                    @Override
                    public void trialFinished(TrialRecord record, Progress progress) {
                        allGraded.countDown();
                    }

                    @Override
                    public void usageSettled(TrialRecord record) {
                        settled.add(record);
                    }
                })
                .build()
                .run(Fixture.spec(10)
                        .roster(LateExtractor.roster())
                        .limits(limits(1, "5"))
                        .build());

        assertThat(allGraded.await(0, TimeUnit.SECONDS)).isTrue();
        assertThat(settled).hasSize(10);
        try (var records = store.trials(summary.plan().runId(), ResultStore.Projection.FULL)) {
            assertThat(records).allSatisfy(record -> {
                assertThat(record.completion().orElseThrow().latency()).hasValue(Duration.ofMillis(5));
                assertThat(record.usage().orElseThrow().cost().usd()).hasValue(new BigDecimal("0.001"));
            });
        }
    }

    @Test
    void anExtractorThatThrowsWhenAskedAboutLookUpsLosesNothing() throws Exception {
        RunSummary summary = Fixture.rtel(Scripted.saying("right"))
                .extractor("late", context -> new LateExtractor(new CountDownLatch(0)) {
                    @Override
                    public Settling settling(dev.rtel.eval.Completion completion, dev.rtel.eval.TokenUsage inline) {
                        throw new IllegalStateException("boom");
                    }
                })
                .store(store)
                .build()
                .run(Fixture.spec(3).roster(LateExtractor.roster()).build());
        assertThat(summary.progress().passed()).isEqualTo(3);
    }
}
