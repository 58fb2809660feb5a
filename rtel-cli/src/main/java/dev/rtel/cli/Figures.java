package dev.rtel.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Figures as people read them; unknown is a dash, never 0. */
final class Figures {
    private static final String UNKNOWN = "–";

    private Figures() {}

    static String usd(Optional<BigDecimal> amount) {
        return amount.map(Figures::usd).orElse(UNKNOWN);
    }

    static String usd(BigDecimal amount) {
        return "$" + amount.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }

    /** A difference: always with its sign. */
    static String percent(OptionalDouble difference) {
        return difference.isPresent() ? String.format(Locale.ROOT, "%+.2f %%", difference.getAsDouble()) : UNKNOWN;
    }

    static String seconds(OptionalDouble seconds) {
        return seconds.isPresent() ? String.format(Locale.ROOT, "%.2f s", seconds.getAsDouble()) : UNKNOWN;
    }

    static String rate(OptionalDouble perSecond) {
        return perSecond.isPresent() ? String.format(Locale.ROOT, "%.1f", perSecond.getAsDouble()) : UNKNOWN;
    }
}
