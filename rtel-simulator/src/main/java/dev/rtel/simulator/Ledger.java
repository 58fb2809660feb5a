package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps all paid completions. Thread-safe. */
final class Ledger {
    private final Map<String, Paid> paid = new LinkedHashMap<>();
    private final Clock clock;
    private final long seed;
    private BigDecimal spent = BigDecimal.ZERO;

    Ledger(Clock clock, long seed) {
        this.clock = clock;
        this.seed = seed;
    }

    synchronized Paid pay(ModelProfile model, ChatRequest request, Answer answer, Duration latency) {
        Instant now = clock.instant();
        BillLine line = new BillLine(
                freshId(request, now),
                model.id(),
                request.metadata(),
                request.attempt(),
                answer.promptTokens(),
                answer.completionTokens(),
                answer.reasoningTokens(),
                answer.cost(model),
                now);
        Paid entry = new Paid(line, model, answer, latency, new AtomicInteger());
        paid.put(line.generationId(), entry);
        spent = spent.add(line.cost());
        return entry;
    }

    synchronized Optional<Paid> find(String id) {
        return Optional.ofNullable(paid.get(id));
    }

    synchronized Bill bill() {
        return new Bill(paid.values().stream().map(Paid::line).toList());
    }

    synchronized BigDecimal spent() {
        return spent;
    }

    /** Returns an id that depends on trial and attempt, and on a counter only where an id was used before. */
    synchronized String freshId(ChatRequest request, Instant now) {
        Dice dice = new Dice(seed, request.trialOrText(), Integer.toString(request.attempt()));
        for (int use = 0; ; use++) {
            String id = "gen-" + now.getEpochSecond() + "-" + dice.letters("id/" + use, 20);
            if (!paid.containsKey(id)) {
                return id;
            }
        }
    }
}
