package dev.rtel.graders.answer;

import dev.rtel.graders.internal.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads one exact number at the start of a text (rule C6): integers, decimals with grouping, fractions, vulgar fraction
 * characters, scientific notation. Powers, roots and products are not evaluated. Used once.
 */
final class NumberReader {
    static final String VULGAR =
            "\u00BC\u00BD\u00BE\u2150\u2151\u2152\u2153\u2154\u2155\u2156\u2157\u2158\u2159\u215A\u215B\u215C\u215D\u215E\u2189";
    private static final int[][] VULGAR_VALUES = {
        {1, 4}, {1, 2}, {3, 4}, {1, 7}, {1, 9}, {1, 10}, {1, 3}, {2, 3}, {1, 5}, {2, 5}, {3, 5}, {4, 5}, {1, 6}, {5, 6},
        {1, 8}, {3, 8}, {5, 8}, {7, 8}, {0, 3}
    };
    private static final String SUPERSCRIPTS = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";
    private static final String SUBSCRIPTS = "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089";
    private static final Set<String> DECIMAL_COMMA = Set.of(
            "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs", "sk", "sv", "da", "nb", "no", "nn", "fi", "tr",
            "el", "id", "ro", "hu", "bg", "hr", "sl", "lt", "lv", "et", "vi");
    private static final int MOST_DIGITS = 2000;
    private static final int LARGEST_EXPONENT = 2000;

    /** Why there is no number. */
    enum Problem {
        NONE,
        ABSENT,
        SEVERAL
    }

    private final String text;
    private final boolean decimalComma;
    private int at;
    private Problem problem = Problem.NONE;

    NumberReader(String text, int start, boolean decimalComma) {
        this.text = text;
        this.at = start;
        this.decimalComma = decimalComma;
    }

    /** Whether a locale such as {@code de} or {@code fr-CA} writes a decimal comma. */
    static boolean decimalComma(String locale) {
        String[] parts = locale.toLowerCase(java.util.Locale.ROOT).split("[-_]");
        boolean pointRegion = parts.length > 1 && Set.of("ch", "li", "mx", "us").contains(parts[parts.length - 1]);
        return DECIMAL_COMMA.contains(parts[0]) && !pointRegion;
    }

    /** Index after the number. */
    int end() {
        return at;
    }

    Problem problem() {
        return problem;
    }

    /** Reads a number; the result means something only if {@link #problem()} is NONE. */
    Rational read() {
        try {
            return signed();
        } catch (ArithmeticException e) {
            return fail(Problem.ABSENT);
        }
    }

    private Rational fail(Problem why) {
        problem = why;
        return Rational.of(BigInteger.ZERO);
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private void blanks() {
        while (peek(0) == ' ') {
            at++;
        }
    }

    private Rational signed() {
        boolean negative = false;
        if (Text.DASHES.indexOf(peek(0)) >= 0 && peek(0) != '\0') {
            negative = true;
            at++;
            blanks();
        } else if (peek(0) == '+') {
            at++;
            blanks();
        }
        Rational value = fraction();
        if (problem == Problem.NONE && power()) {
            return fail(Problem.ABSENT);
        }
        return negative ? value.negate() : value;
    }

    /** Whether what follows makes the number a base, an index or a factorial. */
    private boolean power() {
        char next = peek(0);
        return next == '^'
                || next == '_'
                || next == '!'
                || next == '{'
                || next == '\\'
                || SUPERSCRIPTS.indexOf(next) >= 0 && next != '\0';
    }

    private Rational fraction() {
        Rational value = term();
        if (problem != Problem.NONE) {
            return value;
        }
        int before = at;
        blanks();
        if (peek(0) == '/' || peek(0) == '\u2044' || peek(0) == '\u2215') {
            at++;
            blanks();
            boolean bracket = peek(0) == '(';
            at += bracket ? 1 : 0;
            boolean negative = peek(0) == '-';
            at += negative ? 1 : 0;
            if (!Character.isDigit(peek(0))) {
                at = before;
                return value;
            }
            Rational below = decimal();
            if (bracket && peek(0) != ')' || peek(bracket ? 1 : 0) == '/') {
                return fail(Problem.ABSENT);
            }
            at += bracket ? 1 : 0;
            return problem == Problem.NONE ? value.over(negative ? below.negate() : below) : below;
        }
        at = before;
        return value;
    }

    private Rational term() {
        if (text.startsWith("\\frac", at)) {
            return frac();
        }
        int vulgar = peek(0) == '\0' ? -1 : VULGAR.indexOf(peek(0));
        if (vulgar >= 0) {
            at++;
            return vulgar(vulgar);
        }
        if (SUPERSCRIPTS.indexOf(peek(0)) >= 0 && peek(0) != '\0') {
            return raised();
        }
        if (!Character.isDigit(peek(0)) && !((peek(0) == '.' || peek(0) == ',') && Character.isDigit(peek(1)))) {
            return fail(Problem.ABSENT);
        }
        int start = at;
        Rational value = decimal();
        boolean whole = text.substring(start, at).chars().allMatch(Character::isDigit);
        return problem == Problem.NONE ? whole ? mixed(value) : scientific(value) : value;
    }

    private static Rational vulgar(int index) {
        int[] pair = VULGAR_VALUES[index];
        return new Rational(BigInteger.valueOf(pair[0]), BigInteger.valueOf(pair[1]));
    }

    /** "1½", "1 1/2", "1\frac12"; otherwise perhaps scientific notation. */
    private Rational mixed(Rational whole) {
        int before = at;
        blanks();
        int vulgar = peek(0) == '\0' ? -1 : VULGAR.indexOf(peek(0));
        if (vulgar >= 0) {
            at++;
            return whole.plus(vulgar(vulgar));
        }
        if (text.startsWith("\\frac", at)) {
            return whole.plus(frac());
        }
        int i = at;
        while (i < text.length() && i - at < 6 && Character.isDigit(text.charAt(i))) {
            i++;
        }
        if (i > at
                && at > before
                && i + 1 < text.length()
                && text.charAt(i) == '/'
                && Character.isDigit(text.charAt(i + 1))) {
            Rational above = decimal();
            at++;
            Rational below = decimal();
            return problem == Problem.NONE ? whole.plus(above.over(below)) : whole;
        }
        at = before;
        return scientific(whole);
    }

    private Rational raised() {
        BigInteger above = script(SUPERSCRIPTS);
        if (peek(0) != '\u2044' && peek(0) != '/') {
            return fail(Problem.ABSENT);
        }
        at++;
        if (SUBSCRIPTS.indexOf(peek(0)) < 0 || peek(0) == '\0') {
            return fail(Problem.ABSENT);
        }
        return new Rational(above, script(SUBSCRIPTS));
    }

    private BigInteger script(String digits) {
        BigInteger value = BigInteger.ZERO;
        for (int n = 0; n < 50 && peek(0) != '\0' && digits.indexOf(peek(0)) >= 0; n++) {
            value = value.multiply(BigInteger.TEN).add(BigInteger.valueOf(digits.indexOf(peek(0))));
            at++;
        }
        return value;
    }

    private Rational frac() {
        at += "\\frac".length();
        Rational above = part();
        if (problem != Problem.NONE) {
            return above;
        }
        Rational below = part();
        return problem == Problem.NONE ? above.over(below) : below;
    }

    private Rational part() {
        blanks();
        if (Character.isDigit(peek(0))) {
            return Rational.of(BigInteger.valueOf(text.charAt(at++) - '0'));
        }
        int close = peek(0) == '{' ? Text.closing(text, at) : -1;
        if (close < 0) {
            return fail(Problem.ABSENT);
        }
        var inner = new NumberReader(text.substring(at + 1, close).trim(), 0, decimalComma);
        at = close + 1;
        Rational value = inner.text.contains("\\frac") ? inner.fail(Problem.ABSENT) : inner.read();
        problem = inner.at < inner.text.length() ? Problem.ABSENT : inner.problem;
        return value;
    }

    private Rational scientific(Rational mantissa) {
        int before = at;
        if ((peek(0) == 'e' || peek(0) == 'E')
                && (Character.isDigit(peek(1)) || ((peek(1) == '-' || peek(1) == '+') && Character.isDigit(peek(2))))) {
            at++;
            return shifted(mantissa, exponent(false));
        }
        blanks();
        if ("\u00D7x*\u00B7\u22C5".indexOf(peek(0)) >= 0 && peek(0) != '\0') {
            at++;
            blanks();
            if (text.startsWith("10", at)) {
                at += 2;
                if (peek(0) == '^') {
                    at++;
                    boolean braces = peek(0) == '{' || peek(0) == '(';
                    at += braces ? 1 : 0;
                    blanks();
                    int exponent = exponent(false);
                    blanks();
                    if (braces && peek(0) != '}' && peek(0) != ')') {
                        return fail(Problem.ABSENT);
                    }
                    at += braces ? 1 : 0;
                    return shifted(mantissa, exponent);
                }
                if (peek(0) == '\u207B' || peek(0) != '\0' && SUPERSCRIPTS.indexOf(peek(0)) >= 0) {
                    return shifted(mantissa, exponent(true));
                }
            }
        }
        at = before;
        return mantissa;
    }

    private int exponent(boolean raised) {
        boolean negative = peek(0) == (raised ? '\u207B' : '-')
                || (!raised && Text.DASHES.indexOf(peek(0)) >= 0 && peek(0) != '\0');
        at += negative || peek(0) == '+' ? 1 : 0;
        int start = at;
        long value = 0;
        while (peek(0) != '\0' && (raised ? SUPERSCRIPTS.indexOf(peek(0)) >= 0 : Character.isDigit(peek(0)))) {
            value = Math.min(1_000_000, value * 10 + (raised ? SUPERSCRIPTS.indexOf(peek(0)) : peek(0) - '0'));
            at++;
        }
        if (at == start || value > LARGEST_EXPONENT) {
            problem = Problem.ABSENT;
            return 0;
        }
        return (int) (negative ? -value : value);
    }

    private static Rational shifted(Rational mantissa, int exponent) {
        Rational power = Rational.of(BigInteger.TEN.pow(Math.abs(exponent)));
        return exponent < 0 ? mantissa.over(power) : mantissa.times(power);
    }

    /** Digits with grouping and decimal separators. */
    private Rational decimal() {
        List<String> runs = new ArrayList<>();
        StringBuilder separators = new StringBuilder();
        runs.add(run());
        while (at < text.length()) {
            char c = peek(0);
            boolean strict = c == ' ' || c == '\'' || c == '\u2019';
            if (!(strict || c == ',' || c == '.') || !Character.isDigit(peek(1))) {
                break;
            }
            int before = at++;
            String next = run();
            if (strict
                    && (next.length() != 3
                            || !grouped(
                                    runs, separators.toString().replace(c, ' ').isBlank()))) {
                at = before;
                break;
            }
            separators.append(c);
            runs.add(next);
        }
        int digits = runs.stream().mapToInt(String::length).sum();
        return digits > MOST_DIGITS ? fail(Problem.ABSENT) : value(runs, separators.toString());
    }

    private String run() {
        int start = at;
        while (Character.isDigit(peek(0))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean grouped(List<String> runs, boolean sameSeparators) {
        String first = runs.get(0);
        return sameSeparators && first.length() <= 3 && !first.isEmpty() && !first.startsWith("0");
    }

    private Rational value(List<String> runs, String separators) {
        int last = separators.length() - 1;
        if (last < 0) {
            return Rational.of(new BigInteger(runs.get(0)));
        }
        char lastSeparator = separators.charAt(last);
        boolean point = lastSeparator == ',' || lastSeparator == '.';
        boolean once = separators.indexOf(lastSeparator) == last;
        String joined = String.join("", runs);
        boolean groups = true;
        for (int i = 1; i < runs.size() - (point && once ? 1 : 0); i++) {
            groups &= runs.get(i).length() == 3 && separators.charAt(i - 1) == separators.charAt(0);
        }
        String first = runs.get(0);
        groups &= runs.size() == 2 && point || (first.length() <= 3 && !first.startsWith("0") && !first.isEmpty());
        if (!groups) {
            return fail(separators.indexOf(',') >= 0 ? Problem.SEVERAL : Problem.ABSENT);
        }
        boolean decimals = point && once;
        if (decimals && last == 0) {
            char groupSeparator = decimalComma ? '.' : ',';
            boolean grouping = lastSeparator == groupSeparator
                    && runs.get(1).length() == 3
                    && first.length() <= 3
                    && !first.startsWith("0")
                    && !first.isEmpty();
            decimals = !grouping;
        }
        if (!decimals) {
            return Rational.of(new BigInteger(joined));
        }
        return Rational.of(
                new BigDecimal(new BigInteger(joined), runs.get(runs.size() - 1).length()));
    }
}
