package dev.rtel.internal;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Trial;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Runner;
import dev.rtel.spi.RunnerProvider;
import dev.rtel.spi.TrialExecutor;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a fixed number of trials at a time, each entry within its own limit, in plan order as far as limits and providers
 * allow. A trial that gave up its place counts as none: another takes it meanwhile. Platform threads on
 * Java 17, virtual threads where the JVM has them.
 */
public final class ConcurrentRunner implements Runner {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrentRunner.class);
    private final int concurrency;

    /** Runs at most this many trials at a time. */
    public ConcurrentRunner(int concurrency) {
        this.concurrency = concurrency;
    }

    @Override
    public void run(List<Trial> pending, TrialExecutor executor) throws InterruptedException {
        var crew = new Crew(pending, concurrency, executor);
        try {
            crew.hire(Math.min(concurrency, pending.size()));
            crew.await();
        } finally {
            crew.dismiss();
        }
    }

    /** The threads of one run: as many as trials may run, and one for each trial that gave up its place meanwhile. */
    private static final class Crew {
        private final TrialExecutor executor;
        private final TrialQueue queue;
        private final ExecutorService workers = WorkerThreads.create();
        private final Queue<Future<?>> hired = new ConcurrentLinkedQueue<>();

        Crew(List<Trial> pending, int places, TrialExecutor executor) {
            this.executor = executor;
            this.queue = new TrialQueue(pending, places, executor, this::callOne);
        }

        void hire(int count) {
            for (int i = 0; i < count; i++) {
                hired.add(workers.submit(() -> {
                    work();
                    return null;
                }));
            }
        }

        /** A place became free and nobody is there to take it. */
        private void callOne() {
            try {
                hired.add(workers.submit(() -> {
                    queue.arrived();
                    work();
                    return null;
                }));
            } catch (RejectedExecutionException e) {
                LOG.debug("the run is ending; nobody takes the free place", e);
            }
        }

        private void work() throws InterruptedException {
            while (!executor.stopping()) {
                Optional<TrialQueue.Running> running = queue.take();
                if (running.isEmpty()) {
                    return;
                }
                try {
                    executor.execute(running.get().trial(), running.get());
                } finally {
                    running.get().done();
                }
            }
            queue.close();
        }

        void await() throws InterruptedException {
            for (Future<?> next = hired.poll(); next != null; next = hired.poll()) {
                await(next);
            }
        }

        private static void await(Future<?> worker) throws InterruptedException {
            try {
                worker.get();
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

        /** Workers end soon: each is interrupted, and an interrupted attempt ends at once. */
        void dismiss() throws InterruptedException {
            workers.shutdownNow();
            queue.close();
            while (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
                workers.shutdownNow();
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
