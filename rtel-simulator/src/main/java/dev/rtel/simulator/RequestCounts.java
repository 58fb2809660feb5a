package dev.rtel.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts requests by route, and the completions in progress. Thread-safe. */
final class RequestCounts {
    private final Map<String, Long> counts = new TreeMap<>();
    private int active;
    private int peak;

    synchronized void count(String route) {
        counts.merge(route, 1L, Long::sum);
    }

    synchronized void enter() {
        active++;
        peak = Math.max(peak, active);
    }

    synchronized void leave() {
        active--;
    }

    synchronized int peak() {
        return peak;
    }

    synchronized Map<String, Long> snapshot() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
