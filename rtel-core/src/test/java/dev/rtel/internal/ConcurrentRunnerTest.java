package dev.rtel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.StoreException;
import dev.rtel.spi.TrialExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentRunnerTest {
    /** One step of a trial. */
    @FunctionalInterface
    private interface Step {
        void run(Trial trial) throws Exception;
    }

    private static TrialExecutor executor(AtomicBoolean stopping, Step step) {
        return new TrialExecutor() {
            @Override
            public Optional<TrialRecord> execute(Trial trial) throws InterruptedException {
                try {
                    step.run(trial);
                } catch (RuntimeException | InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return Optional.empty();
            }

            @Override
            public boolean stopping() {
                return stopping.get();
            }
        };
    }

    private static TrialExecutor executor(Step step) {
        return executor(new AtomicBoolean(), step);
    }

    @Test
    void workersAreVirtualThreadsWhereTheJvmHasThemAndDaemonPlatformThreadsElsewhere() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        new ConcurrentRunner(3).run(Records.trials(30), executor(t -> threads.add(Thread.currentThread())));

        assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
        if (Runtime.version().feature() < 21) {
            assertThat(threads).allSatisfy(thread -> {
                assertThat(thread.getName()).startsWith("rtel-worker-");
                assertThat(thread.isDaemon()).isTrue();
            });
        } else {
            var isVirtual = Thread.class.getMethod("isVirtual");
            assertThat(threads)
                    .allSatisfy(thread -> assertThat(isVirtual.invoke(thread)).isEqualTo(true));
        }
    }

    @Test
    void oneAtATimeKeepsThePlansOrder() throws Exception {
        List<Trial> order = new CopyOnWriteArrayList<>();
        List<Trial> trials = Records.trials(50);
        new ConcurrentRunner(1).run(trials, executor(order::add));
        assertThat(order).isEqualTo(trials);
    }

    @Test
    void asManyRunAtOnceAsAllowedAndNoMore() throws Exception {
        var together = new CyclicBarrier(4);
        var running = new AtomicInteger();
        var peak = new AtomicInteger();
        new ConcurrentRunner(4).run(Records.trials(40), executor(trial -> {
            peak.accumulateAndGet(running.incrementAndGet(), Math::max);
            together.await(20, TimeUnit.SECONDS);
            running.decrementAndGet();
        }));
        assertThat(peak).hasValue(4);
    }

    @Test
    void anEntryAtItsOwnLimitDoesNotHoldUpTheOthers() throws Exception {
        PlannedModel slow = Records.model("slow", OptionalInt.of(1));
        PlannedModel fast = Records.model("fast", OptionalInt.empty());
        List<Trial> trials = new ArrayList<>();
        for (int n = 1; n <= 5; n++) {
            trials.add(Records.trial(slow, n));
        }
        for (int n = 1; n <= 20; n++) {
            trials.add(Records.trial(fast, n));
        }
        var fastDone = new CountDownLatch(20);
        var slowNow = new AtomicInteger();
        var slowPeak = new AtomicInteger();
        new ConcurrentRunner(3).run(trials, executor(trial -> {
            if (trial.model() == fast) {
                fastDone.countDown();
                return;
            }
            slowPeak.accumulateAndGet(slowNow.incrementAndGet(), Math::max);
            assertThat(fastDone.await(20, TimeUnit.SECONDS)).isTrue();
            slowNow.decrementAndGet();
        }));
        assertThat(slowPeak).hasValue(1);
    }

    @Test
    void aFailureOfAnyWorkerIsThrownOnceTheRunningOnesHaveEnded() {
        for (String failing : List.of("s1", "s2", "s3")) {
            var stopping = new AtomicBoolean();
            var together = new CyclicBarrier(3);
            var stopped = new CountDownLatch(1);
            assertThatThrownBy(() -> new ConcurrentRunner(3).run(Records.trials(10), executor(stopping, trial -> {
                        together.await(20, TimeUnit.SECONDS);
                        if (trial.sample().id().equals(failing)) {
                            stopping.set(true);
                            stopped.countDown();
                            throw new StoreException("disk full", null);
                        }
                        stopped.await();
                    })))
                    .as(failing)
                    .isInstanceOf(StoreException.class)
                    .hasMessage("disk full");
        }
    }

    @Test
    void afterAFailureNoMoreTrialsAreStarted() {
        var stopping = new AtomicBoolean();
        var started = new AtomicInteger();
        assertThatThrownBy(() -> new ConcurrentRunner(1).run(Records.trials(10), executor(stopping, trial -> {
                    if (started.incrementAndGet() == 3) {
                        stopping.set(true);
                        throw new StoreException("disk full", null);
                    }
                })))
                .isInstanceOf(StoreException.class);
        assertThat(started).hasValue(3);
    }

    @Test
    void noWorkerIsLeftRunningAfterAnInterruption() throws Exception {
        var started = new CountDownLatch(4);
        var inside = new AtomicInteger();
        var ended = new AtomicBoolean();
        Thread runner = new Thread(() -> {
            try {
                new ConcurrentRunner(4).run(Records.trials(20), executor(trial -> {
                    inside.incrementAndGet();
                    started.countDown();
                    try {
                        Thread.sleep(60_000);
                    } finally {
                        inside.decrementAndGet();
                    }
                }));
            } catch (InterruptedException e) {
                ended.set(inside.get() == 0);
            }
        });
        runner.start();
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        runner.interrupt();
        runner.join(10_000);
        assertThat(ended).isTrue();
    }
}
