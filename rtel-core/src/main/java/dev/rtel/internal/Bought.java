package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Cost;
import dev.rtel.eval.TokenUsage;
import java.math.BigDecimal;
import java.util.Optional;

/** How the attempt that brought an answer is booked; its cost may become known later. */
record Bought(String attemptId, Attempt.End end, Spending.Ticket ticket) {
    /** What the provider charged; a price of our own is no bill. */
    static Optional<BigDecimal> told(TokenUsage usage) {
        return usage.cost().source() == Cost.Source.PRICED
                ? Optional.empty()
                : usage.cost().usd();
    }

    /** Books what became known; the attempt is written again if its cost is new. */
    void settled(TokenUsage usage, Journal journal) {
        ticket.book(usage);
        Optional<BigDecimal> usd = told(usage);
        if (usd.isPresent() && !usd.equals(end.costUsd())) {
            journal.attemptEnded(attemptId, end.withCost(usd.get()));
        }
    }
}
