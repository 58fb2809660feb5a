package dev.rtel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.internal.FlowControl.Passage;
import dev.rtel.plan.Limits;
import dev.rtel.spi.Lane;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlowControlTest {
    private static final Lane ACME = new Lane("https://router", "acme");
    private static final Lane BOLT = new Lane("https://router", "bolt");
    private static final Lane OWN = new Lane("http://localhost", "localhost");
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // a counter that wraps, as it may
    private final FlowControl flow = new FlowControl(limits(), nanos::get);

    private static Limits limits() {
        return new Limits(
                8,
                Map.of("bolt", 2),
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static ModelException overrun(Optional<Duration> wait, boolean accountWide) {
        var details = new ModelException.Details(
                "rate_limit_exceeded",
                OptionalInt.of(429),
                wait,
                accountWide,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                ModelException.Charge.FREE,
                Optional.empty());
        return new ModelException.Transient("slow down", details, null);
    }

    private Passage enter(Lane lane) throws InterruptedException {
        return flow.enter(lane, Slot.KEPT, () -> false).orElseThrow();
    }

    /** Lets calls in as long as the lane takes them. */
    private List<Passage> fill(Lane lane) throws InterruptedException {
        List<Passage> passages = new ArrayList<>();
        while (flow.ready(lane)) {
            passages.add(enter(lane));
        }
        return passages;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aLaneTakesWhatTheRunAndItsProviderAllow() throws Exception {
        assertThat(fill(ACME)).hasSize(8);
        assertThat(fill(BOLT)).hasSize(2);
    }

    @Test
    void anOverrunProviderGetsHalfOnceForAllThatWasSentBefore() throws Exception {
        List<Passage> first = fill(ACME);
        pass(Duration.ofMillis(1));
        first.forEach(passage -> flow.failed(passage, overrun(Optional.empty(), false)));
        List<Passage> second = fill(ACME);
        assertThat(second).hasSize(4);
        pass(Duration.ofMillis(1));
        second.forEach(passage -> flow.failed(passage, overrun(Optional.empty(), false)));
        List<Passage> third = fill(ACME);
        assertThat(third).hasSize(2);
        assertThat(fill(OWN)).as("another lane").hasSize(8);
    }

    @Test
    void aRoundOfAnswersAllowsOneMoreUpToTheLimit() throws Exception {
        pass(Duration.ofMillis(1));
        Passage refused = enter(ACME);
        flow.failed(refused, overrun(Optional.empty(), false));
        for (int expected = 4; expected <= 8; expected++) {
            List<Passage> round = fill(ACME);
            assertThat(round).hasSize(expected);
            round.forEach(flow::answered);
        }
        assertThat(fill(ACME)).hasSize(8);
    }

    @Test
    void itNeverFallsBelowOneCallAtATime() throws Exception {
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(1));
            flow.failed(enter(ACME), overrun(Optional.empty(), false));
        }
        assertThat(fill(ACME)).hasSize(1);
    }

    @Test
    void otherFailuresChangeNothing() throws Exception {
        flow.failed(enter(ACME), new ModelException.Transient("provider_unavailable", "502"));
        flow.failed(enter(ACME), new ModelException.Permanent("invalid_request", "400"));
        flow.abandoned(enter(ACME));
        assertThat(fill(ACME)).hasSize(8);
    }

    @Test
    void aPauseHoldsTheProvidersLaneAndNoOther() throws Exception {
        flow.failed(enter(ACME), overrun(Optional.of(Duration.ofSeconds(5)), false));
        assertThat(flow.ready(ACME)).isFalse();
        assertThat(flow.ready(BOLT)).isTrue();
        pass(Duration.ofMillis(4_999));
        assertThat(flow.ready(ACME)).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(flow.ready(ACME)).isTrue();
    }

    @Test
    void aPauseOfTheAccountHoldsAllItsLanes() throws Exception {
        flow.failed(enter(ACME), overrun(Optional.of(Duration.ofSeconds(5)), true));
        assertThat(flow.ready(BOLT)).isFalse();
        assertThat(flow.ready(OWN)).isTrue();
        pass(Duration.ofSeconds(5));
        assertThat(flow.ready(BOLT)).isTrue();
    }

    @Test
    void theLongestOfSeveralPausesHolds() throws Exception {
        Passage a = enter(ACME);
        Passage b = enter(ACME);
        flow.failed(a, overrun(Optional.of(Duration.ofSeconds(9)), false));
        flow.failed(b, overrun(Optional.of(Duration.ofSeconds(2)), false));
        pass(Duration.ofSeconds(8));
        assertThat(flow.ready(ACME)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(flow.ready(ACME)).isTrue();
    }

    /** Counts the places given up and taken again. */
    private static final class Counted implements Slot {
        final AtomicInteger released = new AtomicInteger();
        final AtomicInteger taken = new AtomicInteger();
        boolean interrupts;

        @Override
        public void release() {
            released.incrementAndGet();
        }

        @Override
        public void reacquire() throws InterruptedException {
            if (interrupts) {
                throw new InterruptedException();
            }
            taken.incrementAndGet();
        }
    }

    @Test
    void whoWaitsGivesUpHisPlaceAndStopsWaitingWhenTheRunStops() throws Exception {
        fill(ACME);
        var slot = new Counted();
        var stopping = new AtomicBoolean();
        var looked = new AtomicInteger();
        assertThat(flow.enter(ACME, slot, () -> looked.incrementAndGet() > 2 || stopping.get()))
                .isEmpty();
        assertThat(slot.released).hasValue(1);
        assertThat(slot.taken).hasValue(1);
    }

    @Test
    void whoNeedNotWaitKeepsHisPlace() throws Exception {
        var slot = new Counted();
        flow.enter(ACME, slot, () -> false);
        assertThat(slot.released).hasValue(0);
    }

    @Test
    void aTurnThatCannotBeUsedIsGivenBack() throws Exception {
        List<Passage> all = fill(ACME);
        var slot = new Counted();
        slot.interrupts = true;
        var once = new AtomicBoolean();
        assertThatThrownBy(() -> flow.enter(ACME, slot, () -> {
                    if (once.compareAndSet(false, true)) {
                        flow.answered(all.get(0));
                    }
                    return false;
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(fill(ACME)).hasSize(1);
    }
}
