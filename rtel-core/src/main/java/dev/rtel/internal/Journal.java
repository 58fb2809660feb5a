package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Waste;
import dev.rtel.run.Progress;
import dev.rtel.run.RunListener;
import dev.rtel.spi.ResultStore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every record to the store and of what is durable to the listeners. Stores may be written by many threads at
 * once, so that they can commit together; listeners are told one at a time. A store that fails ends the run. Thread-safe.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private final ResultStore store;
    private final List<RunListener> listeners;
    private final int total;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable RuntimeException storeFailure;
    private int done;
    private int passed;
    private int failed;
    private int unscored;
    private int quarantined;
    private BigDecimal cost = BigDecimal.ZERO;

    Journal(ResultStore store, List<RunListener> listeners, int total) {
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.total = total;
    }

    Optional<RuntimeException> storeFailure() {
        return Optional.ofNullable(storeFailure);
    }

    /** Counts a trial that an earlier session finished. */
    void alreadyDone(TrialRecord record) {
        lock.lock();
        try {
            count(record);
        } finally {
            lock.unlock();
        }
    }

    void attemptStarted(Attempt attempt) {
        write(() -> store.attemptStarted(attempt));
    }

    void attemptIdentified(String attemptId, String generationId) {
        write(() -> store.attemptIdentified(attemptId, generationId));
    }

    void attemptEnded(String attemptId, Attempt.End end) {
        write(() -> store.attemptEnded(attemptId, end));
    }

    /** Makes an unfinished trial durable together with the end of its attempt; nobody is told. */
    void keep(TrialRecord record, String attemptId, Attempt.End end) {
        write(() -> store.record(record, Optional.of(attemptId), Optional.of(end)));
    }

    /**
     * The same for the trial's own completion, without waiting: whatever is written later, the intent of the next call
     * for one, is durable after it.
     */
    ResultStore.Pending keepSoon(TrialRecord record, String attemptId, Attempt.End end) {
        return written(() -> store.recordSoon(record, Optional.of(attemptId), Optional.of(end)));
    }

    /** Returns when what is kept is durable. */
    void await(ResultStore.Pending kept) {
        write(kept::await);
    }

    /** Makes an outcome durable, but for the verbatim texts, which are so already; then tells the listeners. */
    void finish(TrialRecord record) {
        write(() -> store.record(record.withoutVerbatim(), Optional.empty(), Optional.empty()));
        lock.lock();
        try {
            count(record);
            Progress now = progress();
            tell(listener -> listener.trialFinished(record, now));
        } finally {
            lock.unlock();
        }
    }

    /** Makes what became known of a finished trial durable, then tells the listeners. */
    void settle(TrialRecord before, TrialRecord record) {
        write(() -> store.record(record, Optional.empty(), Optional.empty()));
        lock.lock();
        try {
            cost = cost.add(knownCost(record)).subtract(knownCost(before));
            tell(listener -> listener.usageSettled(record));
        } finally {
            lock.unlock();
        }
    }

    Progress progress() {
        lock.lock();
        try {
            return new Progress(done, total, passed, failed, unscored, quarantined, cost);
        } finally {
            lock.unlock();
        }
    }

    /** Tells every listener; what one throws neither stops the others nor the run. */
    void tell(Consumer<RunListener> call) {
        if (listeners.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (RunListener listener : listeners) {
                try {
                    call.accept(listener);
                } catch (RuntimeException e) {
                    LOG.warn("listener {} threw; ignored", listener.getClass().getName(), e);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void count(TrialRecord record) {
        done++;
        if (record.quarantined().isPresent()) {
            quarantined++;
        } else if (record.outcome() instanceof Outcome.Failed) {
            failed++;
        } else if (record.graded().isEmpty()) {
            unscored++;
        } else if (record.passedAlone()) {
            passed++;
        }
        cost = cost.add(knownCost(record));
    }

    /** Known costs of a trial: its completion, its roles, its failed attempts. */
    static BigDecimal knownCost(TrialRecord record) {
        BigDecimal sum = Optional.of(record.waste()).flatMap(Waste::costUsd).orElse(BigDecimal.ZERO);
        RoleUsage roles = RoleUsage.none();
        if (record.outcome() instanceof Outcome.Scored scored) {
            sum = sum.add(scored.usage().cost().usd().orElse(BigDecimal.ZERO));
            roles = scored.graderUsage();
        } else if (record.outcome() instanceof Outcome.Completed completed) {
            roles = completed.roleCalls();
        }
        for (RoleUsage.Call call : roles.calls()) {
            sum = sum.add(call.usage().cost().usd().orElse(BigDecimal.ZERO));
        }
        return sum;
    }

    private void write(Runnable action) {
        written(() -> {
            action.run();
            return true;
        });
    }

    private <T> T written(Supplier<T> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            storeFailure = e;
            throw e;
        }
    }
}
