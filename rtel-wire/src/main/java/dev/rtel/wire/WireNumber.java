package dev.rtel.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Numbers as servers write them: integers, floats such as {@code 384.0}, exponents, decimal strings. */
final class WireNumber {
    private static final int LONGEST = 40;
    private static final int LARGEST_EXPONENT = 400;
    private static final BigDecimal EXACT_LIMIT = BigDecimal.valueOf(1L << 53);

    private WireNumber() {}

    /** Returns the value exactly, or empty when it is no number of sane size. */
    static Optional<BigDecimal> decimal(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return sane(decimal);
        }
        if (value instanceof BigInteger big) {
            return sane(new BigDecimal(big));
        }
        if (value instanceof Long || value instanceof Integer) {
            return Optional.of(BigDecimal.valueOf(((Number) value).longValue()));
        }
        if (value instanceof String text && !text.isBlank() && text.length() <= LONGEST) {
            try {
                return sane(new BigDecimal(text.trim()));
            } catch (NumberFormatException e) {
                return Optional.empty(); // a word where a number belongs tells nothing
            }
        }
        return Optional.empty();
    }

    // 1E999999999 is a legal BigDecimal whose arithmetic exhausts the heap
    private static Optional<BigDecimal> sane(BigDecimal value) {
        return Math.abs((long) value.scale()) + value.precision() <= LARGEST_EXPONENT
                ? Optional.of(value)
                : Optional.empty();
    }

    /** Returns a whole number of at most 2^53 in size, negative ones included, or empty. */
    static OptionalLong whole(@Nullable Object value) {
        Optional<BigDecimal> decimal = decimal(value);
        if (decimal.isEmpty()
                || decimal.get().abs().compareTo(EXACT_LIMIT) > 0
                || decimal.get().stripTrailingZeros().scale() > 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(decimal.get().longValueExact());
    }

    /** Returns an amount of money, at least 0, or empty. */
    static Optional<BigDecimal> money(@Nullable Object value) {
        return decimal(value).filter(amount -> amount.signum() >= 0);
    }
}
