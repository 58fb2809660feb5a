package dev.rtel.wire;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a provider asks to wait, from the first of the places where it may say so. */
final class RetryHint {
    private static final BigDecimal LONGEST_MILLIS =
            BigDecimal.valueOf(Duration.ofDays(366).toMillis());
    private static final long EARLIEST_SECONDS = 1_000_000_000L;
    private static final long EARLIEST_MILLIS = 100 * EARLIEST_SECONDS;

    private RetryHint() {}

    /**
     * Reads {@code Retry-After} (or OpenAI's finer {@code retry-after-ms}), {@code availability.retry_after}, and
     * {@code X-RateLimit-Reset} of the headers, then of the error's metadata, in this order.
     *
     * @return at least 0; empty when nothing is said
     */
    static Optional<Duration> read(ReplyParts parts, ErrorReport report) {
        Instant now = parts.now();
        return parts.header("retry-after-ms")
                .flatMap(text -> wait(text, 0))
                .or(() -> parts.header("retry-after").flatMap(text -> retryAfter(text, now)))
                .or(() -> seconds(Fields.object(report.error(), "availability").get("retry_after")))
                .or(() -> parts.header("x-ratelimit-reset").flatMap(text -> until(text, now)))
                .or(() -> reset(report.metadata()).flatMap(value -> until(value, now)));
    }

    private static Optional<Duration> retryAfter(String text, Instant now) {
        Optional<Duration> seconds = seconds(text);
        if (seconds.isPresent()) {
            return seconds;
        }
        try {
            Instant at = ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(atLeastZero(Duration.between(now, at)));
        } catch (DateTimeException e) {
            return Optional.empty(); // neither seconds nor a date: no hint
        }
    }

    private static Optional<Duration> seconds(@Nullable Object value) {
        return wait(value, 3);
    }

    /** Reads a wait whose unit is this many decimal places above a millisecond. */
    private static Optional<Duration> wait(@Nullable Object value, int places) {
        return WireNumber.money(value)
                .map(number -> number.movePointRight(places))
                .filter(millis -> millis.compareTo(LONGEST_MILLIS) <= 0)
                .map(millis -> Duration.ofMillis(millis.longValue()));
    }

    private static Optional<Object> reset(Map<String, @Nullable Object> metadata) {
        for (Map.Entry<String, @Nullable Object> entry :
                Fields.object(metadata, "headers").entrySet()) {
            if (entry.getKey().toLowerCase(Locale.ROOT).equals("x-ratelimit-reset")) {
                return Optional.ofNullable(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** Epoch milliseconds, as OpenRouter sends them, or epoch seconds, as others do. */
    private static Optional<Duration> until(Object value, Instant now) {
        long reset = WireNumber.whole(value).orElse(0);
        if (reset < EARLIEST_SECONDS) {
            return Optional.empty();
        }
        Instant at = reset < EARLIEST_MILLIS ? Instant.ofEpochSecond(reset) : Instant.ofEpochMilli(reset);
        return Optional.of(atLeastZero(Duration.between(now, at)));
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
