package dev.rtel.benchmarks;

import java.io.IOException;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All that is made durable of one trial, in a file on disk: intent, completion, score, settled usage, each waited for.
 * Runs under the JVM options the {@code rtel} script uses for runs; {@code -prof dev.rtel.benchmarks.CpuTime} adds what
 * a trial costs.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgs = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class StoreBenchmark {
    /** Trials an invocation stores: enough to keep many callers busy, few enough for a slow store. */
    private static final int BATCH = 512;

    /** Callers at the same time. */
    @Param({"1", "8", "64"})
    public int callers;

    /** Trials of one run: more than an iteration gets through. */
    @Param("60000")
    public int trials;

    private @Nullable StoreInFolder store;
    private @Nullable ExecutorService threads;

    /** Opens the store. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        store = new StoreInFolder(trials);
        threads = Executors.newFixedThreadPool(callers);
    }

    /** Begins a run, so that every record is a new one. */
    @Setup(Level.Iteration)
    public void beginRun() {
        Objects.requireNonNull(store).beginRun();
    }

    /** Closes and deletes the store. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        Objects.requireNonNull(threads).shutdown();
        Objects.requireNonNull(store).close();
    }

    /** The durable cycle of a trial: four writes, each waited for. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void trial() throws InterruptedException, ExecutionException {
        StoreInFolder target = Objects.requireNonNull(store);
        AtomicInteger left = new AtomicInteger(BATCH);
        Callable<Integer> caller = () -> {
            int stored = 0;
            while (left.getAndDecrement() > 0) {
                target.storeOneTrial();
                stored++;
            }
            return stored;
        };
        for (Future<Integer> stored : Objects.requireNonNull(threads).invokeAll(Collections.nCopies(callers, caller))) {
            stored.get();
        }
    }
}
