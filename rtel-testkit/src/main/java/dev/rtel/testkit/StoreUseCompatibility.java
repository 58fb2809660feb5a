package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStore.Projection;
import dev.rtel.spi.StoreException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** How a store is used over time and by many: attempts, reopening, a second writer, streams, threads. */
abstract class StoreUseCompatibility extends OpenedStores {
    private static final int WRITERS = 4;
    private static final int MANY_WRITERS = 32;

    @Test
    void anAttemptWithoutAnEndStaysSentOutcomeUnknown() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        Attempt attempt = PlanFixtures.attempt(plan, plan.trials().get(0), 1);
        store.begin(plan);
        store.attemptStarted(attempt);

        assertThat(persisted(store).attempts(RUN)).containsExactly(attempt);
    }

    @Test
    void attemptsComeInOrderOfSendingWithIdAndEnd() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        Trial trial = plan.trials().get(0);
        Map<String, @Nullable Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", 7);
        usage.put("cost", null);
        Attempt.End failed = new Attempt.End(
                PlanFixtures.CREATED_AT.plusNanos(5),
                Optional.of(new Failure("rate_limit_exceeded", "429: slow down", true)),
                usage,
                Optional.of(new BigDecimal("0.000000120")),
                Optional.of("gen-1"));
        Attempt.End done = Attempt.End.succeeded(PlanFixtures.CREATED_AT, Optional.empty(), Optional.empty());
        Attempt first = PlanFixtures.attempt(plan, trial, 1);
        Attempt second = PlanFixtures.attempt(plan, trial, 2);
        store.begin(plan);
        store.attemptStarted(first);
        store.attemptEnded(first.id(), failed);
        store.attemptStarted(second);
        store.attemptIdentified(second.id(), "gen-2");
        store.record(PlanFixtures.scored(plan, trial), Optional.of(second.id()), Optional.of(done));

        assertThat(persisted(store).attempts(RUN))
                .containsExactly(
                        with(first, Optional.of("gen-1"), Optional.of(failed)),
                        with(second, Optional.of("gen-2"), Optional.of(done)));
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() throws Exception {
        Assumptions.assumeTrue(supportsReopen(), "the store does not outlive its object");
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 2, 2, 1);
        store.begin(plan);
        plan.trials().forEach(t -> store.record(PlanFixtures.scored(plan, t), Optional.empty(), Optional.empty()));
        store.end(RUN, RunState.FINISHED, PlanFixtures.CREATED_AT);

        ResultStore again = keep(reopen(store));

        assertThat(again.run(RUN))
                .contains(new StoredRun(plan, RunState.FINISHED, Optional.of(PlanFixtures.CREATED_AT)));
        assertThat(records(again, Projection.FULL))
                .containsExactlyElementsOf(plan.trials().stream()
                        .map(t -> PlanFixtures.scored(plan, t))
                        .toList());
    }

    @Test
    void aRunBrokenOffByClosingCanBeTakenUpAgain() throws Exception {
        Assumptions.assumeTrue(supportsReopen(), "the store does not outlive its object");
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        store.begin(plan);

        ResultStore again = keep(reopen(store));
        again.begin(plan);
        again.renewLease(RUN);
        again.record(PlanFixtures.failed(plan, plan.trials().get(0)), Optional.empty(), Optional.empty());

        assertThat(records(again, Projection.FULL)).hasSize(1);
    }

    @Test
    void aSecondWriterIsRefusedUntilTheRunHasEnded() throws Exception {
        ResultStore store = fresh();
        Optional<ResultStore> beside = openBeside(store);
        Assumptions.assumeTrue(beside.isPresent(), "the store cannot be opened twice");
        ResultStore second = keep(beside.orElseThrow());
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        store.begin(plan);
        store.begin(plan);
        store.renewLease(RUN);

        assertThatThrownBy(() -> second.begin(plan))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(RUN);
        assertThat(second.run(RUN)).isPresent();
        second.begin(PlanFixtures.plan("other-run", 1, 1, 1));

        store.end(RUN, RunState.INTERRUPTED, PlanFixtures.CREATED_AT);
        second.begin(plan);
        assertThatThrownBy(() -> store.begin(plan)).isInstanceOf(StoreException.class);
    }

    @Test
    void manyRecordsStreamAndAStreamMayBeLeftEarly() throws Exception {
        ResultStore store = fresh();
        int count = manyRecords();
        RunPlan plan = PlanFixtures.plan(RUN, 1, count / 10, 10);
        store.begin(plan);
        plan.trials().forEach(t -> store.record(PlanFixtures.completed(plan, t), Optional.empty(), Optional.empty()));

        try (Stream<TrialRecord> trials = store.trials(RUN, Projection.WITHOUT_RAW)) {
            assertThat(trials.limit(3)).hasSize(3);
        }
        try (Stream<TrialRecord> trials = store.trials(RUN, Projection.WITHOUT_RAW)) {
            assertThat(trials.count()).isEqualTo(plan.trials().size());
        }
    }

    @Test
    void writingGoesOnWhileAStreamIsRead() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 20, 1);
        store.begin(plan);
        List<Trial> half = plan.trials().subList(0, 10);
        half.forEach(t -> store.record(PlanFixtures.completed(plan, t), Optional.empty(), Optional.empty()));

        try (Stream<TrialRecord> trials = store.trials(RUN, Projection.FULL)) {
            trials.forEach(r -> store.record(PlanFixtures.scored(plan, r.trial()), Optional.empty(), Optional.empty()));
        }

        assertThat(records(store, Projection.FULL))
                .containsExactlyElementsOf(
                        half.stream().map(t -> PlanFixtures.scored(plan, t)).toList());
    }

    @Test
    void manyThreadsMayWriteAndReadThroughOneStore() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, WRITERS, 25, 1);
        store.begin(plan);

        together(WRITERS + 1, number -> {
            if (number == WRITERS) {
                for (int i = 0; i < 20; i++) {
                    records(store, Projection.FULL)
                            .forEach(r -> assertThat(r.completion()).isPresent());
                }
            }
            plan.trials().stream()
                    .filter(t -> t.key().model().equals("model-" + (number + 1)))
                    .forEach(t -> run(store, plan, t));
        });

        assertThat(records(persisted(store), Projection.FULL))
                .containsExactlyElementsOf(plan.trials().stream()
                        .map(t -> PlanFixtures.scored(plan, t))
                        .toList());
    }

    @Test
    void manyWritersOfOneRunLoseNothingAndEachTrialEndsInItsLastState() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, MANY_WRITERS, 5, 1);
        store.begin(plan);

        together(
                MANY_WRITERS,
                writer -> plan.trials().stream()
                        .filter(t -> t.key().model().equals("model-" + (writer + 1)))
                        .forEach(t -> runToTheEnd(store, plan, t)));

        ResultStore again = persisted(store);
        assertThat(records(again, Projection.FULL))
                .containsExactlyElementsOf(plan.trials().stream()
                        .map(t -> PlanFixtures.scored(plan, t))
                        .toList());
        assertThat(again.attempts(RUN)).hasSameSizeAs(plan.trials()).allSatisfy(attempt -> {
            assertThat(attempt.generationId()).contains("gen-of-" + attempt.id());
            assertThat(attempt.end()).isPresent();
        });
    }

    @Test
    void oneBadWriteTakesNoOtherAlong() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, MANY_WRITERS, 1);
        RunPlan unknown = PlanFixtures.plan("no-such-run", 1, MANY_WRITERS, 1);
        store.begin(plan);

        together(MANY_WRITERS, writer -> {
            for (int i = 0; i < 5; i++) {
                if (writer % 4 == 0) {
                    TrialRecord bad =
                            PlanFixtures.failed(unknown, unknown.trials().get(writer));
                    assertThatThrownBy(() -> store.record(bad, Optional.empty(), Optional.empty()))
                            .isInstanceOf(StoreException.class)
                            .hasMessageContaining("no-such-run");
                } else {
                    store.record(
                            PlanFixtures.scored(plan, plan.trials().get(writer)), Optional.empty(), Optional.empty());
                }
            }
        });

        assertThat(records(persisted(store), Projection.FULL))
                .containsExactlyElementsOf(plan.trials().stream()
                        .filter(t -> plan.trials().indexOf(t) % 4 != 0)
                        .map(t -> PlanFixtures.scored(plan, t))
                        .toList());
    }

    @Test
    void anInterruptedThreadStillGetsItsRecordStored() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        store.begin(plan);

        Thread.currentThread().interrupt();
        store.record(PlanFixtures.scored(plan, plan.trials().get(0)), Optional.empty(), Optional.empty());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(records(persisted(store), Projection.FULL)).hasSize(1);
    }

    /** Runs the same at the same time on many threads, numbered from 0, and passes on what any of them throws. */
    private static void together(int count, IntConsumer work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    work.accept(number);
                    return number;
                }));
            }
            start.countDown();
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** All states of a trial as a run writes them: texts once, the provider's id early, the billing record last. */
    private static void runToTheEnd(ResultStore store, RunPlan plan, Trial trial) {
        Attempt attempt = PlanFixtures.attempt(plan, trial, 1);
        TrialRecord settled = PlanFixtures.scored(plan, trial);
        Outcome.Scored last = (Outcome.Scored) settled.outcome();
        Completion reply = last.completion().toBuilder().billing(null).build();
        store.attemptStarted(attempt);
        store.attemptIdentified(attempt.id(), "gen-of-" + attempt.id());
        store.record(
                settled.withOutcome(new Outcome.Completed(reply)),
                Optional.of(attempt.id()),
                Optional.of(Attempt.End.succeeded(PlanFixtures.CREATED_AT, Optional.empty(), Optional.empty())));
        store.record(
                settled.withOutcome(new Outcome.Scored(
                        reply.toBuilder().raw(null).build(), last.usage(), last.score(), last.graderUsage())),
                Optional.empty(),
                Optional.empty());
        store.record(
                settled.withOutcome(new Outcome.Scored(
                        last.completion().toBuilder().raw(null).build(),
                        last.usage(),
                        last.score(),
                        last.graderUsage())),
                Optional.empty(),
                Optional.empty());
    }

    private static void run(ResultStore store, RunPlan plan, Trial trial) {
        Attempt attempt = PlanFixtures.attempt(plan, trial, 1);
        store.attemptStarted(attempt);
        store.record(
                PlanFixtures.completed(plan, trial),
                Optional.of(attempt.id()),
                Optional.of(Attempt.End.succeeded(PlanFixtures.CREATED_AT, Optional.empty(), Optional.empty())));
        store.record(PlanFixtures.scored(plan, trial), Optional.empty(), Optional.empty());
    }

    private static Attempt with(Attempt a, Optional<String> generationId, Optional<Attempt.End> end) {
        return new Attempt(a.id(), a.runId(), a.trial(), a.role(), a.number(), a.sentAt(), generationId, end);
    }
}
