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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of a run: every record goes through here, one at a time, and listeners hear of it afterwards in the
 * same order. A store that fails ends the run.
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
        locked(() -> {
            done++;
            count(record);
        });
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

    /** Makes an unfinished trial durable; nobody is told. */
    void keep(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
        write(() -> store.record(record, attemptId, end));
    }

    /** Makes an outcome durable, then tells the listeners. */
    void finish(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
        locked(() -> {
            write(() -> store.record(record, attemptId, end));
            done++;
            count(record);
            Progress now = progress();
            tell(listener -> listener.trialFinished(record, now));
        });
    }

    /** Makes settled usage durable, then tells the listeners. */
    void settle(TrialRecord before, TrialRecord record) {
        locked(() -> {
            write(() -> store.record(record, Optional.empty(), Optional.empty()));
            cost = cost.add(knownCost(record)).subtract(knownCost(before));
            tell(listener -> listener.usageSettled(record));
        });
    }

    Progress progress() {
        lock.lock();
        try {
            return new Progress(done, total, passed, failed, unscored, cost);
        } finally {
            lock.unlock();
        }
    }

    /** Tells every listener; what one throws neither stops the others nor the run. */
    void tell(Consumer<RunListener> call) {
        locked(() -> {
            for (RunListener listener : listeners) {
                try {
                    call.accept(listener);
                } catch (RuntimeException e) {
                    LOG.warn("listener {} threw; ignored", listener.getClass().getName(), e);
                }
            }
        });
    }

    private void count(TrialRecord record) {
        if (record.outcome() instanceof Outcome.Failed) {
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
        locked(() -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                storeFailure = e;
                throw e;
            }
        });
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
