package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStore.Projection;
import dev.rtel.spi.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void whatIsKnownAndWhatIsUnknownComesBackEqual() throws Exception {
        ResultStore store = fresh();
        RunPlan one = PlanFixtures.plan(RUN, 1, 1, 1);
        int kinds = PlanFixtures.variety(one, one.trials().get(0)).size();
        RunPlan plan = PlanFixtures.plan(RUN, 1, kinds, 1);
        store.begin(plan);
        Map<TrialKey, TrialRecord> written = new LinkedHashMap<>();
        for (int i = 0; i < kinds; i++) {
            Trial trial = plan.trials().get(i);
            TrialRecord record =
                    new ArrayList<>(PlanFixtures.variety(plan, trial).values()).get(i);
            store.record(record, Optional.empty(), Optional.empty());
            written.put(trial.key(), record);
        }

        List<TrialRecord> read = records(persisted(store), Projection.FULL);

        assertThat(read).hasSize(kinds);
        for (TrialRecord record : read) {
            assertThat(record).isEqualTo(written.get(record.key()));
        }
    }

    @Test
    void withoutRawDiffersInTheVerbatimRepliesOnly() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        TrialRecord record = PlanFixtures.scored(plan, plan.trials().get(0));
        store.begin(plan);
        store.record(record, Optional.empty(), Optional.empty());

        assertThat(records(store, Projection.WITHOUT_RAW))
                .map(ResultStoreCompatibilityKit::withoutRaw)
                .containsExactly(withoutRaw(record));
        assertThat(records(store, Projection.FULL)).containsExactly(record);
    }

    @Test
    void recordingWhatWasReadWithoutRawKeepsThePaidReply() throws Exception {
        ResultStore store = fresh();
        RunPlan plan = PlanFixtures.plan(RUN, 1, 1, 1);
        TrialRecord record = PlanFixtures.scored(plan, plan.trials().get(0));
        store.begin(plan);
        store.record(record, Optional.empty(), Optional.empty());
        Optional<String> raw = record.completion().flatMap(Completion::raw);

        TrialRecord readBack = records(store, Projection.WITHOUT_RAW).get(0);
        store.record(readBack, Optional.empty(), Optional.empty());

        assertThat(raw).isPresent();
        assertThat(records(store, Projection.FULL).get(0).completion().flatMap(Completion::raw))
                .isEqualTo(raw);
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

    private static TrialRecord withoutRaw(TrialRecord record) {
        Outcome outcome = record.outcome();
        if (outcome instanceof Outcome.Scored s) {
            TokenUsage usage = s.usage();
            return record.withOutcome(
                    new Outcome.Scored(withoutRaw(s.completion()), usage, s.score(), withoutRaw(s.graderUsage())));
        }
        if (outcome instanceof Outcome.Completed c) {
            return record.withOutcome(new Outcome.Completed(withoutRaw(c.completion()), withoutRaw(c.roleCalls())));
        }
        return record;
    }

    private static RoleUsage withoutRaw(RoleUsage usage) {
        return new RoleUsage(usage.calls().stream()
                .map(c -> new RoleUsage.Call(c.role(), c.model(), withoutRaw(c.completion()), c.usage()))
                .toList());
    }

    private static Completion withoutRaw(Completion completion) {
        return completion.toBuilder().raw(null).build();
    }
}
