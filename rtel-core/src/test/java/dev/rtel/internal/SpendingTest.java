package dev.rtel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.internal.Spending.Reserve;
import dev.rtel.plan.Limits;
import dev.rtel.plan.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpendingTest {
    private static final int WORKERS = 16;

    private static Limits limits(String usd, long tokens) {
        return new Limits(
                WORKERS,
                0,
                Duration.ofSeconds(1),
                usd == null ? Optional.empty() : Optional.of(new BigDecimal(usd)),
                tokens < 0 ? OptionalLong.empty() : OptionalLong.of(tokens),
                OptionalInt.empty());
    }

    private static Reserve dollars(String usd) {
        return new Reserve(new BigDecimal(usd), 0);
    }

    private static Optional<BigDecimal> usd(String value) {
        return Optional.of(new BigDecimal(value));
    }

    private static Thread waiting(Spending spending, Reserve reserve, AtomicReference<Object> result)
            throws InterruptedException {
        Thread thread = new Thread(() -> {
            try {
                result.set(spending.reserve(reserve).isPresent());
            } catch (InterruptedException e) {
                result.set(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void withoutLimitsEverythingFits() throws Exception {
        Spending spending = new Spending(limits(null, -1));
        for (int i = 0; i < 100; i++) {
            assertThat(spending.reserve(new Reserve(new BigDecimal("1e9"), Long.MAX_VALUE / 1000)))
                    .isPresent();
        }
    }

    @Test
    void aCallThatFitsExactlyMayStartAndNoneAfterIt() throws Exception {
        Spending spending = new Spending(limits("1.00", -1));
        spending.reserve(dollars("1.00")).orElseThrow().book(usd("1.00"), OptionalLong.of(0));
        assertThat(spending.reserve(dollars("0.01"))).isEmpty();
        assertThat(spending.reserve(dollars("0")))
                .as("an unpriced call once all is spent")
                .isEmpty();
    }

    @Test
    void aReserveWaitsForCallsInFlightAndStartsWhenTheyTurnOutSmaller() throws Exception {
        Spending spending = new Spending(limits("10", -1));
        Spending.Ticket first = spending.reserve(dollars("6")).orElseThrow();
        var result = new AtomicReference<Object>();
        Thread second = waiting(spending, dollars("6"), result);
        assertThat(result.get()).isNull();

        first.book(usd("1"), OptionalLong.of(0));
        second.join();
        assertThat(result.get()).isEqualTo(true);
    }

    @Test
    void aReserveThatNeverFitsIsRefusedOnceNothingIsInFlight() throws Exception {
        Spending spending = new Spending(limits("10", -1));
        Spending.Ticket first = spending.reserve(dollars("6")).orElseThrow();
        var result = new AtomicReference<Object>();
        Thread second = waiting(spending, dollars("6"), result);

        first.book(usd("5"), OptionalLong.of(0));
        second.join();
        assertThat(result.get()).isEqualTo(false);
    }

    @Test
    void anUnknownCostBooksTheWholeReserve() throws Exception {
        Spending spending = new Spending(limits("10", -1));
        spending.reserve(dollars("6")).orElseThrow().book(Optional.empty(), OptionalLong.of(0));
        assertThat(spending.reserve(dollars("4.01"))).isEmpty();
        assertThat(spending.reserve(dollars("4"))).isPresent();
    }

    @Test
    void whatBecomesKnownLaterReplacesTheWorstCase() throws Exception {
        Spending spending = new Spending(limits("10", 1_000));
        Spending.Ticket ticket =
                spending.reserve(new Reserve(new BigDecimal("6"), 700)).orElseThrow();
        ticket.book(Optional.empty(), OptionalLong.empty());
        assertThat(spending.reserve(dollars("5"))).isEmpty();
        ticket.book(usd("0.5"), OptionalLong.of(20));
        assertThat(spending.reserve(dollars("9.51"))).isEmpty();
        assertThat(spending.reserve(new Reserve(BigDecimal.ZERO, 981))).isEmpty();
        assertThat(spending.reserve(new Reserve(new BigDecimal("9.5"), 980))).isPresent();
    }

    @Test
    void anAttemptOfUnknownOutcomeIsBookedAtItsWorstCaseUntilItsRecordTells() throws Exception {
        Spending spending = new Spending(limits("10", -1));
        Spending.Ticket ticket = spending.unknown(dollars("9"));
        assertThat(spending.reserve(dollars("2"))).isEmpty();
        ticket.book(usd("1"), OptionalLong.of(5));
        assertThat(spending.reserve(dollars("9"))).isPresent();
    }

    @Test
    void tokensAreLimitedBesideCosts() throws Exception {
        Spending spending = new Spending(limits(null, 1_000));
        Reserve reserve = new Reserve(BigDecimal.ZERO, 600);
        spending.reserve(reserve).orElseThrow().book(Optional.empty(), OptionalLong.of(400));
        spending.reserve(reserve).orElseThrow().book(Optional.empty(), OptionalLong.of(1));
        assertThat(spending.reserve(reserve)).isEmpty();
    }

    @Test
    void whatAnEarlierSessionSpentCounts() throws Exception {
        Spending spending = new Spending(limits("10", 1_000));
        spending.book(new BigDecimal("9"), 10);
        assertThat(spending.reserve(dollars("2"))).isEmpty();
        assertThat(spending.reserve(new Reserve(BigDecimal.ZERO, 991))).isEmpty();
        assertThat(spending.reserve(new Reserve(BigDecimal.ONE, 990))).isPresent();
    }

    @Test
    void waitingForAReserveCanBeInterrupted() throws Exception {
        Spending spending = new Spending(limits("1", -1));
        assertThat(spending.reserve(dollars("1"))).isPresent();
        var result = new AtomicReference<Object>();
        Thread second = waiting(spending, dollars("1"), result);
        second.interrupt();
        second.join();
        assertThat(result.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aReserveIsTheWorstCaseAtTheKnownPrice() {
        var price = new Price(new BigDecimal("0.000001"), new BigDecimal("0.00001"));
        assertThat(Reserve.of(Optional.of(price), 100, 16_000).usd()).isEqualByComparingTo("0.1601");
        assertThat(Reserve.of(Optional.of(price), 100, 16_000).tokens()).isEqualTo(16_100);
        assertThat(Reserve.of(Optional.empty(), 100, 16_000).usd()).isZero();
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 20).mapToObj(i -> 8_800L + i);
    }

    /** Counts in millionths of a dollar, so that the test's own sums are exact. */
    @ParameterizedTest
    @MethodSource("seeds")
    void spentAndExposedNeverPassTheLimitsWhateverSixteenWorkersDo(long seed) throws Exception {
        long max = new SplittableRandom(seed).nextLong(1_000, 50_000);
        long maxTokens = new SplittableRandom(~seed).nextLong(1_000, 50_000);
        Spending spending = new Spending(limits(BigDecimal.valueOf(max, 6).toPlainString(), maxTokens));
        var exposed = new AtomicLong();
        var exposedTokens = new AtomicLong();
        var peak = new AtomicLong();
        var peakTokens = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int w = 0; w < WORKERS; w++) {
                var random = new SplittableRandom(seed * 31 + w);
                workers.add(pool.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        long worst = random.nextLong(1, 400);
                        long worstTokens = random.nextLong(1, 400);
                        var reserve = new Reserve(BigDecimal.valueOf(worst, 6), worstTokens);
                        Optional<Spending.Ticket> ticket = spending.reserve(reserve);
                        if (ticket.isEmpty()) {
                            return null;
                        }
                        peak.accumulateAndGet(exposed.addAndGet(worst), Math::max);
                        peakTokens.accumulateAndGet(exposedTokens.addAndGet(worstTokens), Math::max);
                        boolean unknown = random.nextInt(5) == 0;
                        long real = unknown ? worst : random.nextLong(worst + 1);
                        long realTokens = random.nextLong(worstTokens + 1);
                        exposed.addAndGet(real - worst);
                        exposedTokens.addAndGet(realTokens - worstTokens);
                        ticket.get()
                                .book(
                                        unknown ? Optional.empty() : Optional.of(BigDecimal.valueOf(real, 6)),
                                        OptionalLong.of(realTokens));
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(peak.get()).isPositive().isLessThanOrEqualTo(max);
        assertThat(peakTokens.get()).isPositive().isLessThanOrEqualTo(maxTokens);
    }
}
