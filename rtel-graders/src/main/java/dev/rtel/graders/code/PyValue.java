package dev.rtel.graders.code;

import dev.rtel.graders.internal.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Python value as plain data. What is not plain data is opaque and equals nothing, so an object that claims to be
 * equal to everything gains nothing.
 */
sealed interface PyValue {
    /** {@code None}. */
    record None() implements PyValue {}

    /** A string. */
    record Str(String value) implements PyValue {}

    /** Bytes, as Base64. */
    record Bytes(String base64) implements PyValue {}

    /** bool, int, finite float, Decimal or Fraction by exact value; the type matters only on request. */
    record Num(String type, Rational value) implements PyValue {}

    /** A float or Decimal that is no number: nan, inf, -inf. */
    record Special(String name) implements PyValue {}

    /** A complex number that is not real. */
    record Complex(PyValue real, PyValue imaginary) implements PyValue {}

    /** list, tuple, set or frozenset: tags l, t, S, F. */
    record Items(String tag, List<PyValue> items) implements PyValue {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A dict in insertion order. */
    record Dict(List<Entry> entries) implements PyValue {
        public Dict {
            entries = List.copyOf(entries);
        }
    }

    /** One entry of a dict. */
    record Entry(PyValue key, PyValue value) {}

    /** Anything else. */
    record Opaque(String type) implements PyValue {}

    /** A reply that is no tagged value within the limits. */
    final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    int DEEPEST = 110;
    int LARGEST_EXPONENT = 5000;

    /** Reads the tagged form that the host sends. */
    static PyValue ofTagged(@Nullable Object tagged) throws MalformedException {
        try {
            return tagged(tagged, 0);
        } catch (ClassCastException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException
                | NullPointerException e) {
            throw new MalformedException("not a tagged value: " + e.getMessage());
        }
    }

    private static PyValue tagged(@Nullable Object tagged, int depth) throws MalformedException {
        if (!(tagged instanceof List<?> list) || depth > DEEPEST) {
            throw new MalformedException("not a tagged value");
        }
        String tag = String.valueOf(list.get(0));
        switch (tag) {
            case "n":
                return new None();
            case "b":
                return new Num(
                        "bool", Rational.of(Boolean.TRUE.equals(list.get(1)) ? BigInteger.ONE : BigInteger.ZERO));
            case "i":
                return new Num("int", Rational.of(hex(list.get(1))));
            case "f":
                return real(Double.parseDouble(javaFloat(list.get(1))));
            case "s":
                return new Str(text(list.get(1)));
            case "y":
                return new Bytes(
                        Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text(list.get(1)))));
            case "c":
                return complex(
                        real(Double.parseDouble(javaFloat(list.get(1)))),
                        real(Double.parseDouble(javaFloat(list.get(2)))));
            case "D":
                return decimal(text(list.get(1)));
            case "Q":
                return new Num("Fraction", new Rational(hex(list.get(1)), hex(list.get(2))));
            case "l", "t", "S", "F":
                List<PyValue> items = new ArrayList<>();
                for (Object item : (List<?>) notNull(list.get(1))) {
                    items.add(tagged(item, depth + 1));
                }
                return new Items(tag, items);
            case "d":
                List<Entry> entries = new ArrayList<>();
                for (Object pair : (List<?>) notNull(list.get(1))) {
                    List<?> entry = (List<?>) notNull(pair);
                    entries.add(new Entry(tagged(entry.get(0), depth + 1), tagged(entry.get(1), depth + 1)));
                }
                return new Dict(entries);
            case "o":
                return new Opaque(text(list.get(1)));
            default:
                throw new MalformedException("unknown tag");
        }
    }

    private static Object notNull(@Nullable Object value) throws MalformedException {
        if (value == null) {
            throw new MalformedException("null in a tagged value");
        }
        return value;
    }

    private static String text(@Nullable Object value) throws MalformedException {
        return (String) notNull(value);
    }

    private static BigInteger hex(@Nullable Object value) throws MalformedException {
        String text = text(value);
        if (text.length() > 2100) {
            throw new MalformedException("integer too large");
        }
        boolean negative = text.startsWith("-");
        BigInteger magnitude = new BigInteger(text.substring(negative ? 3 : 2), 16);
        return negative ? magnitude.negate() : magnitude;
    }

    private static String javaFloat(@Nullable Object value) throws MalformedException {
        String text = text(value);
        return switch (text) {
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            case "nan", "-nan" -> "NaN";
            default -> text;
        };
    }

    private static PyValue real(double value) {
        if (Double.isNaN(value)) {
            return new Special("nan");
        }
        if (Double.isInfinite(value)) {
            return new Special(value > 0 ? "inf" : "-inf");
        }
        return new Num("float", Rational.of(new BigDecimal(value)));
    }

    private static PyValue complex(PyValue real, PyValue imaginary) {
        boolean zero = imaginary instanceof Num num && num.value().numerator().signum() == 0;
        return zero && real instanceof Num num ? new Num("complex", num.value()) : new Complex(real, imaginary);
    }

    private static PyValue decimal(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("nan")) {
            return new Special("nan");
        }
        if (lower.contains("inf")) {
            return new Special(lower.startsWith("-") ? "-inf" : "inf");
        }
        BigDecimal value = text.length() > 5000 ? BigDecimal.ZERO : new BigDecimal(text);
        if (text.length() > 5000 || Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
            return new Opaque("Decimal");
        }
        return new Num("Decimal", Rational.of(value));
    }

    /**
     * Reads plain data of a task file. Python types that JSON lacks are written as a map with one key: {@code $tuple},
     * {@code $set}, {@code $frozenset} (lists), {@code $dict} (list of pairs), {@code $bytes} (Base64), {@code $float}
     * ({@code nan}, {@code inf}, {@code -inf}), {@code $decimal}, {@code $fraction} (text).
     *
     * @throws IllegalArgumentException if such a map is malformed
     */
    static PyValue ofPlain(@Nullable Object plain) {
        if (plain == null) {
            return new None();
        }
        if (plain instanceof Boolean flag) {
            return new Num("bool", Rational.of(flag ? BigInteger.ONE : BigInteger.ZERO));
        }
        if (plain instanceof BigDecimal decimal) {
            return real(decimal.doubleValue());
        }
        if (plain instanceof BigInteger big) {
            return new Num("int", Rational.of(big));
        }
        if (plain instanceof Number number) {
            return new Num("int", Rational.of(BigInteger.valueOf(number.longValue())));
        }
        if (plain instanceof List<?> list) {
            return items("l", list);
        }
        if (plain instanceof Map<?, ?> map) {
            return map.size() == 1
                            && String.valueOf(map.keySet().iterator().next()).startsWith("$")
                    ? special(
                            String.valueOf(map.keySet().iterator().next()),
                            map.values().iterator().next())
                    : new Dict(map.entrySet().stream()
                            .map(e -> new Entry(new Str(String.valueOf(e.getKey())), ofPlain(e.getValue())))
                            .toList());
        }
        return new Str(String.valueOf(plain));
    }

    private static Items items(String tag, @Nullable Object plain) {
        if (!(plain instanceof List<?> list)) {
            throw new IllegalArgumentException("expected a list, found '" + plain + "'");
        }
        List<PyValue> items = new ArrayList<>();
        list.forEach(item -> items.add(ofPlain(item)));
        return new Items(tag, items);
    }

    private static PyValue special(String key, @Nullable Object value) {
        String text = String.valueOf(value);
        return switch (key) {
            case "$tuple" -> items("t", value);
            case "$set" -> items("S", value);
            case "$frozenset" -> items("F", value);
            case "$bytes" ->
                new Bytes(Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)));
            case "$float" ->
                text.equals("nan") || text.endsWith("inf") ? new Special(text) : real(Double.parseDouble(text));
            case "$decimal" -> decimal(text);
            case "$fraction" -> {
                String[] parts = text.split("/", 2);
                yield new Num(
                        "Fraction",
                        new Rational(
                                new BigInteger(parts[0].trim()),
                                new BigInteger(parts.length == 1 ? "1" : parts[1].trim())));
            }
            case "$dict" -> {
                List<Entry> entries = new ArrayList<>();
                for (PyValue pair : items("l", value).items()) {
                    if (!(pair instanceof Items two) || two.items().size() != 2) {
                        throw new IllegalArgumentException("$dict takes a list of pairs");
                    }
                    entries.add(new Entry(two.items().get(0), two.items().get(1)));
                }
                yield new Dict(entries);
            }
            default ->
                throw new IllegalArgumentException("unknown type '" + key
                        + "'; known: $tuple, $set, $frozenset, $dict, $bytes, $float, $decimal, $fraction");
        };
    }

    /** Returns the tagged form that the host reads. */
    default Object toTagged() {
        if (this instanceof Str str) {
            return List.of("s", str.value());
        } else if (this instanceof Bytes bytes) {
            return List.of("y", bytes.base64());
        } else if (this instanceof Special special) {
            return List.of("f", special.name());
        } else if (this instanceof Num num) {
            return number(num);
        } else if (this instanceof Items items) {
            return List.of(
                    items.tag(), items.items().stream().map(PyValue::toTagged).toList());
        } else if (this instanceof Dict dict) {
            return List.of(
                    "d",
                    dict.entries().stream()
                            .map(e -> List.of(e.key().toTagged(), e.value().toTagged()))
                            .toList());
        }
        return List.of("n");
    }

    private static Object number(Num num) {
        Rational value = num.value();
        return switch (num.type()) {
            case "bool" -> List.of("b", value.numerator().signum() != 0);
            case "int" -> List.of("i", pythonHex(value.numerator()));
            case "Fraction" -> List.of("Q", pythonHex(value.numerator()), pythonHex(value.denominator()));
            case "Decimal" ->
                List.of(
                        "D",
                        new BigDecimal(value.numerator())
                                .divide(new BigDecimal(value.denominator()))
                                .toString());
            default ->
                List.of(
                        "f",
                        Double.toHexString(new BigDecimal(value.numerator())
                                .divide(new BigDecimal(value.denominator()))
                                .doubleValue()));
        };
    }

    private static String pythonHex(BigInteger value) {
        return (value.signum() < 0 ? "-0x" : "0x") + value.abs().toString(16);
    }
}
