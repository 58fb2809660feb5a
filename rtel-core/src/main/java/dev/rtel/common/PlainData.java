package dev.rtel.common;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain JSON values as Java objects: maps with string keys (order kept), lists, strings, booleans, {@link Long},
 * {@link BigInteger}, {@link BigDecimal}, and null inside maps and lists. Settings, wire parameters and metadata travel
 * in this form so that no JSON library shows in a signature.
 */
public final class PlainData {
    private PlainData() {}

    /**
     * Copies deeply into unmodifiable collections; integers become {@code Long}, other numbers {@code BigDecimal}. What is
     * such a copy already, or was read by {@link PlainJson}, is returned as it is.
     */
    public static Map<String, @Nullable Object> copyOf(Map<String, ? extends @Nullable Object> map) {
        return copyOfMap(map);
    }

    private static PlainMap copyOfMap(Map<?, ? extends @Nullable Object> map) {
        if (map instanceof PlainMap plain) {
            return plain;
        }
        LinkedHashMap<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), copyOfValue(value)));
        return PlainMap.of(copy);
    }

    /**
     * Copies one value deeply.
     *
     * @throws IllegalArgumentException if it is not plain data, or a number that JSON cannot hold
     */
    public static @Nullable Object copyOfValue(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof PlainList) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return copyOfMap(map);
        }
        if (value instanceof Iterable<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(copyOfValue(inner)));
            return new PlainList(copy);
        }
        if (value instanceof Number number) {
            return copyOfNumber(number);
        }
        throw new IllegalArgumentException("not plain data: " + value.getClass().getName());
    }

    private static Number copyOfNumber(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? (Number) big.longValue() : big;
        }
        if (number instanceof BigDecimal) {
            return number;
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not plain data: " + value);
        }
        return new BigDecimal(number.toString());
    }
}
