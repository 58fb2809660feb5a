package dev.rtel.openrouter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the exchanges whose body is still to come: the JDK client's timeout ends with the headers. One look at all
 * of them every few milliseconds costs less than a timer for each. Thread-safe.
 */
final class Watch {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private volatile boolean idle;
    private volatile @Nullable Thread thread;

    void add(Exchange exchange) {
        open.add(exchange);
        if (thread == null) {
            start();
        }
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    void forget(Exchange exchange) {
        open.remove(exchange);
    }

    private synchronized void start() {
        if (thread == null) {
            Thread started = new Thread(this::run, "rtel-http-watch");
            started.setDaemon(true);
            started.start();
            thread = started;
        }
    }

    private void run() {
        while (true) {
            if (open.isEmpty()) {
                idle = true;
                // again, for one that was added before it could see the flag
                if (open.isEmpty()) {
                    LockSupport.park(this);
                }
                idle = false;
            } else {
                LockSupport.parkNanos(this, INTERVAL_NANOS);
            }
            long now = System.nanoTime();
            for (Exchange exchange : open) {
                exchange.look(now);
            }
        }
    }
}
