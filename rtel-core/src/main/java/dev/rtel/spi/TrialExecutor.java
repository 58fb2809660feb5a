package dev.rtel.spi;

import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import java.util.Optional;

/** Runs one trial: intent, complete, durable, account, grade, durable, listeners. Thread-safe. */
public interface TrialExecutor {
    /**
     * Runs one trial to its outcome; blocks. A failed trial is an outcome, not an exception.
     *
     * @return the record, or empty when the run is stopping and the trial was not run
     * @throws RuntimeException if the store failed; the run then ends
     * @throws InterruptedException if interrupted; an attempt in flight stays "sent, outcome unknown"
     */
    Optional<TrialRecord> execute(Trial trial) throws InterruptedException;

    /**
     * Like {@link #execute(Trial)}, giving up its place while the trial only waits, and for good once it makes no more
     * calls: whether the place is held when this returns, the slot knows.
     */
    default Optional<TrialRecord> execute(Trial trial, Slot slot) throws InterruptedException {
        return execute(trial);
    }

    /** Returns whether the trial could be sent now: its provider has not asked for a pause and is not at its limit. */
    default boolean ready(Trial trial) {
        return true;
    }

    /** Returns true once a limit is reached, the key was refused, the user cancelled or the store failed. */
    boolean stopping();
}
