package dev.rtel.internal;

import dev.rtel.eval.BillingRecord;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractor.Settling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up billing records beside the workers, outside the measured latency: each after the extractor's delays until it
 * is there or given up. Waits that lately proved too short are left out. Thread-safe.
 */
final class LookUps implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);
    private static final Duration NEEDED_GRACE = Duration.ofSeconds(15);
    private static final Duration CROSS_CHECK_GRACE = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration OVERDUE = Duration.ofMillis(200);
    private static final int MOST_THREADS = 16;
    private static final int MOST_CROSS_CHECKS = 4_000;
    private static final double MEMORY = 0.8;
    private final ScheduledThreadPoolExecutor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<LookUp, Step> steps = new ConcurrentHashMap<>();
    private int needed;
    private int crossChecks;
    private double usualLagSeconds;
    private boolean leftOut;

    LookUps(int concurrency) {
        threads = new ScheduledThreadPoolExecutor(
                Math.max(2, Math.min(MOST_THREADS, concurrency)), WorkerThreads.named("rtel-settle-"));
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * One record to look up.
     *
     * @param what for log lines
     * @param kind {@link Settling#NEEDED} or {@link Settling#CROSS_CHECK}
     * @param found told of the record; what it throws is logged
     */
    record Request(
            String what, Settling kind, String generationId, TokenExtractor extractor, Consumer<BillingRecord> found) {}

    /** Takes up a look-up, if the extractor makes any. */
    void submit(Request request) {
        List<Duration> delays;
        try {
            delays = request.extractor().lookUpDelays();
        } catch (RuntimeException e) {
            LOG.warn("the token extractor of {} threw; its billing record is not looked up", request.what(), e);
            return;
        }
        if (request.kind() == Settling.NONE || delays.isEmpty()) {
            return;
        }
        if (!takenUp(request.kind())) {
            return;
        }
        schedule(new LookUp(request, delays, System.nanoTime()), firstLook(delays));
        takeOverdue();
    }

    /** Whoever outruns the look-ups takes one over that is overdue, so that calls are compared as fast as they are made. */
    private void takeOverdue() {
        BlockingQueue<Runnable> queue = threads.getQueue();
        if (queue.peek() instanceof Delayed first && first.getDelay(TimeUnit.MILLISECONDS) < -OVERDUE.toMillis()) {
            Runnable due = queue.poll();
            if (due != null) {
                due.run();
            }
        }
    }

    /** Every one of them holds its trial: checks of a provider whose records do not come must not pile up. */
    private boolean takenUp(Settling kind) {
        lock.lock();
        try {
            if (kind == Settling.CROSS_CHECK && crossChecks >= MOST_CROSS_CHECKS) {
                if (!leftOut) {
                    LOG.info("billing records are too late to be compared during the run; later: rtel reconcile");
                }
                leftOut = true;
                return false;
            }
            count(kind, 1);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private record LookUp(Request request, List<Duration> delays, long submittedAt) {
        /** Nanoseconds until a look is due. */
        long waitFor(int index) {
            return delays.get(index).toNanos() - (System.nanoTime() - submittedAt);
        }
    }

    /** A look that is to come. */
    private record Step(int index) {}

    /** The last wait that is still shorter than records lately took; the first one unless they took longer. */
    private int firstLook(List<Duration> delays) {
        double lag = usualLag();
        int index = 0;
        while (index + 1 < delays.size() && seconds(delays.get(index + 1)) < lag * MEMORY) {
            index++;
        }
        return index;
    }

    private void schedule(LookUp lookUp, int index) {
        if (index >= lookUp.delays().size()) {
            count(lookUp.request().kind(), -1);
            return;
        }
        long wait = lookUp.waitFor(index);
        Step step = new Step(index);
        steps.put(lookUp, step); // before it can begin
        threads.schedule(() -> claim(lookUp, step, index + 1), Math.max(0, wait), TimeUnit.NANOSECONDS);
    }

    /** Looks, unless somebody has done so. */
    private void claim(LookUp lookUp, Step step, int next) {
        if (steps.remove(lookUp, step)) {
            look(lookUp, next);
        }
    }

    private void look(LookUp lookUp, int next) {
        Request request = lookUp.request();
        Optional<BillingRecord> found = Optional.empty();
        try {
            found = request.extractor().lookUp(request.generationId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            count(request.kind(), -1);
            return;
        } catch (RuntimeException e) {
            LOG.warn("looking up the billing record of {} failed", request.what(), e);
        }
        if (found.isEmpty()) {
            schedule(lookUp, next);
            return;
        }
        learn(System.nanoTime() - lookUp.submittedAt());
        try {
            request.found().accept(found.get());
        } catch (RuntimeException e) {
            // the journal remembers a failed store and ends the run with it
            LOG.info("the settled usage of {} could not be stored", request.what(), e);
        } finally {
            count(request.kind(), -1);
        }
    }

    private double usualLag() {
        lock.lock();
        try {
            return usualLagSeconds;
        } finally {
            lock.unlock();
        }
    }

    private void learn(long nanos) {
        lock.lock();
        try {
            usualLagSeconds = MEMORY * usualLagSeconds + (1 - MEMORY) * (nanos / 1e9);
        } finally {
            lock.unlock();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /**
     * Waits for what is still open: longer for what is missing than for what would only be confirmed. There is nothing
     * else to do now, so that the first look is made at once, unless records lately took longer.
     */
    void drain() throws InterruptedException {
        steps.forEach((lookUp, step) -> {
            boolean first =
                    step.index() == 0 && usualLag() <= seconds(lookUp.delays().get(0));
            if (first && lookUp.waitFor(0) > SHORT.toNanos()) {
                threads.execute(() -> claim(lookUp, step, 0));
            }
        });
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
            if (needed + crossChecks == 0 || needed == 0 && by < 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
