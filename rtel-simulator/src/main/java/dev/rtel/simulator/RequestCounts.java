package dev.rtel.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts requests by route, and the completions in progress. Thread-safe. */
final class RequestCounts {
    private final Map<String, Long> counts = new TreeMap<>();
    private int active;
    private int peak;

    synchronized void count(String route) {
        counts.merge(route, 1L, Long::sum);
    }

    /** Counts a completion as in progress until the returned action is run for the first time. */
    synchronized Runnable enter() {
        active++;
        peak = Math.max(peak, active);
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                leave();
            }
        };
    }

    private synchronized void leave() {
        active--;
    }

    synchronized int peak() {
        return peak;
    }

    synchronized Map<String, Long> snapshot() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
