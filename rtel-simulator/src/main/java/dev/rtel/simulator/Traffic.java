package dev.rtel.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the requests, and admits those for completions to providers that are free. Thread-safe. */
final class Traffic {
    private final Map<String, Long> routes = new HashMap<>();
    private final Map<String, ProviderTraffic> providers = new HashMap<>();
    private final SimulatorConfig config;
    private int inFlight;
    private int peak;
    private LocalDate day = LocalDate.EPOCH;
    private int admittedToday;

    Traffic(SimulatorConfig config) {
        this.config = config;
    }

    /** The place of a request for a completion among those in progress. Closed once, whatever happens. */
    final class Slot implements AutoCloseable {
        private @Nullable ProviderTraffic provider;
        private boolean closed;

        private Slot() {}

        @Override
        public void close() {
            synchronized (Traffic.this) {
                if (!closed) {
                    closed = true;
                    inFlight--;
                    if (provider != null) {
                        provider.leave();
                    }
                }
            }
        }
    }

    synchronized void count(String route) {
        routes.merge(route, 1L, Long::sum);
    }

    /** Counts a request for a completion as in progress. */
    synchronized Slot enter() {
        inFlight++;
        peak = Math.max(peak, inFlight);
        return new Slot();
    }

    /**
     * Finds the first endpoint whose provider takes one more request, and counts it there until the slot is closed.
     *
     * @throws ApiError if there is none
     */
    synchronized Endpoint admit(Slot slot, ModelProfile model, List<Endpoint> candidates) {
        Instant now = config.clock().instant();
        provider(candidates.get(0)).arrived(now);
        if (config.dailyCap().isPresent()
                && admittedToday(now) >= config.dailyCap().getAsInt()) {
            throw refusal(candidates.get(0), FaultReply.dailyLimit(now));
        }
        Optional<Refusal> first = Optional.empty();
        for (Endpoint endpoint : candidates) {
            ProviderTraffic provider = provider(endpoint);
            Optional<Refusal> refusal = provider.refusal(now);
            if (refusal.isEmpty()) {
                provider.enter(now);
                slot.provider = provider;
                admittedToday++;
                return endpoint;
            }
            first = first.or(() -> refusal);
        }
        Refusal refusal = first.orElseThrow();
        Reply reply = new ErrorReply(refusal.status(), model.id(), candidates)
                .capacity()
                .wait(refusal.hint(), Optional.of(refusal.pause()))
                .reply(config.clock());
        throw refusal(candidates.get(0), reply);
    }

    synchronized void replied(Endpoint endpoint, int status) {
        if (status == 429) {
            provider(endpoint).rateLimited(config.clock().instant());
        }
    }

    synchronized Map<String, Long> routes() {
        return Collections.unmodifiableMap(new TreeMap<>(routes));
    }

    synchronized int peak() {
        return peak;
    }

    synchronized SimulatorStats stats() {
        Map<String, ProviderStats> stats = new HashMap<>();
        providers.forEach((slug, provider) -> stats.put(slug, provider.stats()));
        return new SimulatorStats(routes, peak, stats);
    }

    private ApiError refusal(Endpoint endpoint, Reply reply) {
        replied(endpoint, reply.status());
        return new ApiError(reply);
    }

    private int admittedToday(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (!today.equals(day)) {
            day = today;
            admittedToday = 0;
        }
        return admittedToday;
    }

    private ProviderTraffic provider(Endpoint endpoint) {
        return providers.computeIfAbsent(endpoint.provider(), slug -> new ProviderTraffic(slug, config));
    }
}
