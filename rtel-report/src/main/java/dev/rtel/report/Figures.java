package dev.rtel.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Figures as people read them, the same in every view. Rounds half up, for display only; independent of the machine's
 * locale. A value that is not a number becomes {@link #UNKNOWN}. Thread-safe.
 */
public final class Figures {
    /** Stands where a figure is unknown. */
    public static final String UNKNOWN = "–";

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int USD_DECIMALS = 4;
    private static final double MILLIS_PER_SECOND = 1000;

    private Figures() {}

    /** A share to a tenth of a percent: 0.8 is {@code 80.0 %}. */
    public static String percent(double share) {
        return Double.isFinite(share) ? hundredfold(share, 1) + " %" : UNKNOWN;
    }

    /** A share to a whole percent: 0.8 is {@code 80 %}. */
    public static String wholePercent(double share) {
        return Double.isFinite(share) ? hundredfold(share, 0) + " %" : UNKNOWN;
    }

    /** An interval of shares in whole percent, clipped to 0..100 and without a unit: {@code 58–92}. */
    public static String percentRange(double lower, double upper) {
        return Double.isFinite(lower) && Double.isFinite(upper)
                ? hundredfold(clip(lower), 0) + "–" + hundredfold(clip(upper), 0)
                : UNKNOWN;
    }

    /** Correct answers per 1,000 tokens to three significant digits: {@code 0.421}, {@code 2.78}. */
    public static String efficiency(double perThousandTokens) {
        if (!Double.isFinite(perThousandTokens)) {
            return UNKNOWN;
        }
        if (perThousandTokens == 0) {
            return "0";
        }
        BigDecimal rounded =
                BigDecimal.valueOf(perThousandTokens).round(new MathContext(SIGNIFICANT_DIGITS, RoundingMode.HALF_UP));
        int missing = SIGNIFICANT_DIGITS - rounded.precision();
        return (missing > 0 ? rounded.setScale(rounded.scale() + missing, RoundingMode.UNNECESSARY) : rounded)
                .toPlainString();
    }

    /** US dollars to four decimals: {@code $0.0272}; what would round to nothing is {@code <$0.0001}. */
    public static String usd(BigDecimal dollars) {
        BigDecimal rounded = dollars.setScale(USD_DECIMALS, RoundingMode.HALF_UP);
        if (rounded.signum() == 0 && dollars.signum() > 0) {
            return "<$0.0001";
        }
        return (rounded.signum() < 0 ? "-$" : "$") + grouped(rounded.abs());
    }

    /** US dollars to four decimals. */
    public static String usd(double dollars) {
        return Double.isFinite(dollars) ? usd(BigDecimal.valueOf(dollars)) : UNKNOWN;
    }

    /** A number of tokens, whole, with separators: {@code 1,900}; a mean below 10 keeps one decimal. */
    public static String tokens(double tokens) {
        if (!Double.isFinite(tokens)) {
            return UNKNOWN;
        }
        boolean fine = Math.abs(tokens) < 10 && tokens != Math.rint(tokens);
        return grouped(BigDecimal.valueOf(tokens).setScale(fine ? 1 : 0, RoundingMode.HALF_UP));
    }

    /** A number of things, with separators: {@code 1,900}. */
    public static String count(long n) {
        return grouped(BigDecimal.valueOf(n));
    }

    /** Milliseconds as seconds: {@code 31.0 s}; below one second with two decimals. */
    public static String seconds(double millis) {
        if (!Double.isFinite(millis)) {
            return UNKNOWN;
        }
        double seconds = millis / MILLIS_PER_SECOND;
        return grouped(BigDecimal.valueOf(seconds).setScale(Math.abs(seconds) < 1 ? 2 : 1, RoundingMode.HALF_UP))
                + " s";
    }

    private static double clip(double share) {
        return Math.max(0, Math.min(1, share));
    }

    private static String hundredfold(double share, int digits) {
        return BigDecimal.valueOf(share)
                .movePointRight(2)
                .setScale(digits, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String grouped(BigDecimal value) {
        return String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value);
    }
}
