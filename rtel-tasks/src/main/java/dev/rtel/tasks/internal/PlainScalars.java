package dev.rtel.tasks.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted YAML word means: the core schema of YAML 1.2 (yaml.org/spec/1.2.2, 10.3.2). Words that older YAML
 * readers take for something else are refused rather than guessed at.
 */
final class PlainScalars {
    private static final int MAX_DIGITS = 400;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,100}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,9})?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern OCTAL_OR_DECIMAL = Pattern.compile("[-+]?0[0-9_]+(\\.[0-9_]*)?|0o[0-7]+");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
    private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9][0-9_]*_[0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?");
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern TRUTH_WORD = Pattern.compile("yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF");

    private PlainScalars() {}

    /** Says why a word is refused; empty = it is clear. */
    static Optional<String> trap(String word) {
        String why = null;
        if (OCTAL_OR_DECIMAL.matcher(word).matches()) {
            why = "is read as an octal number by some YAML readers and as a decimal one by others";
        } else if (BINARY.matcher(word).matches()
                || GROUPED.matcher(word).matches()
                || BASE_60.matcher(word).matches()) {
            why = "is read as a number by some YAML readers and as text by others";
        } else if (TRUTH_WORD.matcher(word).matches()) {
            why = "is read as a truth value by some YAML readers and as text by others";
        } else if (NOT_FINITE.matcher(word).matches() || !keepable(word)) {
            why = "is a number that cannot be kept";
        }
        if (why == null) {
            return Optional.empty();
        }
        String instead = TRUTH_WORD.matcher(word).matches() ? "true or false" : "a plain decimal number";
        return Optional.of(
                "unquoted " + word + " " + why + "; put it in quotes (\"" + word + "\") or write " + instead);
    }

    /** Returns what a clear word means: null, Boolean, a number or the text itself. */
    static @Nullable Object resolve(String word) {
        switch (word) {
            case "", "~", "null", "Null", "NULL" -> {
                return null;
            }
            case "true", "True", "TRUE" -> {
                return true;
            }
            case "false", "False", "FALSE" -> {
                return false;
            }
            default -> {
                if (HEXADECIMAL.matcher(word).matches()) {
                    return integer(new BigInteger(word.substring(2), 16));
                }
                return DECIMAL.matcher(word).matches() ? number(word) : word;
            }
        }
    }

    /** Whether a number is small enough to be written out again; words that are no numbers are. */
    static boolean keepable(String word) {
        if (!DECIMAL.matcher(word).matches()) {
            return !Pattern.matches("[-+]?[0-9.]+[eE][-+]?[0-9]+", word);
        }
        return word.length() <= MAX_DIGITS && Math.abs((long) new BigDecimal(word).scale()) <= MAX_DIGITS;
    }

    /** Reads a number exactly: Long, BigInteger or BigDecimal. */
    static Number number(String word) {
        return INTEGER.matcher(word).matches() ? integer(new BigInteger(word)) : new BigDecimal(word);
    }

    private static Number integer(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }
}
