package dev.rtel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests for completions at one provider. Not thread-safe. */
final class ProviderTraffic {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration UNTIL_ONE_ENDS = Duration.ofSeconds(1);

    private final List<ProviderLimit> limits;
    private final List<Storm> storms;
    private final int arrivalsKept;
    private final Deque<Instant> arrivals = new ArrayDeque<>();
    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private @Nullable Instant first;
    private long requests;
    private int inFlight;
    private int peak;
    private long rateLimited;
    private @Nullable Instant firstRateLimited;
    private @Nullable Instant lastRateLimited;

    ProviderTraffic(String slug, SimulatorConfig config) {
        this.limits = config.limits().stream()
                .filter(limit -> Wildcards.matches(limit.provider(), slug))
                .toList();
        this.storms = config.storms().stream()
                .filter(storm -> Wildcards.matches(storm.provider(), slug))
                .toList();
        this.arrivalsKept = config.arrivalsKept();
    }

    void arrived(Instant now) {
        requests++;
        first = first == null ? now : first;
        if (arrivalsKept > 0) {
            if (arrivals.size() == arrivalsKept) {
                arrivals.removeFirst();
            }
            arrivals.addLast(now);
        }
    }

    /** Returns why one more request is refused; empty if it is not. */
    Optional<Refusal> refusal(Instant now) {
        Instant begin = first == null ? now : first;
        for (Storm storm : storms) {
            Optional<Duration> remaining = storm.remaining(begin, now);
            if (remaining.isPresent()) {
                return Optional.of(new Refusal(storm.status(), remaining.get(), storm.hint()));
            }
        }
        while (!lastMinute.isEmpty() && !lastMinute.peekFirst().plus(MINUTE).isAfter(now)) {
            lastMinute.removeFirst();
        }
        for (ProviderLimit limit : limits) {
            if (limit.inFlight().isPresent() && inFlight >= limit.inFlight().getAsInt()) {
                return Optional.of(new Refusal(429, UNTIL_ONE_ENDS, limit.hint()));
            }
            int perMinute = limit.requestsPerMinute().orElse(Integer.MAX_VALUE);
            if (lastMinute.size() >= perMinute) {
                Instant oldest = lastMinute.isEmpty() ? now : lastMinute.peekFirst();
                return Optional.of(new Refusal(429, Duration.between(now, oldest.plus(MINUTE)), limit.hint()));
            }
        }
        return Optional.empty();
    }

    void enter(Instant now) {
        inFlight++;
        peak = Math.max(peak, inFlight);
        if (limits.stream().anyMatch(limit -> limit.requestsPerMinute().isPresent())) {
            lastMinute.addLast(now);
        }
    }

    void leave() {
        inFlight--;
    }

    void rateLimited(Instant now) {
        rateLimited++;
        firstRateLimited = firstRateLimited == null ? now : firstRateLimited;
        lastRateLimited = now;
    }

    ProviderStats stats() {
        return new ProviderStats(
                requests,
                peak,
                rateLimited,
                Optional.ofNullable(firstRateLimited),
                Optional.ofNullable(lastRateLimited),
                List.copyOf(arrivals));
    }
}
