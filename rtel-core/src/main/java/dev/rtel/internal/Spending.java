package dev.rtel.internal;

import dev.rtel.eval.TokenUsage;
import dev.rtel.plan.Limits;
import dev.rtel.plan.PriceBook;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a run within its spending and token limits. A call may start only if its worst case still fits beside what is
 * spent and what calls in flight may cost; while others are in flight it waits for theirs to turn out smaller.
 */
final class Spending {
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal reserved = BigDecimal.ZERO;
    private long tokens;
    private long reservedTokens;
    private int inFlight;

    Spending(Limits limits) {
        this.limits = limits;
    }

    /** Worst case of one call. Cost is 0 where no price is known: then only what is really billed counts. */
    record Reserve(BigDecimal usd, long tokens) {
        static Reserve of(Optional<PriceBook.Price> price, long promptTokens, long outputTokens) {
            return new Reserve(
                    price.map(p -> p.of(promptTokens, outputTokens)).orElse(BigDecimal.ZERO),
                    promptTokens + outputTokens);
        }
    }

    /** Blocks until the reserve fits; false when it never will. */
    boolean reserve(Reserve reserve) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!fits(reserve)) {
                if (inFlight == 0) {
                    return false;
                }
                changed.await();
            }
            reserved = reserved.add(reserve.usd());
            reservedTokens += reserve.tokens();
            inFlight++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(Reserve reserve) {
        boolean cost = limits.maxCostUsd()
                .filter(max -> spent.add(reserved).add(reserve.usd()).compareTo(max) > 0 || spent.compareTo(max) >= 0)
                .isEmpty();
        boolean count = limits.maxTotalTokens().isEmpty()
                || tokens + reservedTokens + reserve.tokens()
                        <= limits.maxTotalTokens().getAsLong();
        return cost && count;
    }

    /** Ends a call: the reserve is given back, what it really took is booked; unknown costs book the reserve. */
    void settle(Reserve reserve, Optional<BigDecimal> usd, long usedTokens) {
        lock.lock();
        try {
            reserved = reserved.subtract(reserve.usd());
            reservedTokens -= reserve.tokens();
            inFlight--;
            spent = spent.add(usd.orElse(reserve.usd()));
            tokens += usedTokens;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Books what an earlier session spent. */
    void book(BigDecimal usd, long usedTokens) {
        lock.lock();
        try {
            spent = spent.add(usd);
            tokens += usedTokens;
        } finally {
            lock.unlock();
        }
    }

    static long tokens(TokenUsage usage) {
        return usage.prompt().value().orElse(0) + usage.completion().value().orElse(0);
    }
}
