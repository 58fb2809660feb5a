package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.Runner;
import dev.rtel.spi.StoreException;
import dev.rtel.spi.TrialExecutor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Runner} must do. Extend it in a test class and make the runner under test. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RunnerCompatibilityKit {
    private static final int ENTRY_LIMIT = 4; // of the models that PlanFixtures makes

    /** For extending. */
    protected RunnerCompatibilityKit() {}

    /** Makes the runner under test. */
    protected abstract Runner runner();

    /** Whether the runner keeps to the limit that a roster sets for one entry ({@code max_concurrency}). */
    protected boolean supportsEntryLimits() {
        return true;
    }

    /** Runs a step a trial and remembers which were started. */
    private static final class Steps implements TrialExecutor {
        private final List<TrialKey> started = new CopyOnWriteArrayList<>();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicBoolean stopping = new AtomicBoolean();
        private final Step step;

        Steps(Step step) {
            this.step = step;
        }

        @Override
        public Optional<TrialRecord> execute(Trial trial) throws InterruptedException {
            started.add(trial.key());
            running.incrementAndGet();
            try {
                step.run(trial);
            } finally {
                running.decrementAndGet();
            }
            return Optional.empty();
        }

        @Override
        public boolean stopping() {
            return stopping.get();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run(Trial trial) throws InterruptedException;
    }

    private static List<Trial> trials(int samples) {
        return PlanFixtures.plan("20261120T140211Z-kit-0001", 2, samples, 2).trials();
    }

    private static List<TrialKey> keys(List<Trial> trials) {
        return trials.stream().map(Trial::key).toList();
    }

    @Test
    void eachPendingTrialIsExecutedExactlyOnce() throws InterruptedException {
        List<Trial> trials = trials(100);
        Steps steps = new Steps(trial -> {});
        runner().run(trials, steps);
        assertThat(steps.started).containsExactlyInAnyOrderElementsOf(keys(trials));
    }

    @Test
    void aRunnerCanBeUsedAgain() throws InterruptedException {
        List<Trial> trials = trials(5);
        Runner runner = runner();
        for (int run = 0; run < 2; run++) {
            Steps steps = new Steps(trial -> {});
            runner.run(trials, steps);
            assertThat(steps.started).containsExactlyInAnyOrderElementsOf(keys(trials));
        }
    }

    @Test
    void withNothingPendingItEndsAtOnce() throws InterruptedException {
        Steps steps = new Steps(trial -> {});
        runner().run(List.of(), steps);
        assertThat(steps.started).isEmpty();
    }

    @Test
    void everyTrialHasEndedWhenItReturns() throws InterruptedException {
        Steps steps = new Steps(trial -> Thread.sleep(5));
        runner().run(trials(10), steps);
        assertThat(steps.running).hasValue(0);
    }

    @Test
    void nothingIsStartedWhenItIsStoppingAlready() throws InterruptedException {
        Steps steps = new Steps(trial -> {});
        steps.stopping.set(true);
        runner().run(trials(10), steps);
        assertThat(steps.started).isEmpty();
    }

    @Test
    void itStopsSoonAfterStoppingTurnsTrue() throws InterruptedException {
        AtomicReference<Steps> self = new AtomicReference<>();
        AtomicInteger count = new AtomicInteger();
        Steps steps = new Steps(trial -> {
            if (count.incrementAndGet() == 10) {
                stop(self);
            }
        });
        self.set(steps);
        List<Trial> trials = trials(500);
        runner().run(trials, steps);
        // those that were being handed out meanwhile may still come
        assertThat(steps.started).hasSizeGreaterThanOrEqualTo(10).hasSizeLessThan(trials.size() / 2);
        assertThat(steps.running).hasValue(0);
    }

    private static void stop(AtomicReference<Steps> steps) {
        Steps running = steps.get();
        if (running != null) {
            running.stopping.set(true);
        }
    }

    @Test
    void aStoreFailureIsPassedOnAndNothingElseStarted() {
        AtomicReference<Steps> self = new AtomicReference<>();
        AtomicInteger count = new AtomicInteger();
        StoreException failure = new StoreException("disk full", null);
        Steps steps = new Steps(trial -> {
            if (count.incrementAndGet() == 10) {
                stop(self);
                throw failure;
            }
        });
        self.set(steps);
        List<Trial> trials = trials(500);
        assertThatThrownBy(() -> runner().run(trials, steps)).isSameAs(failure);
        assertThat(steps.started).hasSizeLessThan(trials.size() / 2);
        assertThat(steps.running).hasValue(0);
    }

    @Test
    void interruptionEndsTheRunAndTheRunningTrialsPromptly() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Steps steps = new Steps(trial -> {
            started.countDown();
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
        });
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller =
                new Thread(() -> outcome.set(catchThrowable(() -> runner().run(trials(10), steps))), "kit-caller");
        caller.start();
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join(5_000);
        assertThat(caller.isAlive()).as("still in run() after 5 s").isFalse();
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(steps.running).as("trials still running").hasValue(0);
    }

    @Test
    void anEntryStaysWithinItsOwnLimit() throws InterruptedException {
        Assumptions.assumeTrue(supportsEntryLimits(), "this runner knows no limits of entries");
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        AtomicInteger peak = new AtomicInteger();
        Steps steps = new Steps(trial -> {
            AtomicInteger entry = running.computeIfAbsent(trial.key().model(), name -> new AtomicInteger());
            peak.accumulateAndGet(entry.incrementAndGet(), Math::max);
            Thread.sleep(1);
            entry.decrementAndGet();
        });
        runner().run(trials(50), steps);
        assertThat(peak.get()).isBetween(1, ENTRY_LIMIT);
    }
}
