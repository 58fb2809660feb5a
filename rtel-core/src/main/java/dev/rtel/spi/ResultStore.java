package dev.rtel.spi;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Verbatim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Durable home of plans, attempts and trial records. One run has one writer at a time: the lease taken by
 * {@link #begin}. Writes are durable when they return unless they say otherwise, also when the calling thread is
 * interrupted, and those of one thread take effect in its order; a write that fails changes nothing and takes no other
 * along. Thread-safe. Preview: may change until a second implementation has proved it.
 */
public interface ResultStore extends AutoCloseable {
    /** How much of a record is read back. */
    enum Projection {
        /**
         * What leaderboards are computed from, for runs of 100,000s of trials in little memory. Left out is what only
         * people read; such a record is not to be written back. There stay:
         *
         * <ul>
         *   <li>of the record everything but the outcome;
         *   <li>of a completion, those of roles too: finish reason, latency, times to the first token, provider, served
         *       model, generation id, cache hit and the figures of the billing record; not text, reasoning, usage
         *       object and verbatim texts;
         *   <li>the token usage and cost with their sources and flags;
         *   <li>of a score the value, or the reason why there is none; not answer, explanation and grading detail;
         *   <li>of a failure its type and whether it is retryable; not its message.
         * </ul>
         */
        FIGURES {
            @Override
            public TrialRecord of(TrialRecord record) {
                return record.withOutcome(record.outcome().figures());
            }
        },
        /** Everything but the verbatim replies and billing records, those of roles included. */
        WITHOUT_RAW {
            @Override
            public TrialRecord of(TrialRecord record) {
                return record.withOutcome(record.outcome().withoutVerbatim());
            }
        },
        /** Everything. */
        FULL {
            @Override
            public TrialRecord of(TrialRecord record) {
                return record;
            }
        };

        /** What this leaves of a whole record. */
        public abstract TrialRecord of(TrialRecord record);
    }

    /**
     * Keeps the plan and takes the run's lease. For a known run id the plan replaces the stored one; its records stay.
     *
     * @throws StoreException.Leased if another writer holds the lease; the message names it
     */
    void begin(RunPlan plan);

    /** Keeps the lease alive; called while the run goes on. */
    default void renewLease(String runId) {}

    /** Writes the intent of an attempt, before it is sent. */
    void attemptStarted(Attempt attempt);

    /**
     * Notes the provider's id of an attempt that is still going on. May return before that is durable, but it is so
     * before any later write of the same attempt is.
     */
    void attemptIdentified(String attemptId, String generationId);

    /** Writes how an attempt ended; the provider's id given here replaces one noted before. */
    void attemptEnded(String attemptId, Attempt.End end);

    /**
     * Writes a trial record: upsert by run id and key, and ends the attempt given, all or nothing. A record that was
     * read {@link Projection#WITHOUT_RAW} does not remove the verbatim reply of the same completion, nor the verbatim
     * billing record: what {@link Verbatim#belongsTo} the same stays, unless the record brings another text. So whoever
     * writes a later state of a trial best leaves out the texts that are stored.
     *
     * @throws StoreException if the run is unknown
     */
    void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end);

    /**
     * The same as {@link #record}, but may return before it is durable. It will be so soon, whether or not it is waited
     * for, and before any write is that is asked for later, by whatever thread. What can be refused at once is thrown
     * here.
     */
    default Pending recordSoon(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
        record(record, attemptId, end);
        return () -> {};
    }

    /** A write that may not be durable yet. Thread-safe. */
    @FunctionalInterface
    interface Pending {
        /**
         * Returns when it is durable; interrupts stay pending. May be called again.
         *
         * @throws StoreException if it failed
         */
        void await();
    }

    /** Sets the run's state; any state but running releases the lease. */
    void end(String runId, RunState state, Instant at);

    /** Finds a run. */
    Optional<StoredRun> run(String runId);

    /** Returns all runs, newest first. */
    List<StoredRun> runs();

    /**
     * Reads the records of a run in plan order, each with the fingerprints it was made under. The stream reads as it
     * goes: close it.
     *
     * @throws StoreException if the run is unknown
     */
    Stream<TrialRecord> trials(String runId, Projection projection);

    /** Returns all attempts of a run in order of sending; those without an end are "sent, outcome unknown". */
    List<Attempt> attempts(String runId);

    @Override
    default void close() {}
}
