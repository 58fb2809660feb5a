package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps all paid completions. Thread-safe. */
final class Ledger {
    private final Map<String, Paid> paid = new HashMap<>();
    private final List<BillLine> lines = new ArrayList<>();
    private final Clock clock;
    private final long seed;
    private long repeats;
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal spentElsewhere = BigDecimal.ZERO;
    private @Nullable Bill bill;

    Ledger(Clock clock, long seed) {
        this.clock = clock;
        this.seed = seed;
    }

    /** Enters a completion that is complete. */
    synchronized Paid pay(Turn turn, Answer answer, Duration latency) {
        Instant now = clock.instant();
        return enter(paid(turn, answer, latency, now, Optional.of(now)));
    }

    /** Enters a completion that is going to be streamed, with the cost of the whole; it is to be settled later. */
    synchronized Paid open(Turn turn, Answer answer, Duration latency) {
        return enter(paid(turn, answer, latency, clock.instant(), Optional.empty()));
    }

    /** Returns what ends a completion that is being streamed, the first delta of which comes after the given time. */
    Settlement settlement(Paid open, Duration firstDelta) {
        return new Settlement() {
            @Override
            public void finished() {
                settle(open, open.line(), open.finishReason(), firstDelta);
            }

            @Override
            public void cancelled(long reasoningTokens, long completionTokens) {
                settle(open, cut(open, reasoningTokens, completionTokens), null, firstDelta);
            }
        };
    }

    synchronized Optional<Paid> find(String id) {
        return Optional.ofNullable(paid.get(id));
    }

    /** Returns the bill; the same object as long as nothing changes, else one copy of references. */
    synchronized Bill bill() {
        Bill current = bill;
        if (current == null) {
            current = new Bill(lines);
            bill = current;
        }
        return current;
    }

    /** Returns what the account was charged. */
    synchronized BigDecimal spent() {
        return spent;
    }

    /** Returns what was paid to providers directly. */
    synchronized BigDecimal spentElsewhere() {
        return spentElsewhere;
    }

    /** Returns an id that depends on trial and attempt, and on a counter only where an id was used before. */
    synchronized String freshId(ChatRequest request, Instant now) {
        Dice dice = dice(request);
        String prefix = "gen-" + now.getEpochSecond() + "-";
        String id = prefix + dice.letters("id/0", 20);
        while (paid.containsKey(id)) {
            id = prefix + dice.letters("id/" + ++repeats, 20);
        }
        return id;
    }

    private Paid paid(Turn turn, Answer answer, Duration latency, Instant now, Optional<Instant> end) {
        ChatRequest request = turn.request();
        Served served = turn.served();
        Charge charge = served.charge(answer.promptTokens(), answer.completionTokens());
        BillLine line = new BillLine(
                freshId(request, now),
                served.model().id(),
                served.endpoint().providerName(),
                served.endpoint().tag(),
                end.isEmpty(),
                false,
                request.metadata(),
                request.attempt(),
                answer.promptTokens(),
                answer.completionTokens(),
                answer.reasoningTokens(),
                charge.total(),
                charge.account(),
                now);
        String finishReason =
                served.shape().finish().word(answer.finishReason()).orElse(null);
        double roll = dice(request).roll("generation");
        return new Paid(lines.size(), line, served, finishReason, latency, latency, end, roll, new AtomicInteger());
    }

    private static BillLine cut(Paid open, long reasoningTokens, long completionTokens) {
        BillLine line = open.line();
        Charge charge = open.served().charge(line.promptTokens(), completionTokens);
        return new BillLine(
                line.generationId(),
                line.model(),
                line.provider(),
                line.endpoint(),
                line.streamed(),
                true,
                line.metadata(),
                line.attempt(),
                line.promptTokens(),
                completionTokens,
                reasoningTokens,
                charge.total(),
                charge.account(),
                line.time());
    }

    private Dice dice(ChatRequest request) {
        return new Dice(seed, request.trialOrText(), Integer.toString(request.attempt()));
    }

    private Paid enter(Paid entry) {
        paid.put(entry.line().generationId(), entry);
        lines.add(entry.line());
        add(entry.line());
        return entry;
    }

    private synchronized void settle(Paid open, BillLine line, @Nullable String finishReason, Duration firstDelta) {
        Instant now = clock.instant();
        Duration took = Duration.between(line.time(), now);
        Duration latency = firstDelta.compareTo(took) < 0 ? firstDelta : took;
        paid.put(line.generationId(), open.ended(line, finishReason, latency, took, now));
        if (line.cancelled()) {
            lines.set(open.number(), line);
            spent = spent.subtract(open.line().charged());
            spentElsewhere = spentElsewhere.subtract(elsewhere(open.line()));
            add(line);
        }
    }

    private void add(BillLine line) {
        spent = spent.add(line.charged());
        spentElsewhere = spentElsewhere.add(elsewhere(line));
        bill = null;
    }

    private static BigDecimal elsewhere(BillLine line) {
        return line.cost().subtract(line.charged());
    }
}
