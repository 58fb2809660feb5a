package dev.rtel;

import dev.rtel.eval.RunPlan;
import dev.rtel.internal.RunSession;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.run.RetryPolicy;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.ResultStore;
import java.time.Clock;
import java.util.List;

/** A planned run, ready to go: look at the plan, execute it once, stop it from another thread, close it. */
public final class PreparedRun implements AutoCloseable {
    private final PreparedPlan prepared;
    private final RunSession session;

    PreparedRun(
            PreparedPlan prepared, ResultStore store, List<RunListener> listeners, RetryPolicy policy, Clock clock) {
        this.prepared = prepared;
        this.session = new RunSession(prepared, store, listeners, policy, clock);
    }

    /** Returns what will be done. */
    public RunPlan plan() {
        return prepared.plan();
    }

    /**
     * Runs to the end, a limit or a stop; blocks. Call it once.
     *
     * @throws InterruptedException if interrupted; what was durable stays, the run is resumable
     * @throws dev.rtel.config.ConfigException if the run's id is stored with another identity
     * @throws dev.rtel.run.UngradableException if a grader cannot work on this machine; nothing was sent or stored
     * @throws dev.rtel.spi.StoreException if the store fails
     */
    public RunSummary execute() throws InterruptedException {
        return session.execute();
    }

    /** Lets running calls end and starts no more; returns at once. From any thread. */
    public void stop() {
        session.stop();
    }

    /** Closes the models. */
    @Override
    public void close() {
        prepared.close();
    }
}
