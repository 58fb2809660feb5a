package dev.rtel.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was asked of a simulator up to a moment.
 *
 * @param requests requests by route, for example {@code POST /chat/completions}; {@code other} counts those that fit no route
 * @param peakConcurrency highest number of requests for completions in progress at the same time
 * @param providers what happened at each provider, by slug without quantization, for example {@code deepinfra}
 */
public record SimulatorStats(Map<String, Long> requests, int peakConcurrency, Map<String, ProviderStats> providers) {
    /** Copies the maps; they are sorted by key. */
    public SimulatorStats {
        requests = Collections.unmodifiableMap(new TreeMap<>(requests));
        providers = Collections.unmodifiableMap(new TreeMap<>(providers));
    }
}
