package dev.rtel.internal;

import dev.rtel.eval.Trial;
import dev.rtel.spi.Slot;
import dev.rtel.spi.TrialExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The trials that wait, and the places of those that run: hands out the first in plan order whose entry is below its own
 * limit and whose provider takes calls. A trial that gave up its place gets one back before a new trial starts.
 * Thread-safe.
 */
final class TrialQueue {
    /** A provider's pause ends without a word: then it is looked again. */
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

    /** Each trial under way has a thread: so many may be without a place before no more are begun. */
    private static final int PAUSED_PER_PLACE = 8;

    private final TrialExecutor executor;
    private final Runnable placeFree;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition placeOrTrial = lock.newCondition();
    private final Condition placeForReturn = lock.newCondition();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final int mostPaused;
    private int places;
    private int returning;
    private int waiting;
    private int takers;
    private int coming;
    private int paused;
    private boolean scouting;
    private boolean closed;

    /** The trials of one entry, in plan order. */
    private static final class Entry {
        final Deque<Numbered> trials = new ArrayDeque<>();
        final int limit;
        int running;

        Entry(int limit) {
            this.limit = limit;
        }
    }

    private record Numbered(int number, Trial trial) {}

    /**
     * Queues the trials.
     *
     * @param places how many may run at the same time
     * @param placeFree told when a running trial gave up its place and more are free than ask for trials
     */
    TrialQueue(List<Trial> pending, int places, TrialExecutor executor, Runnable placeFree) {
        this.executor = executor;
        this.placeFree = placeFree;
        this.places = places;
        this.mostPaused = PAUSED_PER_PLACE * places;
        for (Trial trial : pending) {
            entries.computeIfAbsent(
                            trial.key().model(),
                            name -> new Entry(trial.model().maxConcurrency().orElse(Integer.MAX_VALUE)))
                    .trials
                    .add(new Numbered(waiting++, trial));
        }
    }

    /** A trial that holds a place. */
    final class Running implements Slot {
        private final Trial trial;
        private final Entry entry;
        private boolean held = true;

        private Running(Trial trial, Entry entry) {
            this.trial = trial;
            this.entry = entry;
        }

        Trial trial() {
            return trial;
        }

        @Override
        public void release() {
            boolean others;
            lock.lock();
            try {
                if (!held) {
                    return;
                }
                giveBack();
                paused++;
                others = waiting > 0 && takers + coming < places;
                coming += others ? 1 : 0;
            } finally {
                lock.unlock();
            }
            if (others) {
                placeFree.run();
            }
        }

        @Override
        public void reacquire() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                returning++;
                try {
                    while (places == 0) {
                        placeForReturn.await();
                    }
                    places--;
                    paused--;
                    held = true;
                } finally {
                    returning--;
                    if (places > 0) {
                        wakeOne();
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        /** The trial is over. */
        void done() {
            lock.lock();
            try {
                entry.running--;
                if (held) {
                    giveBack();
                } else {
                    paused--;
                    placeOrTrial.signal();
                }
            } finally {
                lock.unlock();
            }
        }

        private void giveBack() {
            held = false;
            places++;
            wakeOne();
        }
    }

    /** Somebody who was called because nobody asked for trials is here. */
    void arrived() {
        lock.lock();
        try {
            coming--;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a place and a trial that can run; empty when there is none left, or the queue was closed. */
    Optional<Running> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            takers++;
            while (!closed && waiting > 0) {
                boolean place = places > 0 && returning == 0 && paused < mostPaused;
                Entry next = place ? next() : null;
                if (next != null) {
                    return Optional.of(run(next));
                }
                if (place && !scouting) {
                    scout();
                } else {
                    placeOrTrial.await();
                }
            }
            return Optional.empty();
        } finally {
            takers--;
            lock.unlock();
        }
    }

    private Running run(Entry entry) {
        places--;
        waiting--;
        entry.running++;
        if (waiting == 0) {
            placeOrTrial.signalAll(); // nobody needs to wait for more
        } else if (places > 0) {
            placeOrTrial.signal();
        }
        return new Running(entry.trials.remove().trial(), entry);
    }

    /** One of those who ask looks again after a while, for all of them. */
    private void scout() throws InterruptedException {
        scouting = true;
        try {
            placeOrTrial.awaitNanos(LOOK_AGAIN_NANOS);
        } finally {
            scouting = false;
        }
    }

    private void wakeOne() {
        (returning > 0 ? placeForReturn : placeOrTrial).signal();
    }

    private @Nullable Entry next() {
        Entry first = null;
        for (Entry entry : entries.values()) {
            Numbered head = entry.trials.peek();
            if (head != null
                    && entry.running < entry.limit
                    && (first == null || head.number() < first.trials.element().number())
                    && executor.ready(head.trial())) {
                first = entry;
            }
        }
        return first;
    }

    /** Hands out no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            placeOrTrial.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
