package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps all paid completions. Thread-safe. */
final class Ledger {
    private final Map<String, Paid> paid = new LinkedHashMap<>();
    private final Clock clock;
    private final long seed;
    private long repeats;
    private BigDecimal spent = BigDecimal.ZERO;
    private @Nullable Bill bill;

    Ledger(Clock clock, long seed) {
        this.clock = clock;
        this.seed = seed;
    }

    /** Enters a completion that is complete. */
    synchronized Paid pay(ModelProfile model, ChatRequest request, Answer answer, Duration latency) {
        Instant now = clock.instant();
        return enter(new Paid(
                line(model, request, answer, now),
                model,
                answer.finishReason(),
                latency,
                latency,
                Optional.of(now),
                new AtomicInteger()));
    }

    /** Enters a completion that is going to be streamed, with the cost of the whole; it is to be settled later. */
    synchronized Paid open(ModelProfile model, ChatRequest request, Answer answer, Duration latency) {
        return enter(new Paid(
                line(model, request, answer, clock.instant()),
                model,
                answer.finishReason(),
                latency,
                latency,
                Optional.empty(),
                new AtomicInteger()));
    }

    /** Returns what ends a completion that is being streamed. */
    Settlement settlement(Paid open) {
        return new Settlement() {
            @Override
            public void finished() {
                settle(open, open.line(), open.finishReason());
            }

            @Override
            public void cancelled(long reasoningTokens, long completionTokens) {
                settle(open, cut(open, reasoningTokens, completionTokens), null);
            }
        };
    }

    synchronized Optional<Paid> find(String id) {
        return Optional.ofNullable(paid.get(id));
    }

    /** Returns the bill; the same object as long as nothing changes. */
    synchronized Bill bill() {
        Bill current = bill;
        if (current == null) {
            current = new Bill(paid.values().stream().map(Paid::line).toList());
            bill = current;
        }
        return current;
    }

    synchronized BigDecimal spent() {
        return spent;
    }

    /** Returns an id that depends on trial and attempt, and on a counter only where an id was used before. */
    synchronized String freshId(ChatRequest request, Instant now) {
        Dice dice = new Dice(seed, request.trialOrText(), Integer.toString(request.attempt()));
        String prefix = "gen-" + now.getEpochSecond() + "-";
        String id = prefix + dice.letters("id/0", 20);
        while (paid.containsKey(id)) {
            id = prefix + dice.letters("id/" + ++repeats, 20);
        }
        return id;
    }

    private BillLine line(ModelProfile model, ChatRequest request, Answer answer, Instant now) {
        return new BillLine(
                freshId(request, now),
                model.id(),
                model.providerName(),
                request.stream(),
                false,
                request.metadata(),
                request.attempt(),
                answer.promptTokens(),
                answer.completionTokens(),
                answer.reasoningTokens(),
                answer.cost(model),
                now);
    }

    private static BillLine cut(Paid open, long reasoningTokens, long completionTokens) {
        BillLine line = open.line();
        return new BillLine(
                line.generationId(),
                line.model(),
                line.provider(),
                line.streamed(),
                true,
                line.metadata(),
                line.attempt(),
                line.promptTokens(),
                completionTokens,
                reasoningTokens,
                Answer.cost(open.model(), line.promptTokens(), completionTokens),
                line.time());
    }

    private Paid enter(Paid entry) {
        Paid before = paid.put(entry.line().generationId(), entry);
        spent = spent.add(entry.line().cost());
        if (before != null) {
            spent = spent.subtract(before.line().cost());
        }
        bill = null;
        return entry;
    }

    private synchronized void settle(Paid open, BillLine line, @Nullable String finishReason) {
        Instant now = clock.instant();
        Duration took = line.cancelled() ? Duration.between(line.time(), now) : open.generationTime();
        enter(new Paid(line, open.model(), finishReason, open.latency(), took, Optional.of(now), open.polls()));
    }
}
