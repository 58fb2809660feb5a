package dev.rtel.internal;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractor.Settling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up billing records beside the workers, outside the measured latency: each completion after the extractor's
 * delays until it is there or given up. What stays unknown stays unknown.
 */
final class Settler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final Duration NEEDED_GRACE = Duration.ofSeconds(15);
    private static final Duration CROSS_CHECK_GRACE = Duration.ofSeconds(2);
    private final BiConsumer<TrialRecord, TrialRecord> settled;
    private final ScheduledThreadPoolExecutor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int needed;
    private int crossChecks;

    /** Gives each trial whose usage changed to the consumer: as it was, and as it is now. */
    Settler(BiConsumer<TrialRecord, TrialRecord> settled) {
        this.settled = settled;
        this.threads = new ScheduledThreadPoolExecutor(2, WorkerThreads.named("rtel-settle-"));
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Takes up a scored trial, if there is anything to look up. */
    void submit(TrialRecord record, TokenExtractor extractor) {
        if (!(record.outcome() instanceof Outcome.Scored scored)) {
            return;
        }
        Settling kind;
        List<Duration> delays;
        try {
            kind = extractor.settling(scored.completion(), scored.usage());
            delays = extractor.lookUpDelays();
        } catch (RuntimeException e) {
            LOG.warn("the token extractor of {} threw; its billing record is not looked up", record.key(), e);
            return;
        }
        if (kind == Settling.NONE
                || delays.isEmpty()
                || scored.completion().generationId().isEmpty()) {
            return;
        }
        count(kind, 1);
        schedule(new LookUp(record, scored, extractor, kind, delays), 0);
    }

    private record LookUp(
            TrialRecord record,
            Outcome.Scored scored,
            TokenExtractor extractor,
            Settling kind,
            List<Duration> delays) {}

    private void schedule(LookUp lookUp, int index) {
        if (index >= lookUp.delays().size()) {
            count(lookUp.kind(), -1);
            return;
        }
        Duration before = index == 0 ? Duration.ZERO : lookUp.delays().get(index - 1);
        Duration wait = lookUp.delays().get(index).minus(before);
        threads.schedule(() -> look(lookUp, index), Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void look(LookUp lookUp, int index) {
        Optional<BillingRecord> found = Optional.empty();
        try {
            found = lookUp.extractor()
                    .lookUp(lookUp.scored().completion().generationId().orElseThrow());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            count(lookUp.kind(), -1);
            return;
        } catch (RuntimeException e) {
            LOG.warn(
                    "looking up the billing record of {} failed",
                    lookUp.record().key(),
                    e);
        }
        if (found.isEmpty()) {
            schedule(lookUp, index + 1);
            return;
        }
        try {
            Completion completion = lookUp.scored().completion().toBuilder()
                    .billing(found.get())
                    .build();
            var now = new Outcome.Scored(
                    completion,
                    lookUp.extractor().extract(completion),
                    lookUp.scored().score(),
                    lookUp.scored().graderUsage());
            settled.accept(lookUp.record(), lookUp.record().withOutcome(now));
        } catch (RuntimeException e) {
            // the journal remembers a failed store and ends the run with it
            LOG.info(
                    "the settled usage of {} could not be stored",
                    lookUp.record().key(),
                    e);
        } finally {
            count(lookUp.kind(), -1);
        }
    }

    /** Waits for what is still open: longer for what is missing than for what would only be confirmed. */
    void drain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long start = System.nanoTime();
            while (true) {
                Duration grace = needed > 0 ? NEEDED_GRACE : CROSS_CHECK_GRACE;
                long left = grace.toNanos() - (System.nanoTime() - start);
                if (needed + crossChecks == 0 || left <= 0) {
                    return;
                }
                changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void count(Settling kind, int by) {
        lock.lock();
        try {
            if (kind == Settling.NEEDED) {
                needed += by;
            } else {
                crossChecks += by;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
