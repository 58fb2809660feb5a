package dev.rtel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.TokenExtractor;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SettlerTest {
    private static final TokenUsage SETTLED = new TokenUsage(
            Count.of(5, Count.Source.GENERATION),
            Count.missing(),
            Count.of(4, Count.Source.GENERATION),
            Count.of(6, Count.Source.GENERATION),
            OptionalLong.empty(),
            Count.of(10, Count.Source.GENERATION),
            Cost.of(new BigDecimal("0.001"), Cost.Source.GENERATION),
            Set.of());
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
    private final List<TrialRecord> settled = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final Settler settler = new Settler((before, after) -> settled.add(after));
    private final TrialRecord record = Records.scored(Records.trials(1).get(0), TokenUsage.unknown());

    @AfterEach
    void close() {
        settler.close();
    }

    /** Looks up after the given delays; what is found depends on the number of the look, from 1. */
    private TokenExtractor extractor(
            TokenExtractor.Settling kind, IntFunction<Optional<BillingRecord>> found, long... delaysMillis) {
        return new TokenExtractor() {
            @Override
            public TokenUsage extract(Completion completion) {
                return completion.billing().isPresent() ? SETTLED : TokenUsage.unknown();
            }

            @Override
            public Settling settling(Completion completion, TokenUsage inline) {
                return kind;
            }

            @Override
            public Optional<BillingRecord> lookUp(String generationId) {
                threads.add(Thread.currentThread().getName());
                return found.apply(looks.incrementAndGet());
            }

            @Override
            public List<Duration> lookUpDelays() {
                return java.util.Arrays.stream(delaysMillis)
                        .mapToObj(Duration::ofMillis)
                        .toList();
            }
        };
    }

    private static IntFunction<Optional<BillingRecord>> from(int look) {
        return n -> n >= look ? Optional.of(BILLING) : Optional.empty();
    }

    private Duration drain() throws InterruptedException {
        long start = System.nanoTime();
        settler.drain();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void aLateRecordIsLookedForUntilItIsThere() throws Exception {
        settler.submit(record, extractor(TokenExtractor.Settling.NEEDED, from(3), 0, 10, 20, 30, 40));
        settler.drain();

        assertThat(looks).hasValue(3);
        assertThat(settled).hasSize(1);
        assertThat(settled.get(0).key()).isEqualTo(record.key());
        assertThat(settled.get(0).usage()).hasValue(SETTLED);
        assertThat(settled.get(0).graded()).isEqualTo(record.graded());
    }

    @Test
    void lookingUpHappensOnThreadsOfItsOwn() throws Exception {
        settler.submit(record, extractor(TokenExtractor.Settling.NEEDED, from(1), 0));
        settler.drain();
        assertThat(threads).hasSize(1).allSatisfy(name -> assertThat(name).startsWith("rtel-settle-"));
    }

    @Test
    void afterTheLastDelayItIsGivenUpAndStaysUnknown() throws Exception {
        settler.submit(record, extractor(TokenExtractor.Settling.NEEDED, from(99), 0, 5, 10));
        assertThat(drain()).isLessThan(Duration.ofSeconds(10));
        assertThat(looks).hasValue(3);
        assertThat(settled).isEmpty();
    }

    @Test
    void aLookUpThatThrowsIsTriedAgain() throws Exception {
        settler.submit(
                record,
                extractor(
                        TokenExtractor.Settling.NEEDED,
                        n -> {
                            if (n == 1) {
                                throw new IllegalStateException("connection reset");
                            }
                            return Optional.of(BILLING);
                        },
                        0,
                        5));
        settler.drain();
        assertThat(settled).hasSize(1);
    }

    @Test
    void aRecordThatOnlyConfirmsIsKeptToo() throws Exception {
        TrialRecord known =
                record.withOutcome(Records.scored(record.trial(), SETTLED).outcome());
        settler.submit(known, extractor(TokenExtractor.Settling.CROSS_CHECK, from(1), 0));
        settler.drain();
        assertThat(looks).hasValue(1);
        assertThat(settled.get(0).completion().orElseThrow().billing()).hasValue(BILLING);
    }

    @Test
    void whereThereIsNothingToLookUpNothingIsLookedUp() throws Exception {
        settler.submit(record, extractor(TokenExtractor.Settling.NONE, from(1), 0));
        settler.submit(record, extractor(TokenExtractor.Settling.NEEDED, from(1)));
        settler.submit(
                record.withOutcome(new Outcome.Failed(new Failure("timeout", "late", true))),
                extractor(TokenExtractor.Settling.NEEDED, from(1), 0));
        assertThat(drain()).isLessThan(Duration.ofSeconds(1));
        assertThat(looks).hasValue(0);
    }

    @Test
    void aCrossCheckIsWaitedForBrieflyOnly() throws Exception {
        settler.submit(record, extractor(TokenExtractor.Settling.CROSS_CHECK, from(1), 3_600_000));
        assertThat(drain()).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(8));
        assertThat(settled).isEmpty();
    }

    @Test
    void whatIsMissingIsWaitedForLongerThanACrossCheck() throws Exception {
        settler.submit(record, extractor(TokenExtractor.Settling.NEEDED, from(1), 2_600));
        settler.drain();
        assertThat(settled).hasSize(1);
    }

    @Test
    void aStoreThatRefusesTheSettledUsageHoldsNothingUp() throws Exception {
        try (Settler refusing = new Settler((before, after) -> {
            throw new IllegalStateException("disk full");
        })) {
            refusing.submit(record, extractor(TokenExtractor.Settling.NEEDED, from(1), 0));
            long start = System.nanoTime();
            refusing.drain();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void waitingCanBeInterrupted() throws Exception {
        settler.submit(record, extractor(TokenExtractor.Settling.NEEDED, from(1), 3_600_000));
        var interrupted = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            try {
                settler.drain();
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
