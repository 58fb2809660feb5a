package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Verbatim;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStore.Projection;
import dev.rtel.spi.StoreException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link ResultStore} must do. Extend it in the tests of a store; each test opens stores of its own. */
public abstract class ResultStoreCompatibilityKit extends StoreUseCompatibility {
    /** For subclasses. */
    protected ResultStoreCompatibilityKit() {}

    /** Opens a new, empty store. */
    @Override
    protected abstract ResultStore open() throws Exception;

    /** Closes the store and opens the same data again; not called unless {@link #supportsReopen}. */
    @Override
    protected ResultStore reopen(ResultStore store) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Whether data outlives the store object. */
    @Override
    protected boolean supportsReopen() {
        return true;
    }

    /** Opens the same data a second time while the first is open, as another writer would; empty = not possible. */
    @Override
    protected Optional<ResultStore> openBeside(ResultStore store) throws Exception {
        return Optional.empty();
    }

    /** How many records the streaming test writes; 100,000 is a good size for a thorough run. */
    @Override
    protected int manyRecords() {
        return 5_000;
    }

    @Test
    void aNewStoreKnowsNoRun() throws Exception {
        ResultStore store = fresh();

        assertThat(store.runs()).isEmpty();
        assertThat(store.run(RUN)).isEmpty();
        assertThat(store.attempts(RUN)).isEmpty();
    }

    @Test
    void readingTrialsOfAnUnknownRunNamesTheRun() throws Exception {
        ResultStore store = fresh();

        assertThatThrownBy(() -> store.trials("no-such-run", Projection.FULL).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no-such-run");
    }

    @Test
    void recordingOrEndingAnUnknownRunNamesTheRun() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan("no-such-run", 1, 1, 1);
        TrialRecord record = PlanFixtures.failed(plan, plan.trials().get(0));

        assertThatThrownBy(() -> store.record(record, Optional.empty(), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no-such-run");
        assertThatThrownBy(() -> store.end("no-such-run", RunState.FINISHED, Instant.EPOCH))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no-such-run");
    }

    @Test
    void aBegunRunIsRunningWithItsWholePlan() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 2, 3, 2);

        store.begin(plan);

        assertThat(store.run(RUN)).contains(new StoredRun(plan, RunState.RUNNING, Optional.empty()));
        assertThat(records(store, Projection.FULL)).isEmpty();
    }

    @Test
    void anEndedRunKeepsStateAndTime() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        Instant at = Instant.parse("2026-11-20T15:00:00.000000001Z");
        for (RunState state : List.of(RunState.FINISHED, RunState.FAILED, RunState.CANCELLED, RunState.INTERRUPTED)) {
            store.begin(plan);
            assertThat(store.run(RUN).orElseThrow().state()).isEqualTo(RunState.RUNNING);

            store.end(RUN, state, at);

            assertThat(store.run(RUN)).contains(new StoredRun(plan, state, Optional.of(at)));
        }
    }

    @Test
    void runsAreListedNewestFirst() throws Exception {
        ResultStore store = fresh();
        Instant time = Instant.parse("2026-11-20T14:00:00Z");
        store.begin(PlanFixtures.plan("run-b", time.plusMillis(500), 1, 1, 1));
        store.begin(PlanFixtures.plan("run-a", time, 1, 1, 1));
        store.begin(PlanFixtures.plan("run-d", time.plusSeconds(1), 1, 1, 1));
        store.begin(PlanFixtures.plan("run-c", time.minusSeconds(1), 1, 1, 1));

        assertThat(store.runs()).extracting(r -> r.plan().runId()).containsExactly("run-d", "run-b", "run-a", "run-c");
    }

    @Test
    void whatIsKnownAndWhatIsUnknownComesBackEqualButForWhatAProjectionLeavesOut() throws Exception {
        ResultStore store = fresh();
        RunPlan one = PlanFixtures.plan(RUN, 1, 1, 1);
        int kinds = PlanFixtures.variety(one, one.trials().get(0)).size();
        RunPlan plan = PlanFixtures.plan(RUN, 1, kinds, 1);
        store.begin(plan);
        List<TrialRecord> written = new ArrayList<>();
        for (Trial trial : plan.trials()) {
            List<TrialRecord> variety =
                    List.copyOf(PlanFixtures.variety(plan, trial).values());
            written.add(variety.get(written.size()));
        }
        written.forEach(record -> store.record(record, Optional.empty(), Optional.empty()));

        ResultStore again = persisted(store);

        for (Projection projection : Projection.values()) {
            assertThat(records(again, projection))
                    .as("%s", projection)
                    .containsExactlyElementsOf(
                            written.stream().map(projection::of).toList());
        }
    }

    @Test
    void recordingWhatWasReadWithoutRawKeepsEveryVerbatimText() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        TrialRecord record = PlanFixtures.scored(plan, plan.trials().get(0));
        store.begin(plan);
        store.record(record, Optional.empty(), Optional.empty());

        TrialRecord readBack = records(store, Projection.WITHOUT_RAW).get(0);
        store.record(readBack, Optional.empty(), Optional.empty());

        assertThat(Verbatim.of(record))
                .extracting(Verbatim::text)
                .contains(record.completion().orElseThrow().raw());
        assertThat(records(persisted(store), Projection.FULL)).containsExactly(record);
    }

    @Test
    void laterStatesMayLeaveOutTheTextsThatAreStored() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        TrialRecord settled = PlanFixtures.scored(plan, plan.trials().get(0));
        Outcome.Scored outcome = (Outcome.Scored) settled.outcome();
        Completion unbilled = outcome.completion().toBuilder().billing(null).build();
        Completion known = outcome.completion().toBuilder().raw(null).build();
        store.begin(plan);

        store.record(
                settled.withOutcome(new Outcome.Completed(unbilled, outcome.graderUsage())),
                Optional.empty(),
                Optional.empty());
        store.record(
                Projection.WITHOUT_RAW.of(settled.withOutcome(
                        new Outcome.Scored(unbilled, outcome.usage(), outcome.score(), outcome.graderUsage()))),
                Optional.empty(),
                Optional.empty());
        store.record(
                settled.withOutcome(new Outcome.Scored(known, outcome.usage(), outcome.score(), outcome.graderUsage())),
                Optional.empty(),
                Optional.empty());

        assertThat(records(persisted(store), Projection.FULL)).containsExactly(settled);
    }

    @Test
    void aBillingRecordWithOtherFiguresTakesItsOldTextAlong() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        Trial trial = plan.trials().get(0);
        BillingRecord first = billed("0.5").withRaw(Optional.of("{\"cost\": 0.5}"));
        BillingRecord second = billed("0.50");
        Completion reply = Completion.builder().text("4").raw("{}").build();
        store.begin(plan);
        store.record(
                PlanFixtures.record(
                        plan,
                        trial,
                        new Outcome.Completed(reply.toBuilder().billing(first).build())),
                Optional.empty(),
                Optional.empty());

        TrialRecord later = PlanFixtures.record(
                plan,
                trial,
                new Outcome.Completed(reply.toBuilder().billing(second).build()));
        store.record(later, Optional.empty(), Optional.empty());

        assertThat(records(store, Projection.FULL)).containsExactly(later);
    }

    @Test
    void aRawReplyGoesWithItsCompletion() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        Trial trial = plan.trials().get(0);
        store.begin(plan);
        store.record(PlanFixtures.scored(plan, trial), Optional.empty(), Optional.empty());

        store.record(PlanFixtures.completed(plan, trial), Optional.empty(), Optional.empty());

        assertThat(records(store, Projection.FULL)).containsExactly(PlanFixtures.completed(plan, trial));
    }

    @Test
    void aTrialIsKeptOnceAndTheLatestRecordHolds() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 2, 1);
        Trial trial = plan.trials().get(0);
        store.begin(plan);
        store.record(PlanFixtures.failed(plan, trial), Optional.empty(), Optional.empty());
        store.record(PlanFixtures.completed(plan, trial), Optional.empty(), Optional.empty());
        store.record(PlanFixtures.scored(plan, trial), Optional.empty(), Optional.empty());

        assertThat(records(persisted(store), Projection.FULL)).containsExactly(PlanFixtures.scored(plan, trial));
    }

    @Test
    void whatIsToBeDurableSoonIsSoBeforeAnyLaterWriteIs() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 2, 1);
        Trial first = plan.trials().get(0);
        Trial second = plan.trials().get(1);
        Attempt attempt = PlanFixtures.attempt(plan, first, 1);
        store.begin(plan);
        store.attemptStarted(attempt);
        Attempt.End end = Attempt.End.succeeded(PlanFixtures.CREATED_AT, Optional.empty(), Optional.of("gen-1"));

        ResultStore.Pending pending =
                store.recordSoon(PlanFixtures.completed(plan, first), Optional.of(attempt.id()), Optional.of(end));
        Thread another =
                new Thread(() -> store.attemptStarted(PlanFixtures.attempt(plan, second, 1)), "another-writer");
        another.start();
        another.join();

        assertThat(records(store, Projection.FULL)).containsExactly(PlanFixtures.completed(plan, first));
        assertThat(store.attempts(RUN)).filteredOn(a -> a.end().isEmpty()).hasSize(1);
        pending.await();
        store.record(PlanFixtures.scored(plan, first), Optional.empty(), Optional.empty());
        pending.await();
        assertThat(records(persisted(store), Projection.FULL)).containsExactly(PlanFixtures.scored(plan, first));
    }

    @Test
    void trialsComeInPlanOrderAndThoseNotRunAreAbsent() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 3, 4, 2);
        store.begin(plan);
        List<Trial> some = new ArrayList<>(plan.trials().subList(2, 20));
        Collections.reverse(some);
        some.forEach(t -> store.record(PlanFixtures.completed(plan, t), Optional.empty(), Optional.empty()));

        assertThat(records(store, Projection.FULL))
                .extracting(TrialRecord::trial)
                .containsExactlyElementsOf(plan.trials().subList(2, 20));
    }

    @Test
    void aNewPlanKeepsTheRecordsAndGivesThemItsOrder() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 3, 1);
        store.begin(plan);
        plan.trials().forEach(t -> store.record(PlanFixtures.scored(plan, t), Optional.empty(), Optional.empty()));
        Trial first = plan.trials().get(0);
        Trial second = plan.trials().get(1);
        Trial third = plan.trials().get(2);

        store.begin(PlanFixtures.withTrials(plan, List.of(third, first)));
        assertThat(records(store, Projection.FULL))
                .extracting(TrialRecord::trial)
                .containsExactly(third, first);

        RunPlan more = PlanFixtures.plan(RUN, 1, 4, 1);
        store.begin(more);
        assertThat(records(store, Projection.FULL))
                .containsExactly(
                        PlanFixtures.scored(plan, first),
                        PlanFixtures.scored(plan, second),
                        PlanFixtures.scored(plan, third));
    }

    @Test
    void aRecordKeepsTheFingerprintsItWasMadeUnder() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        Trial trial = plan.trials().get(0);
        store.begin(plan);
        store.record(PlanFixtures.scored(plan, trial), Optional.empty(), Optional.empty());
        Trial changed = new Trial(
                trial.key(), trial.model(), trial.task(), trial.sample(), trial.messages(), "c1:other", "g1:other");

        store.begin(PlanFixtures.withTrials(plan, List.of(changed)));

        Trial stored = records(store, Projection.FULL).get(0).trial();
        assertThat(stored.completionFingerprint()).isEqualTo(trial.completionFingerprint());
        assertThat(stored.gradeFingerprint()).isEqualTo(trial.gradeFingerprint());
    }

    @Test
    void runsDoNotMix() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        RunPlan other = PlanFixtures.plan("other-run", 1, 1, 1);
        store.begin(plan);
        store.begin(other);
        store.attemptStarted(PlanFixtures.attempt(plan, plan.trials().get(0), 1));
        store.record(PlanFixtures.failed(plan, plan.trials().get(0)), Optional.empty(), Optional.empty());

        try (Stream<TrialRecord> trials = store.trials("other-run", Projection.FULL)) {
            assertThat(trials).isEmpty();
        }
        assertThat(store.attempts("other-run")).isEmpty();
        assertThat(store.attempts(RUN)).hasSize(1);
    }

    private static BillingRecord billed(String usd) {
        return new BillingRecord(
                Optional.of("gen-1"),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(new BigDecimal(usd)),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }
}
