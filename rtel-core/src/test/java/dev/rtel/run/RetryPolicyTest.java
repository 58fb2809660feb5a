package dev.rtel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.spi.ModelException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {
    private static final ModelException TRANSIENT = new ModelException.Transient("server", "again");

    private static ModelException hinted(Duration wait) {
        return new ModelException.Transient(
                "slow down", ModelException.Details.of("rate_limit_exceeded").withRetryAfter(wait), null);
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 100).mapToObj(i -> 500L + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pausesLieBetweenHalfAndTheWholeOfTheGrowingBand(long seed) {
        var random = new SplittableRandom(seed);
        RetryPolicy policy = RetryPolicy.standard(40);
        for (int failed = 1; failed <= 40; failed++) {
            double band = Math.min(500 * Math.pow(1.5, failed - 1), 60_000);
            long pause =
                    policy.pauseAfter(failed, TRANSIENT, random).orElseThrow().toMillis();
            assertThat((double) pause).isBetween(band / 2 - 1, band);
        }
    }

    @Test
    void pausesDifferSoThatWorkersDoNotRetryInStep() {
        var random = new SplittableRandom(1);
        RetryPolicy policy = RetryPolicy.standard(3);
        assertThat(Stream.generate(() -> policy.pauseAfter(3, TRANSIENT, random).orElseThrow())
                        .limit(20)
                        .distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void noPauseOfOurOwnIsLongerThanTheCapHoweverManyRetries() {
        RetryPolicy policy = RetryPolicy.standard(Integer.MAX_VALUE);
        assertThat(policy.pauseAfter(1_000_000, TRANSIENT, new SplittableRandom(2))
                        .orElseThrow())
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void retriesEndAfterTheGivenNumber() {
        RetryPolicy policy = RetryPolicy.standard(2);
        var random = new SplittableRandom(3);
        assertThat(policy.pauseAfter(1, TRANSIENT, random)).isPresent();
        assertThat(policy.pauseAfter(2, TRANSIENT, random)).isPresent();
        assertThat(policy.pauseAfter(3, TRANSIENT, random)).isEmpty();
        assertThat(RetryPolicy.standard(0).pauseAfter(1, TRANSIENT, random)).isEmpty();
    }

    @Test
    void permanentAndRunFatalFailuresAreNeverRetried() {
        RetryPolicy policy = RetryPolicy.standard(9);
        var random = new SplittableRandom(4);
        assertThat(policy.pauseAfter(1, new ModelException.Permanent("invalid_request", "no"), random))
                .isEmpty();
        assertThat(policy.pauseAfter(
                        1,
                        new ModelException.RunFatal("key", ModelException.Details.of("authentication"), null),
                        random))
                .isEmpty();
    }

    @Test
    void theProvidersOwnHintIsNeverUndercut() {
        RetryPolicy policy = RetryPolicy.standard(3);
        var random = new SplittableRandom(5);
        for (Duration hint : new Duration[] {Duration.ofMillis(1), Duration.ofSeconds(90), Duration.ofMinutes(5)}) {
            assertThat(policy.pauseAfter(1, hinted(hint), random).orElseThrow())
                    .isBetween(hint, hint.multipliedBy(105).dividedBy(100).plusNanos(1));
        }
    }

    @Test
    void aHintBeyondTheLongestEndsTheTrial() {
        RetryPolicy policy = RetryPolicy.standard(3);
        assertThat(policy.pauseAfter(1, hinted(Duration.ofSeconds(301)), new SplittableRandom(6)))
                .isEmpty();
    }

    @Test
    void aHintDoesNotAddRetries() {
        assertThat(RetryPolicy.standard(1).pauseAfter(2, hinted(Duration.ofSeconds(1)), new SplittableRandom(7)))
                .isEmpty();
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> RetryPolicy.standard(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, 0.9, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
