package dev.rtel.internal;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Trial;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Runner;
import dev.rtel.spi.RunnerProvider;
import dev.rtel.spi.TrialExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs a fixed number of trials at a time, each entry within its own limit, in plan order as far as the limits allow.
 * Platform threads on Java 17, virtual threads where the JVM has them.
 */
public final class ConcurrentRunner implements Runner {
    private final int concurrency;

    /** Runs at most this many trials at a time. */
    public ConcurrentRunner(int concurrency) {
        this.concurrency = concurrency;
    }

    @Override
    public void run(List<Trial> pending, TrialExecutor executor) throws InterruptedException {
        var queue = new Queue(pending);
        ExecutorService workers = WorkerThreads.create(Math.min(concurrency, Math.max(1, pending.size())));
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < Math.min(concurrency, pending.size()); i++) {
                futures.add(workers.submit(() -> {
                    work(queue, executor);
                    return null;
                }));
            }
            await(futures);
        } finally {
            workers.shutdownNow();
            queue.close();
            // workers end soon: each is interrupted, and an interrupted attempt ends at once
            while (!workers.awaitTermination(1, java.util.concurrent.TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        }
    }

    private static void work(Queue queue, TrialExecutor executor) throws InterruptedException {
        while (!executor.stopping()) {
            Trial trial = queue.take();
            if (trial == null) {
                return;
            }
            try {
                executor.execute(trial);
            } finally {
                queue.done(trial);
            }
        }
        queue.close();
    }

    private static void await(List<Future<?>> futures) throws InterruptedException {
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException runtime) {
                    throw runtime;
                }
                if (e.getCause() instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Waiting trials; hands out the first one whose entry is below its own limit. */
    private static final class Queue {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final LinkedList<Trial> waiting;
        private final Map<String, Integer> running = new HashMap<>();
        private boolean closed;

        Queue(List<Trial> pending) {
            waiting = new LinkedList<>(pending);
        }

        @Nullable
        Trial take() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!closed && !waiting.isEmpty()) {
                    for (ListIterator<Trial> i = waiting.listIterator(); i.hasNext(); ) {
                        Trial trial = i.next();
                        int now = running.getOrDefault(trial.key().model(), 0);
                        if (now < trial.model().maxConcurrency().orElse(Integer.MAX_VALUE)) {
                            i.remove();
                            running.merge(trial.key().model(), 1, Integer::sum);
                            return trial;
                        }
                    }
                    changed.await();
                }
                return null;
            } finally {
                lock.unlock();
            }
        }

        void done(Trial trial) {
            lock.lock();
            try {
                running.merge(trial.key().model(), -1, Integer::sum);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void close() {
            lock.lock();
            try {
                closed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The built-in runner {@code concurrent}; setting {@code concurrency}, by default that of the run. */
    public static final class Provider implements RunnerProvider {
        @Override
        public String name() {
            return "concurrent";
        }

        @Override
        public String description() {
            return "a fixed number of trials at a time, each entry within its own limit";
        }

        @Override
        public Runner create(ComponentContext context) {
            int concurrency = context.config().knownKeys("concurrency").integer("concurrency", 8);
            if (concurrency < 1) {
                throw new ConfigException(
                        context.config().at("concurrency") + " is " + concurrency + ", expected at least 1");
            }
            return new ConcurrentRunner(concurrency);
        }
    }
}
