package dev.rtel.spi;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import java.util.List;
import java.util.stream.Stream;

/**
 * The records of one run as results are written from: read as often as needed, so that a large run need not fit into
 * memory. Every reading gives the same records in plan order; those that the plan no longer has come last, by key.
 * Not thread-safe. Preview: may change until a second implementation has proved it.
 */
public interface RunRecords {
    /** Returns the run. */
    StoredRun run();

    /**
     * Returns what figures are computed from, for every record; of the texts any may be missing. Held in memory: the same
     * list at every call.
     *
     * @throws StoreException if the store fails
     */
    List<TrialRecord> figures();

    /**
     * Reads the records one by one. The stream reads as it goes: close it.
     *
     * @throws StoreException if the store fails
     */
    Stream<TrialRecord> read(ResultStore.Projection projection);

    /**
     * Returns how many attempts were made, those for grading included.
     *
     * @throws StoreException if the store fails
     */
    int attempts();

    /**
     * Returns those of them whose outcome or charge is not known, in order of sending; see {@link Attempt#unknown}.
     *
     * @throws StoreException if the store fails
     */
    List<Attempt> unknown();

    /** Records that are in memory already, in any order. */
    static RunRecords of(StoredRun run, List<TrialRecord> records, List<Attempt> attempts) {
        return new HeldRecords(run, records, attempts.size(), Attempt.unknown(attempts));
    }

    /** The records of a run in a store; those of a small run are read once and held. */
    static RunRecords stored(ResultStore store, StoredRun run) {
        return new StoredRecords(store, run);
    }
}
