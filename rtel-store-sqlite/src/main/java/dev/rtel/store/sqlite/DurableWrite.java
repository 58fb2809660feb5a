package dev.rtel.store.sqlite;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets the thread that made this wait until its write is on disk. Interrupts are left pending. */
final class DurableWrite implements Consumer<@Nullable Throwable> {
    private final Thread caller = Thread.currentThread();
    private @Nullable Throwable failure;
    private volatile boolean done;

    @Override
    public void accept(@Nullable Throwable reason) {
        failure = reason;
        done = true;
        LockSupport.unpark(caller);
    }

    /** Waits; returns why the write failed, null when it is on disk. */
    @Nullable
    Throwable await() {
        boolean interrupted = false;
        while (!done) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted(); // a pending interrupt would keep the thread from parking
        }
        if (interrupted) {
            caller.interrupt();
        }
        return failure;
    }
}
