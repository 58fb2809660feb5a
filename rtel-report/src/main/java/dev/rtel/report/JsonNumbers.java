package dev.rtel.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Values of result files as plain data: what is unknown, or no number, is null. */
final class JsonNumbers {
    private static final int NANO_DIGITS = 6;
    private static final DateTimeFormatter UTC_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private JsonNumbers() {}

    static @Nullable BigDecimal of(double value) {
        return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
    }

    static @Nullable BigDecimal of(OptionalDouble value) {
        return value.isPresent() ? of(value.getAsDouble()) : null;
    }

    static @Nullable Integer of(OptionalInt value) {
        return value.isPresent() ? Integer.valueOf(value.getAsInt()) : null;
    }

    static @Nullable Long of(OptionalLong value) {
        return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
    }

    /** Money as text, every digit kept. */
    static @Nullable String money(Optional<BigDecimal> usd) {
        return usd.map(BigDecimal::toPlainString).orElse(null);
    }

    /** Milliseconds, exact to the nanosecond. */
    static @Nullable Object millis(Optional<Duration> duration) {
        if (duration.isEmpty()) {
            return null;
        }
        BigDecimal millis =
                BigDecimal.valueOf(duration.get().toNanos(), NANO_DIGITS).stripTrailingZeros();
        return millis.scale() <= 0 ? (Object) millis.longValueExact() : millis;
    }

    /** ISO 8601 in UTC, always with milliseconds. */
    static String time(Instant instant) {
        return UTC_MILLIS.format(instant);
    }
}
