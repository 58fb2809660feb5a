package dev.rtel.simulator;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what was asked of the simulator, for tests in another process. */
final class StatsJson {
    private StatsJson() {}

    static Reply of(SimulatorStats stats) {
        ObjectNode body = Json.object();
        ObjectNode requests = body.putObject("requests");
        stats.requests().forEach(requests::put);
        body.put("peak_concurrency", stats.peakConcurrency());
        ObjectNode providers = body.putObject("providers");
        stats.providers().forEach((slug, provider) -> put(providers.putObject(slug), provider));
        return Reply.json(200, body);
    }

    private static void put(ObjectNode node, ProviderStats provider) {
        node.put("requests", provider.requests());
        node.put("peak_concurrency", provider.peakConcurrency());
        node.put("rate_limited", provider.rateLimited());
        node.put("first_rate_limited", text(provider.firstRateLimited()));
        node.put("last_rate_limited", text(provider.lastRateLimited()));
        ArrayNode arrivals = node.putArray("arrivals");
        provider.arrivals().forEach(arrival -> arrivals.add(arrival.toString()));
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
