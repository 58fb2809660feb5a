package dev.rtel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.Fixture.Scripted;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.Score;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.run.Progress;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.TokenExtractor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunTest {
    private final InMemoryResultStore store = new InMemoryResultStore();

    private List<TrialRecord> records(RunSummary summary) {
        try (var stream = store.trials(summary.plan().runId(), ResultStore.Projection.FULL)) {
            return stream.toList();
        }
    }

    @Test
    void everyTrialIsCompletedAccountedGradedAndStored() throws Exception {
        var model = Scripted.saying("right");
        RunSummary summary =
                Fixture.rtel(model).store(store).build().run(Fixture.spec(20).build());

        assertThat(summary.state()).isEqualTo(RunState.FINISHED);
        assertThat(summary.progress().passed()).isEqualTo(20);
        assertThat(summary.progress().knownCostUsd()).isEqualByComparingTo("0.020");
        assertThat(model.calls).hasSize(20);
        assertThat(records(summary)).hasSize(20).allSatisfy(record -> {
            assertThat(record.usage().orElseThrow().reasoning().value()).hasValue(6);
            assertThat(record.attempts()).isEqualTo(1);
        });
        assertThat(store.attempts(summary.plan().runId()))
                .hasSize(20)
                .allSatisfy(attempt -> assertThat(attempt.end()).isPresent());
    }

    @Test
    void theIntentIsDurableBeforeTheCallAndTheCompletionBeforeTheGrading() throws Exception {
        List<String> order = new ArrayList<>();
        var model = new Scripted("lab/thinker", (request, context) -> {
            order.add(
                    store.attempts("run-1").stream().anyMatch(a -> a.id().equals(context.attemptId()))
                            ? "sent after intent"
                            : "sent without intent");
            return Fixture.reply("right");
        });
        Fixture.rtel(model)
                .store(store)
                .grader("looking", context -> (submission, services) -> {
                    order.add(
                            store.trials("run-1", ResultStore.Projection.FULL).count() == 1
                                    ? "graded after durable"
                                    : "graded before durable");
                    return Score.correct("x");
                })
                .build()
                .run(dev.rtel.plan.RunSpec.builder()
                        .roster(Fixture.roster())
                        .task(Fixture.task(1, "looking"))
                        .runId("run-1")
                        .build());

        assertThat(order).containsExactly("sent after intent", "graded after durable");
    }

    @Test
    void transientFailuresAreRetriedAndBookedAsWaste() throws Exception {
        var model = new Scripted("lab/thinker", (request, context) -> {
            if (context.attempt() < 3) {
                throw new ModelException.Transient("rate_limit_exceeded", "slow down");
            }
            return Fixture.reply("right");
        });
        RunSummary summary =
                Fixture.rtel(model).store(store).build().run(Fixture.spec(1).build());

        TrialRecord record = records(summary).get(0);
        assertThat(record.attempts()).isEqualTo(3);
        assertThat(record.waste().tokens()).isEmpty();
        assertThat(store.attempts(summary.plan().runId()))
                .extracting(Attempt::number)
                .containsExactly(1, 2, 3);
    }

    @Test
    void aFailedTrialIsAnOutcomeAndTheOthersGoOn() throws Exception {
        var model = new Scripted("lab/thinker", (request, context) -> {
            if (context.trial().sample().equals("s2")) {
                throw new ModelException.Permanent("invalid_request", "no such parameter");
            }
            return Fixture.reply("right");
        });
        RunSummary summary =
                Fixture.rtel(model).store(store).build().run(Fixture.spec(3).build());

        assertThat(summary.state()).isEqualTo(RunState.FINISHED);
        assertThat(summary.progress().failed()).isEqualTo(1);
        assertThat(model.calls).hasSize(3);
        assertThat(records(summary).get(1).outcome())
                .isEqualTo(new Outcome.Failed(new Failure("invalid_request", "no such parameter", false)));
    }

    @Test
    void aListenerThatThrowsChangesNothing() throws Exception {
        RunListener rude = new RunListener() {
            @Override
            public void trialFinished(TrialRecord record, Progress progress) {
                throw new IllegalStateException("rude");
            }
        };
        RunSummary summary = Fixture.rtel(Scripted.saying("right"))
                .store(store)
                .listener(rude)
                .build()
                .run(Fixture.spec(5).build());

        assertThat(summary.progress().passed()).isEqualTo(5);
    }

    @Test
    void aGraderThatThrowsLeavesTheTrialUnscored() throws Exception {
        RunSummary summary = Fixture.rtel(Scripted.saying("right"))
                .store(store)
                .grader("broken", context -> (submission, services) -> {
                    throw new IllegalStateException("boom");
                })
                .build()
                .run(dev.rtel.plan.RunSpec.builder()
                        .roster(Fixture.roster())
                        .task(Fixture.task(2, "broken"))
                        .build());

        assertThat(summary.progress().unscored()).isEqualTo(2);
    }

    @Test
    void anExtractorThatThrowsLosesNoCompletion() throws Exception {
        RunSummary summary = Rtel.builder()
                .model("scripted", context -> Scripted.saying("right"))
                .extractor("usage", context -> completion -> {
                    throw new IllegalStateException("boom");
                })
                .grader("exact", context -> Fixture.EXACT)
                .store(store)
                .build()
                .run(Fixture.spec(2).build());

        assertThat(summary.progress().passed()).isEqualTo(2);
        assertThat(records(summary).get(0).usage().orElseThrow().reasoning().known())
                .isFalse();
    }

    @Test
    void aRefusedKeyStopsTheRunAndItCanBeResumedWithoutBuyingTwice() throws Exception {
        var valid = new AtomicInteger(4);
        var model = new Scripted("lab/thinker", (request, context) -> {
            if (valid.getAndDecrement() <= 0) {
                throw new ModelException.RunFatal("key rejected", ModelException.Details.of("authentication"), null);
            }
            return Fixture.reply("right");
        });
        Rtel rtel = Fixture.rtel(model).store(store).build();
        RunSummary first =
                rtel.run(Fixture.spec(20).runId("run-1").limits(serial()).build());
        assertThat(first.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(first.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.ACCOUNT);
        assertThat(first.progress().done()).isEqualTo(4);

        valid.set(Integer.MAX_VALUE);
        RunSummary second =
                rtel.run(Fixture.spec(20).runId("run-1").limits(serial()).build());
        assertThat(second.state()).isEqualTo(RunState.FINISHED);
        assertThat(second.progress().passed()).isEqualTo(20);
        assertThat(model.calls).hasSize(4 + 1 + 16);
    }

    @Test
    void aPaidButUngradedCompletionIsGradedNotBoughtAgain() throws Exception {
        var model = Scripted.saying("right");
        var failing = new FailingStore(store);
        failing.failOnScored = 3;
        assertThatThrownBy(() -> Fixture.rtel(model)
                        .store(failing)
                        .build()
                        .run(Fixture.spec(5).runId("run-1").limits(serial()).build()))
                .hasMessageContaining("disk full");
        int bought = model.calls.size();

        RunSummary summary = Fixture.rtel(model)
                .store(store)
                .build()
                .run(Fixture.spec(5).runId("run-1").limits(serial()).build());
        assertThat(summary.progress().passed()).isEqualTo(5);
        assertThat(model.calls).hasSize(5);
        assertThat(bought).isEqualTo(3);
    }

    @Test
    void aBillingRecordThatAKilledSessionWaitedForIsLookedUpOnResume() throws Exception {
        var model = Scripted.saying("right");
        var failing = new FailingStore(store);
        failing.failOnScored = 2;
        TokenExtractor late = new TokenExtractor() {
            @Override
            public TokenUsage extract(Completion completion) {
                return completion.billing().isPresent() ? Fixture.EXTRACTOR.extract(completion) : TokenUsage.unknown();
            }

            @Override
            public Settling settling(Completion completion, TokenUsage usage) {
                return usage.reasoning().known() ? Settling.NONE : Settling.NEEDED;
            }

            @Override
            public Optional<BillingRecord> lookUp(String generationId) {
                return Optional.of(Fixture.billing());
            }

            @Override
            public List<Duration> lookUpDelays() {
                return List.of(Duration.ofMillis(20));
            }
        };
        TokenExtractor never = new TokenExtractor() {
            @Override
            public TokenUsage extract(Completion completion) {
                return TokenUsage.unknown();
            }
        };
        assertThatThrownBy(() -> settlingRtel(model, failing, never)
                        .run(Fixture.spec(2).runId("run-1").limits(serial()).build()))
                .hasMessageContaining("disk full");

        RunSummary summary = settlingRtel(model, store, late)
                .run(Fixture.spec(2).runId("run-1").limits(serial()).build());
        assertThat(records(summary))
                .allSatisfy(r ->
                        assertThat(r.usage().orElseThrow().reasoning().value()).hasValue(6));
        assertThat(model.calls).hasSize(2);
    }

    private static Rtel settlingRtel(Scripted model, ResultStore store, TokenExtractor extractor) {
        return Rtel.builder()
                .model("scripted", context -> model)
                .extractor("usage", context -> extractor)
                .grader("exact", context -> Fixture.EXACT)
                .store(store)
                .build();
    }

    @Test
    void regradingCallsNoContestant() throws Exception {
        var model = Scripted.saying("right");
        Fixture.rtel(model)
                .store(store)
                .build()
                .run(Fixture.spec(5).runId("run-1").build());
        Rtel stricter = Fixture.rtel(model)
                .store(store)
                .grader("never", context -> (submission, services) -> Score.incorrect("x", "never"))
                .build();
        try (PreparedRun regrade = stricter.prepareRegrade(dev.rtel.plan.RunSpec.builder()
                .roster(Fixture.roster())
                .task(Fixture.task(5, "never"))
                .runId("run-1")
                .build())) {
            RunSummary summary = regrade.execute();
            assertThat(summary.state()).isEqualTo(RunState.FINISHED);
            assertThat(summary.progress().passed()).isZero();
        }
        assertThat(model.calls).hasSize(5);
    }

    @Test
    void anotherGraderRegradesOnResumeWithoutACall() throws Exception {
        var model = Scripted.saying("right");
        Rtel rtel = Fixture.rtel(model)
                .store(store)
                .grader("never", context -> (submission, services) -> Score.incorrect("x", "never"))
                .build();
        rtel.run(Fixture.spec(5).runId("run-1").build());
        RunSummary summary = rtel.run(dev.rtel.plan.RunSpec.builder()
                .roster(Fixture.roster())
                .task(Fixture.task(5, "never"))
                .runId("run-1")
                .build());
        assertThat(summary.progress().passed()).isZero();
        assertThat(model.calls).hasSize(5);
    }

    @Test
    void resumingWithAnotherIdentityIsRefusedWithTheDifferenceNamed() throws Exception {
        var model = Scripted.saying("right");
        Rtel rtel = Fixture.rtel(model).store(store).build();
        rtel.run(Fixture.spec(2).runId("run-1").build());
        ModelEntry hotter = Fixture.entry("thinker").withParams(Map.of("temperature", 1L));
        assertThatThrownBy(() -> rtel.run(Fixture.spec(2)
                        .roster(dev.rtel.plan.Roster.of("test", hotter))
                        .runId("run-1")
                        .build()))
                .hasMessageContaining("model 'thinker': params {max_tokens=100} -> {temperature=1}");
        assertThat(model.calls).hasSize(2);
    }

    @Test
    void addingAnEpochToARunBuysOnlyTheNewTrials() throws Exception {
        var model = Scripted.saying("right");
        Rtel rtel = Fixture.rtel(model).store(store).build();
        rtel.run(Fixture.spec(3).runId("run-1").build());
        RunSummary summary = rtel.run(Fixture.spec(3).runId("run-1").epochs(2).build());
        assertThat(summary.progress().total()).isEqualTo(6);
        assertThat(model.calls).hasSize(6);
    }

    @Test
    void aFailingStoreEndsTheRunAtOnce() {
        var model = Scripted.saying("right");
        var failing = new FailingStore(store);
        failing.failOnScored = 2;
        assertThatThrownBy(() -> Fixture.rtel(model)
                        .store(failing)
                        .build()
                        .run(Fixture.spec(50).limits(serial()).build()))
                .hasMessageContaining("disk full");
        assertThat(model.calls).hasSize(2);
    }

    @Test
    void spendingNeverPassesTheLimitAndWhatIsThereIsKept() throws Exception {
        var model = Scripted.saying("right");
        var prices = new PriceBook(
                LocalDate.of(2026, 1, 1), Map.of("lab/thinker", new Price(BigDecimal.ZERO, new BigDecimal("0.00002"))));
        var limits = new Limits(
                4,
                0,
                Duration.ofSeconds(10),
                Optional.of(new BigDecimal("0.0085")),
                OptionalLong.empty(),
                OptionalInt.empty());
        // worst case 100 x 0.00002 = 0.002 a call, really 0.001: the seventh may start at 0.006, the eighth not at
        // 0.007
        RunSummary summary = Fixture.rtel(model)
                .store(store)
                .build()
                .run(Fixture.spec(30).limits(limits).priceBook(prices).build());
        assertThat(summary.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.BUDGET);
        assertThat(summary.progress().knownCostUsd()).isLessThanOrEqualTo(new BigDecimal("0.0085"));
        assertThat(summary.progress().done()).isEqualTo(7);
        assertThat(summary.state()).isEqualTo(RunState.INTERRUPTED);
    }

    @Test
    void anEntryStaysWithinItsOwnLimit() throws Exception {
        Map<String, Integer> peak = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> now = new ConcurrentHashMap<>();
        var model = new Scripted("lab/thinker", (request, context) -> {
            String name = context.trial().model();
            int running = now.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
            peak.merge(name, running, Math::max);
            Thread.onSpinWait();
            now.get(name).decrementAndGet();
            return Fixture.reply("right");
        });
        ModelEntry one = Fixture.entry("one");
        ModelEntry limited = new ModelEntry(
                one.name(),
                one.id(),
                one.client(),
                one.extractor(),
                one.params(),
                one.routing(),
                OptionalInt.of(1),
                one.timeout(),
                false,
                false);
        Fixture.rtel(model)
                .build()
                .run(Fixture.spec(200)
                        .roster(dev.rtel.plan.Roster.of("test", limited, Fixture.entry("many")))
                        .build());
        assertThat(peak.get("one")).isEqualTo(1);
        assertThat(model.calls).hasSize(400);
    }

    @Test
    void stoppingLetsRunningCallsEndAndStartsNoMore() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var model = new Scripted("lab/thinker", (request, context) -> {
            started.countDown();
            await(release);
            return Fixture.reply("right");
        });
        try (PreparedRun run = Fixture.rtel(model)
                .store(store)
                .build()
                .prepare(Fixture.spec(20).limits(serial()).build())) {
            Thread stopper = new Thread(() -> {
                await(started);
                run.stop();
                release.countDown();
            });
            stopper.start();
            RunSummary summary = run.execute();
            stopper.join();
            assertThat(summary.progress().done()).isEqualTo(1);
            assertThat(summary.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.CANCELLED);
        }
    }

    @Test
    void anInterruptedCallIsListedAsSentWithUnknownOutcome() throws Exception {
        var started = new CountDownLatch(1);
        var model = new Scripted("lab/thinker", (request, context) -> {
            started.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                throw sneaky(e);
            }
            return Fixture.reply("right");
        });
        PreparedRun run = Fixture.rtel(model)
                .store(store)
                .build()
                .prepare(Fixture.spec(3).runId("run-1").limits(serial()).build());
        Thread runner = new Thread(() -> {
            try {
                run.execute();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        runner.start();
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        runner.interrupt();
        runner.join();

        List<Attempt> unknown = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void runStarted(RunPlan plan, int pending, List<Attempt> attempts) {
                unknown.addAll(attempts);
            }
        };
        RunSummary summary = Fixture.rtel(Scripted.saying("right"))
                .store(store)
                .listener(listener)
                .build()
                .run(Fixture.spec(3).runId("run-1").limits(serial()).build());
        assertThat(unknown).hasSize(1);
        assertThat(summary.unknown()).hasSize(1);
        TrialRecord again = records(summary).get(0);
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(again.waste().costUsd()).isEmpty();
    }

    @Test
    void anUnreachableProviderStopsTheRunInsteadOfFailingEveryTrial() throws Exception {
        var model = new Scripted("lab/thinker", (request, context) -> {
            throw new ModelException.Transient("connection", "connection refused");
        });
        RunSummary summary = Fixture.rtel(model)
                .store(store)
                .build()
                .run(Fixture.spec(50).limits(serial()).build());
        assertThat(summary.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.UNREACHABLE);
        assertThat(model.calls).hasSize(9);
    }

    @Test
    void listenersHearOfOutcomesInTheOrderTheyBecameDurable() throws Exception {
        List<Integer> order = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void trialFinished(TrialRecord record, Progress progress) {
                order.add(progress.done());
            }

            @Override
            public void trialStarted(Trial trial) {}
        };
        Fixture.rtel(Scripted.saying("right"))
                .store(store)
                .listener(listener)
                .build()
                .run(Fixture.spec(40).build());
        assertThat(order).hasSize(40).isSorted();
    }

    @Test
    void aCacheHitIsQuarantinedAndFlagged() throws Exception {
        var model = new Scripted(
                "lab/thinker",
                (request, context) ->
                        Fixture.reply("right").toBuilder().cacheHit(true).build());
        RunSummary summary =
                Fixture.rtel(model).store(store).build().run(Fixture.spec(1).build());
        TrialRecord record = records(summary).get(0);
        assertThat(record.quarantined()).hasValue("cache-hit");
        assertThat(record.usage().orElseThrow().flags()).isEqualTo(Set.of(dev.rtel.eval.UsageFlag.CACHE_HIT));
    }

    private static Limits serial() {
        return new Limits(1, 2, Duration.ofSeconds(30), Optional.empty(), OptionalLong.empty(), OptionalInt.empty());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw sneaky(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> RuntimeException sneaky(Exception e) throws E {
        throw (E) e;
    }
}
