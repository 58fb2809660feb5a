package dev.rtel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.TokenUsage;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractor.Settling;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LookUpsTest {
    private static final BillingRecord BILLING = new BillingRecord(
            Optional.of("gen-1"),
            OptionalLong.of(5),
            OptionalLong.empty(),
            OptionalLong.of(10),
            OptionalLong.of(6),
            Optional.of(new BigDecimal("0.001")),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.of("{}"));
    private final List<BillingRecord> found = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final LookUps lookUps = new LookUps(2);

    @AfterEach
    void close() {
        lookUps.close();
    }

    /** Looks up after the given delays; what is found depends on the number of the look, from 1. */
    private TokenExtractor extractor(IntFunction<Optional<BillingRecord>> answer, long... delaysMillis) {
        return new TokenExtractor() {
            @Override
            public TokenUsage extract(Completion completion) {
                return TokenUsage.unknown();
            }

            @Override
            public Optional<BillingRecord> lookUp(String generationId) {
                assertThat(generationId).isEqualTo("gen-1");
                threads.add(Thread.currentThread().getName());
                return answer.apply(looks.incrementAndGet());
            }

            @Override
            public List<Duration> lookUpDelays() {
                return java.util.Arrays.stream(delaysMillis)
                        .mapToObj(Duration::ofMillis)
                        .toList();
            }
        };
    }

    private void submit(Settling kind, TokenExtractor extractor) {
        lookUps.submit(new LookUps.Request("trial 1", kind, "gen-1", extractor, found::add));
    }

    private static IntFunction<Optional<BillingRecord>> from(int look) {
        return n -> n >= look ? Optional.of(BILLING) : Optional.empty();
    }

    private Duration drain() throws InterruptedException {
        long start = System.nanoTime();
        lookUps.drain();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void aLateRecordIsLookedForUntilItIsThere() throws Exception {
        submit(Settling.NEEDED, extractor(from(3), 0, 10, 20, 30, 40));
        lookUps.drain();
        assertThat(looks).hasValue(3);
        assertThat(found).containsExactly(BILLING);
    }

    @Test
    void withTheLastCallDoneTheFirstLookIsNotWaitedFor() throws Exception {
        submit(Settling.CROSS_CHECK, extractor(from(1), 60_000));
        assertThat(drain()).isLessThan(Duration.ofSeconds(1));
        assertThat(found).containsExactly(BILLING);
    }

    @Test
    void aRecordThatIsNotThereAtTheEndIsLookedUpAtItsTimeAllTheSame() throws Exception {
        submit(Settling.NEEDED, extractor(from(2), 300));
        assertThat(drain()).isBetween(Duration.ofMillis(250), Duration.ofSeconds(10));
        assertThat(looks).hasValue(2);
        assertThat(found).containsExactly(BILLING);
    }

    @Test
    void lookingUpHappensOnThreadsOfItsOwn() throws Exception {
        submit(Settling.NEEDED, extractor(from(1), 0));
        lookUps.drain();
        assertThat(threads).hasSize(1).allSatisfy(name -> assertThat(name).startsWith("rtel-settle-"));
    }

    @Test
    void afterTheLastDelayItIsGivenUpAndStaysUnknown() throws Exception {
        submit(Settling.NEEDED, extractor(from(99), 0, 5, 10));
        assertThat(drain()).isLessThan(Duration.ofSeconds(10));
        assertThat(looks).hasValue(3);
        assertThat(found).isEmpty();
    }

    @Test
    void aLookUpThatThrowsIsTriedAgain() throws Exception {
        submit(
                Settling.NEEDED,
                extractor(
                        n -> {
                            if (n == 1) {
                                throw new IllegalStateException("connection reset");
                            }
                            return Optional.of(BILLING);
                        },
                        0,
                        5));
        lookUps.drain();
        assertThat(found).hasSize(1);
    }

    /** Records appear 300 ms after the call: the look at 0 ms is soon left out, that at 100 ms stays. */
    @Test
    void waitsThatLatelyProvedTooShortAreLeftOut() throws Exception {
        for (int i = 0; i < 4; i++) {
            looks.set(0);
            long there = System.nanoTime() + Duration.ofMillis(300).toNanos();
            submit(
                    Settling.NEEDED,
                    extractor(n -> System.nanoTime() >= there ? Optional.of(BILLING) : Optional.empty(), 0, 100, 400));
            lookUps.drain();
        }
        assertThat(found).hasSize(4);
        assertThat(looks.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void whereThereIsNothingToLookUpNothingIsLookedUp() throws Exception {
        submit(Settling.NONE, extractor(from(1), 0));
        submit(Settling.NEEDED, extractor(from(1)));
        assertThat(drain()).isLessThan(Duration.ofSeconds(1));
        assertThat(looks).hasValue(0);
    }

    @Test
    void aCrossCheckIsWaitedForBrieflyOnly() throws Exception {
        submit(Settling.CROSS_CHECK, extractor(from(2), 3_600_000));
        assertThat(drain()).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(8));
        assertThat(found).isEmpty();
    }

    @Test
    void whatIsMissingIsWaitedForLongerThanACrossCheck() throws Exception {
        submit(Settling.NEEDED, extractor(from(1), 2_600));
        lookUps.drain();
        assertThat(found).hasSize(1);
    }

    @Test
    void aRecordThatCannotBeStoredHoldsNothingUp() throws Exception {
        lookUps.submit(new LookUps.Request("trial 1", Settling.NEEDED, "gen-1", extractor(from(1), 0), billing -> {
            throw new IllegalStateException("disk full");
        }));
        assertThat(drain()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void waitingCanBeInterrupted() throws Exception {
        submit(Settling.NEEDED, extractor(from(1), 3_600_000));
        var interrupted = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            try {
                lookUps.drain();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        waiter.start();
        waiter.interrupt();
        waiter.join(5_000);
        assertThat(interrupted).hasValue(1);
    }
}
