package dev.rtel.spi;

import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import java.time.Duration;

/**
 * Runs submitted code case by case and judges its answers outside the process that runs it. An executor that says
 * {@link Containment#CONTAINED} hands a submission over only after it has made sure of that. Thread-safe. Preview: may
 * change until an implementation from outside has proved it.
 */
public interface CodeExecutor extends AutoCloseable {
    /** What an executor can promise on this machine. */
    enum Containment {
        /** The operating system keeps the code from the machine. */
        CONTAINED,
        /** A scrubbed subprocess, no more. */
        NONE,
        /** Cannot run here. */
        UNAVAILABLE
    }

    /**
     * Result of really trying.
     *
     * @param containment what it can promise
     * @param details one line for people: interpreter, version and locks, or why it cannot run and what to do
     * @param took how long a start took, from starting the process to its being locked in
     */
    record Probe(Containment containment, String details, Duration took) {}

    /** Returns the id recorded with each result, e.g. {@code unsafe}. */
    String id();

    /** Tries the executor by really starting it, the first time; blocks some seconds at most. */
    Probe probe() throws InterruptedException;

    /**
     * Runs one job to its verdict; blocks at most the job's limits plus start-up.
     *
     * @throws InterruptedException if interrupted; all processes of the job were ended
     */
    CodeVerdict run(CodeJob job) throws InterruptedException;

    @Override
    default void close() {}
}
