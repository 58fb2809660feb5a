package dev.rtel.store.sqlite;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets a thread, best the one that made this, wait until a write is on disk. Interrupts are left pending. */
final class DurableWrite implements Consumer<@Nullable Throwable> {
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

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
            if (Thread.currentThread() == caller) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, LOOK_AGAIN_NANOS); // it is another one that will be woken
            }
            interrupted |= Thread.interrupted(); // a pending interrupt would keep the thread from parking
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure;
    }
}
