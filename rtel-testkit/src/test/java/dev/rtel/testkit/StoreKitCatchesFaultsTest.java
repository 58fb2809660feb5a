package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A kit that cannot fail proves nothing: each of these stores has one fault. */
class StoreKitCatchesFaultsTest {
    private static ResultStoreCompatibilityKit kit(Supplier<ResultStore> stores) {
        return new ResultStoreCompatibilityKit() {
            @Override
            protected ResultStore open() {
                return stores.get();
            }

            @Override
            protected boolean supportsReopen() {
                return false;
            }
        };
    }

    private static void caught(ThrowingCallable test) {
        assertThatThrownBy(test).isInstanceOfAny(AssertionError.class, java.util.concurrent.ExecutionException.class);
    }

    /** Without fault until a method is overridden. */
    private static class Forwarding implements ResultStore {
        final ResultStore inner = new InMemoryResultStore();

        @Override
        public void begin(RunPlan plan) {
            inner.begin(plan);
        }

        @Override
        public void attemptStarted(Attempt attempt) {
            inner.attemptStarted(attempt);
        }

        @Override
        public void attemptIdentified(String attemptId, String generationId) {
            inner.attemptIdentified(attemptId, generationId);
        }

        @Override
        public void attemptEnded(String attemptId, Attempt.End end) {
            inner.attemptEnded(attemptId, end);
        }

        @Override
        public void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
            inner.record(record, attemptId, end);
        }

        @Override
        public void end(String runId, RunState state, Instant at) {
            inner.end(runId, state, at);
        }

        @Override
        public Optional<StoredRun> run(String runId) {
            return inner.run(runId);
        }

        @Override
        public List<StoredRun> runs() {
            return inner.runs();
        }

        @Override
        public Stream<TrialRecord> trials(String runId, Projection projection) {
            return inner.trials(runId, projection);
        }

        @Override
        public List<Attempt> attempts(String runId) {
            return inner.attempts(runId);
        }
    }

    @Test
    void aStoreThatForgetsTextsIsCaught() {
        Supplier<ResultStore> forgetful = () -> new Forwarding() {
            @Override
            public void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
                // a failed record in between takes the texts of the stored one along
                TrialRecord nothing = PlanFixtures.failed(
                        inner.run(record.runId()).orElseThrow().plan(), record.trial());
                inner.record(nothing, Optional.empty(), Optional.empty());
                inner.record(record, attemptId, end);
            }
        };
        caught(() -> kit(forgetful).recordingWhatWasReadWithoutRawKeepsEveryVerbatimText());
        caught(() -> kit(forgetful).laterStatesMayLeaveOutTheTextsThatAreStored());
        caught(() -> kit(forgetful).manyWritersOfOneRunLoseNothingAndEachTrialEndsInItsLastState());
    }

    @Test
    void aStoreThatWritesOnlyWhenItIsWaitedForIsCaught() {
        Supplier<ResultStore> lazy = () -> new Forwarding() {
            @Override
            public Pending recordSoon(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
                return () -> inner.record(record, attemptId, end);
            }
        };
        caught(() -> kit(lazy).whatIsToBeDurableSoonIsSoBeforeAnyLaterWriteIs());
    }

    @Test
    void aStoreThatIgnoresTheProjectionIsCaught() {
        Supplier<ResultStore> generous = () -> new Forwarding() {
            @Override
            public Stream<TrialRecord> trials(String runId, Projection projection) {
                return inner.trials(runId, Projection.FULL);
            }
        };
        caught(() -> kit(generous).whatIsKnownAndWhatIsUnknownComesBackEqualButForWhatAProjectionLeavesOut());
    }

    @Test
    void aStoreWhereABadWriteTakesTheNextOneAlongIsCaught() {
        Supplier<ResultStore> fragile = () -> new Forwarding() {
            private final AtomicBoolean broken = new AtomicBoolean();

            @Override
            public void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
                if (broken.getAndSet(false)) {
                    throw new StoreException("the write before failed", null);
                }
                try {
                    inner.record(record, attemptId, end);
                } catch (StoreException e) {
                    broken.set(true);
                    throw e;
                }
            }
        };
        caught(() -> kit(fragile).oneBadWriteTakesNoOtherAlong());
    }
}
