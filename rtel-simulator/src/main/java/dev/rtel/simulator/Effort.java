package dev.rtel.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How hard a request asks a model to think, weakest first; the words of OpenRouter's {@code reasoning.effort}. */
public enum Effort {
    /** No thinking. */
    NONE(0.0),
    /** A tenth of the usual thinking. */
    MINIMAL(0.1),
    /** Less than half of the usual thinking. */
    LOW(0.4),
    /** The usual thinking, also when a request says nothing. */
    MEDIUM(1.0),
    /** Nearly twice the usual thinking. */
    HIGH(1.8),
    /** Two and a half times the usual thinking. */
    XHIGH(2.5),
    /** Three times the usual thinking. */
    MAX(3.0);

    private final double scale;

    Effort(double scale) {
        this.scale = scale;
    }

    /** Returns the factor by which this effort multiplies a model's mean reasoning tokens. */
    public double scale() {
        return scale;
    }

    /** Returns the word used on the wire, for example {@code high}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Effort> ofWireName(String word) {
        for (Effort effort : values()) {
            if (effort.wireName().equals(word)) {
                return Optional.of(effort);
            }
        }
        return Optional.empty();
    }

    /** Returns the closest of the supported efforts, the weaker of two equally close ones, or this if none is listed. */
    Effort nearest(List<Effort> supported) {
        return supported.stream()
                .filter(effort -> effort != NONE)
                .min(Comparator.<Effort>comparingInt(effort -> Math.abs(effort.ordinal() - ordinal()))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(this);
    }
}
