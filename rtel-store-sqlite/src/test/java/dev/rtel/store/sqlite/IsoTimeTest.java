package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IsoTimeTest {
    private static final DateTimeFormatter NINE_DECIMALS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    @Test
    void anyInstantIsWrittenAsTheFormatterDoesAndReadBack() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            check(Instant.ofEpochSecond(
                    random.nextLong(-63_000_000_000L, 253_402_300_800L), random.nextInt(1_000_000_000)));
        }
    }

    @Test
    void theEdgesAreWrittenToo() {
        for (Instant edge : new Instant[] {
            Instant.EPOCH,
            Instant.EPOCH.minusNanos(1),
            Instant.parse("0000-01-01T00:00:00Z"),
            Instant.parse("0000-01-01T00:00:00Z").minusNanos(1),
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1),
            Instant.parse("2028-02-29T10:10:10.000000100Z")
        }) {
            check(edge);
        }
    }

    private static void check(Instant instant) {
        assertThat(IsoTime.text(instant)).isEqualTo(NINE_DECIMALS.format(instant));
        assertThat(IsoTime.instant(IsoTime.text(instant))).isEqualTo(instant);
    }
}
