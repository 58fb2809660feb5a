package dev.rtel.store.sqlite;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Instants as text of fixed width, so that text order is time order. */
final class IsoTime {
    private static final DateTimeFormatter NINE_DECIMALS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private IsoTime() {}

    static String text(Instant instant) {
        return NINE_DECIMALS.format(instant);
    }

    static Instant instant(String text) {
        return Instant.parse(text);
    }
}
