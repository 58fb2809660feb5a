package dev.rtel.internal;

import dev.rtel.plan.Limits;
import dev.rtel.spi.Lane;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.Slot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How many calls of a lane may be under way, and from when on. The number is halved when the provider says that it is
 * overrun (once for all that was sent before) and grows by one with each full round of answers. A pause that a provider
 * asks for holds its lane; one that the account's own limits ask for holds all lanes of the account. Thread-safe.
 */
final class FlowControl {
    private static final Set<Integer> OVERRUN = Set.of(429, 503, 529);
    private static final Set<String> OVERRUN_WORDS = Set.of("rate_limit_exceeded", "provider_overloaded");
    private static final long LONGEST_STEP_NANOS = Duration.ofMillis(100).toNanos();
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Lane, Gate> gates = new HashMap<>();
    private final Map<String, Long> accountOpensAt = new HashMap<>();

    FlowControl(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** Leave to make one call; it ends with {@link #answered}, {@link #failed} or {@link #abandoned}. */
    record Passage(Lane lane, long enteredAt) {}

    /** State of a lane; times are of {@code nanoTime}. */
    private static final class Gate {
        final int most;
        int limit;
        int answered;
        int underWay;
        long shrunkAt;
        boolean everShrunk;
        long opensAt;
        boolean everClosed;

        Gate(int most) {
            this.most = most;
            this.limit = most;
        }

        boolean full() {
            return underWay >= limit;
        }
    }

    /** Whether a call of this lane could be sent now. */
    boolean ready(Lane lane) {
        lock.lock();
        try {
            Gate gate = gate(lane);
            return !gate.full() && closedFor(lane, gate) <= 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Blocks until a call of this lane may be sent; the slot is given up while it waits.
     *
     * @param stopping looked at every tenth of a second
     * @return empty if the run is stopping
     */
    Optional<Passage> enter(Lane lane, Slot slot, BooleanSupplier stopping) throws InterruptedException {
        Optional<Passage> free = tryEnter(lane);
        if (free.isPresent()) {
            return free;
        }
        slot.release();
        Optional<Passage> later = await(lane, stopping);
        try {
            slot.reacquire();
            return later;
        } catch (InterruptedException e) {
            later.ifPresent(this::abandoned);
            throw e;
        }
    }

    private Optional<Passage> tryEnter(Lane lane) {
        lock.lock();
        try {
            Gate gate = gate(lane);
            return gate.full() || closedFor(lane, gate) > 0 ? Optional.empty() : Optional.of(admit(lane, gate));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Passage> await(Lane lane, BooleanSupplier stopping) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Gate gate = gate(lane);
            while (!stopping.getAsBoolean()) {
                long closed = closedFor(lane, gate);
                if (!gate.full() && closed <= 0) {
                    return Optional.of(admit(lane, gate));
                }
                long step = closed > 0 ? Math.min(closed, LONGEST_STEP_NANOS) : LONGEST_STEP_NANOS;
                changed.awaitNanos(step);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Passage admit(Lane lane, Gate gate) {
        gate.underWay++;
        return new Passage(lane, nanoTime.getAsLong());
    }

    /** The call was answered: the lane may take a little more. */
    void answered(Passage passage) {
        leave(passage, gate -> {
            if (++gate.answered >= gate.limit) {
                gate.answered = 0;
                gate.limit = Math.min(gate.most, gate.limit + 1);
            }
        });
    }

    /** The call failed: an overrun provider gets less, and the pause it asks for. */
    void failed(Passage passage, ModelException error) {
        leave(passage, gate -> {
            ModelException.Details details = error.details();
            boolean overrun = OVERRUN.contains(details.status().orElse(0)) || OVERRUN_WORDS.contains(details.type());
            if (!overrun) {
                return;
            }
            long now = nanoTime.getAsLong();
            if (!gate.everShrunk || passage.enteredAt() - gate.shrunkAt >= 0) {
                gate.limit = Math.max(1, gate.limit / 2);
                gate.answered = 0;
                gate.shrunkAt = now;
                gate.everShrunk = true;
            }
            details.retryAfter().ifPresent(wait -> close(passage.lane(), gate, now, wait, details.accountWide()));
        });
    }

    /** The call was not made, or broken off. */
    void abandoned(Passage passage) {
        leave(passage, gate -> {});
    }

    private void leave(Passage passage, Consumer<Gate> effect) {
        lock.lock();
        try {
            Gate gate = gate(passage.lane());
            gate.underWay--;
            effect.accept(gate);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void close(Lane lane, Gate gate, long now, Duration wait, boolean accountWide) {
        long until = now + wait.toNanos();
        if (accountWide) {
            accountOpensAt.merge(lane.account(), until, (a, b) -> b - a > 0 ? b : a);
        } else if (!gate.everClosed || until - gate.opensAt > 0) {
            gate.opensAt = until;
            gate.everClosed = true;
        }
    }

    /** Nanoseconds until the lane opens; 0 or less when it is open. */
    private long closedFor(Lane lane, Gate gate) {
        long now = nanoTime.getAsLong();
        long lanes = gate.everClosed ? gate.opensAt - now : 0;
        Long account = accountOpensAt.get(lane.account());
        return account == null ? lanes : Math.max(lanes, account - now);
    }

    private Gate gate(Lane lane) {
        return gates.computeIfAbsent(
                lane,
                key -> new Gate(Math.min(
                        limits.concurrency(),
                        limits.providerConcurrency().getOrDefault(key.provider(), Integer.MAX_VALUE))));
    }
}
