package dev.rtel.internal;

import dev.rtel.eval.TokenUsage;
import dev.rtel.plan.Limits;
import dev.rtel.plan.Price;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a run within its spending and token limits. A call may start only if its worst case still fits beside what is
 * spent and what calls in flight may cost; while others are in flight it waits for theirs to turn out smaller,
 * and a moment for the billing records of those that did not tell. Thread-safe.
 */
final class Spending {
    /** Billing records often come within this time, and may tell that a call took less than its worst case. */
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal reserved = BigDecimal.ZERO;
    private long tokens;
    private long reservedTokens;
    private int inFlight;
    private int unsettled;
    private long lastUnsettled;

    Spending(Limits limits) {
        this.limits = limits;
    }

    /** Worst case of one call. Cost is 0 where no price is known: then only what is really billed counts. */
    record Reserve(BigDecimal usd, long tokens) {
        static final Reserve NOTHING = new Reserve(BigDecimal.ZERO, 0);

        static Reserve of(Optional<Price> price, long promptTokens, long outputTokens) {
            return new Reserve(
                    price.map(p -> p.of(promptTokens, outputTokens)).orElse(BigDecimal.ZERO),
                    promptTokens + outputTokens);
        }
    }

    /** The money set aside for one call, then what it took. */
    final class Ticket {
        private final Reserve reserve;
        private final boolean ofThisSession;
        private boolean open;
        private boolean worstCase;
        private BigDecimal bookedUsd = BigDecimal.ZERO;
        private long bookedTokens;

        private Ticket(Reserve reserve, boolean open) {
            this.reserve = reserve;
            this.open = open;
            this.ofThisSession = open;
        }

        /**
         * Books what the call took, in place of what was booked before; the first time the reserve is given back. What is
         * unknown is booked as the worst case.
         */
        void book(Optional<BigDecimal> usd, OptionalLong used) {
            lock.lock();
            try {
                if (open) {
                    open = false;
                    reserved = reserved.subtract(reserve.usd());
                    reservedTokens -= reserve.tokens();
                    inFlight--;
                }
                noteWorstCase(usd.isEmpty() && ofThisSession);
                BigDecimal nowUsd = usd.orElse(reserve.usd());
                long nowTokens = used.orElse(reserve.tokens());
                spent = spent.add(nowUsd).subtract(bookedUsd);
                tokens += nowTokens - bookedTokens;
                bookedUsd = nowUsd;
                bookedTokens = nowTokens;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void noteWorstCase(boolean now) {
            if (now && !worstCase) {
                unsettled++;
                lastUnsettled = System.nanoTime();
            } else if (!now && worstCase) {
                unsettled--;
            }
            worstCase = now;
        }

        /** Books the usage of a completion. */
        void book(TokenUsage usage) {
            book(usage.cost().usd(), Charges.tokens(usage));
        }
    }

    /** Blocks until the reserve fits; empty when it never will. */
    Optional<Ticket> reserve(Reserve reserve) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!fits(reserve)) {
                if (inFlight > 0) {
                    changed.await();
                } else {
                    long left = unsettled > 0 ? PATIENCE_NANOS - (System.nanoTime() - lastUnsettled) : 0;
                    if (left <= 0) {
                        return Optional.empty();
                    }
                    changed.awaitNanos(left);
                }
            }
            reserved = reserved.add(reserve.usd());
            reservedTokens += reserve.tokens();
            inFlight++;
            return Optional.of(new Ticket(reserve, true));
        } finally {
            lock.unlock();
        }
    }

    /** Books a call of an earlier session at its worst case; the ticket corrects it. */
    Ticket unknown(Reserve reserve) {
        Ticket ticket = new Ticket(reserve, false);
        ticket.book(Optional.empty(), OptionalLong.empty());
        return ticket;
    }

    /** A ticket for a call that costs nothing, whatever is booked on it. */
    static Ticket free() {
        return new Spending(Limits.standard()).new Ticket(Reserve.NOTHING, false);
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

    /** Books what an earlier session spent. */
    void book(BigDecimal usd, long usedTokens) {
        lock.lock();
        try {
            spent = spent.add(usd);
            tokens += usedTokens;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
