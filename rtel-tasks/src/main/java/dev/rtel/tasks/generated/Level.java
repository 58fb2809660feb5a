package dev.rtel.tasks.generated;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How difficult a sample is meant to be. */
enum Level {
    EASY,
    MEDIUM,
    HARD;

    /** The word of a request in which the levels take turns. */
    static final String MIXED = "mixed";

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Every word that may stand for {@code difficulty}. */
    static List<String> words() {
        return Stream.concat(Stream.of(values()).map(Level::word), Stream.of(MIXED))
                .toList();
    }
}
