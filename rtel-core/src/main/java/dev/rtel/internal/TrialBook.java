package dev.rtel.internal;

import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Waste;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one trial's failed attempts used, and its record once it is finished: billing records that come late change both,
 * one at a time. Thread-safe.
 */
final class TrialBook {
    private final Journal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Waste> failed = new LinkedHashMap<>();
    private @Nullable TrialRecord finished;

    /**
     * Opens the book.
     *
     * @param earlier failed attempts of earlier sessions by attempt id
     */
    TrialBook(Journal journal, Map<String, Waste> earlier) {
        this.journal = journal;
        failed.putAll(earlier);
    }

    /** What failed attempts used so far. */
    Waste waste() {
        lock.lock();
        try {
            return failed.values().stream().reduce(Waste.none(), Waste::plus);
        } finally {
            lock.unlock();
        }
    }

    /** Notes what a failed attempt used; a trial that is finished already is written again. */
    void failed(String attemptId, Waste used) {
        lock.lock();
        try {
            failed.put(attemptId, used);
            rewrite(record -> record);
        } finally {
            lock.unlock();
        }
    }

    /** Makes the outcome durable, with what failed attempts used. */
    TrialRecord finish(TrialRecord record) {
        lock.lock();
        try {
            TrialRecord whole = record.withWaste(waste());
            journal.finish(whole);
            // what is durable need not be held until the billing record comes
            finished = whole.withoutVerbatim();
            return whole;
        } finally {
            lock.unlock();
        }
    }

    /** Takes up a record that an earlier session finished. */
    void finished(TrialRecord record) {
        lock.lock();
        try {
            finished = record.withoutVerbatim();
        } finally {
            lock.unlock();
        }
    }

    /** Changes the finished record and writes it, if that makes a difference. */
    void change(UnaryOperator<TrialRecord> change) {
        lock.lock();
        try {
            rewrite(change);
        } finally {
            lock.unlock();
        }
    }

    private void rewrite(UnaryOperator<TrialRecord> change) {
        TrialRecord before = finished;
        if (before == null) {
            return;
        }
        TrialRecord after = change.apply(before).withWaste(waste());
        if (!after.equals(before)) {
            journal.settle(before, after);
            finished = after.withoutVerbatim();
        }
    }
}
