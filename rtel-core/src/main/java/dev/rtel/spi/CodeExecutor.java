package dev.rtel.spi;

import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;

/**
 * Runs submitted code case by case and judges its answers outside the process that runs it. Thread-safe. Preview: may
 * change until a second implementation has proved it.
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
     * @param details interpreter and version, or why it cannot run and what to do
     */
    record Probe(Containment containment, String details) {}

    /** Returns the id recorded with each result, e.g. {@code unsafe}. */
    String id();

    /** Tries the executor; never throws. */
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
