package dev.rtel.tasks.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as exact fractions {@code p} or {@code p/q} in lowest terms, so that 507.0, 507 and 1,014/2 are one. */
final class Numbers {
    private static final String NATURAL = "[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,60}";
    private static final Pattern VALUE =
            Pattern.compile("([-+]?)(" + NATURAL + ")?(?:\\.([0-9]{1,60}))?(?:\\s*/\\s*([0-9]{1,60}))?");
    /** A number that is no part of a word or of another number; a minus sign counts where no operand stands before it. */
    private static final Pattern TOKEN =
            Pattern.compile("(?<![\\p{L}0-9_.])(?:(?<![\\p{L}0-9)\\]}])-)?(?:" + NATURAL + ")(?:\\.[0-9]{1,60})?");

    private static final Pattern FRACTION = Pattern.compile("(?<![\\p{L}0-9_./])([0-9]{1,60})\\s*/\\s*([0-9]{1,60})");
    private static final Pattern LATEX =
            Pattern.compile("\\\\[dt]?frac\\s*\\{\\s*([0-9]{1,60})\\s*}\\s*\\{\\s*([0-9]{1,60})\\s*}");

    private Numbers() {}

    /** Reads a gold answer; empty if it is no number. */
    static Optional<String> canonical(String text) {
        Matcher matcher = VALUE.matcher(plain(text).strip());
        if (!matcher.matches() || (matcher.group(2) == null && matcher.group(3) == null)) {
            return Optional.empty();
        }
        String whole = matcher.group(2) == null ? "0" : matcher.group(2).replace(",", "");
        String decimals = matcher.group(3) == null ? "" : "." + matcher.group(3);
        BigDecimal value = new BigDecimal(whole + decimals);
        BigInteger den = matcher.group(4) == null ? BigInteger.ONE : new BigInteger(matcher.group(4));
        if (den.signum() == 0) {
            return Optional.empty();
        }
        boolean negative = "-".equals(matcher.group(1));
        return Optional.of(reduced(negative ? value.negate() : value, den));
    }

    /** All numbers that a prompt names, fractions and their parts too. */
    static Set<String> in(String prompt) {
        String text = plain(prompt);
        Set<String> found = new LinkedHashSet<>();
        TOKEN.matcher(text)
                .results()
                .map(MatchResult::group)
                .forEach(token -> canonical(token).ifPresent(found::add));
        for (Pattern pattern : new Pattern[] {FRACTION, LATEX}) {
            pattern.matcher(text)
                    .results()
                    .forEach(fraction -> canonical(fraction.group(1) + "/" + fraction.group(2))
                            .ifPresent(found::add));
        }
        return found;
    }

    private static String reduced(BigDecimal value, BigInteger den) {
        int scale = Math.max(0, value.scale());
        BigInteger num = value.movePointRight(scale).toBigIntegerExact();
        BigInteger all = den.multiply(BigInteger.TEN.pow(scale));
        BigInteger divisor = num.gcd(all);
        BigInteger p = num.divide(divisor);
        BigInteger q = all.divide(divisor);
        return q.equals(BigInteger.ONE) ? p.toString() : p + "/" + q;
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replace('\u2212', '-')
                .replace('\u2044', '/')
                .replaceAll("(?<=[0-9])(?:\\{,}|\\\\,|[\\u00a0\\u202f\\u2009'])(?=[0-9]{3}(?![0-9]))", ",");
    }
}
