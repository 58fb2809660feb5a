package dev.rtel.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDataTest {
    @Test
    void wholeNumbersBecomeLongAsFarAsTheyFit() {
        assertThat(PlainData.copyOfValue((byte) 7)).isEqualTo(7L);
        assertThat(PlainData.copyOfValue((short) 7)).isEqualTo(7L);
        assertThat(PlainData.copyOfValue(7)).isEqualTo(7L);
        assertThat(PlainData.copyOfValue(BigInteger.valueOf(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(PlainData.copyOfValue(BigInteger.valueOf(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        BigInteger tooBig = BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE);
        assertThat(PlainData.copyOfValue(tooBig)).isEqualTo(tooBig);
    }

    @Test
    void otherNumbersBecomeDecimalsWithTheShortestDigits() {
        assertThat(PlainData.copyOfValue(0.1)).isEqualTo(new BigDecimal("0.1"));
        assertThat(PlainData.copyOfValue(0.1f)).isEqualTo(new BigDecimal("0.1"));
        assertThat(PlainData.copyOfValue(new BigDecimal("0.10"))).isEqualTo(new BigDecimal("0.10"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatJsonCannotHoldAreRefused(double value) {
        assertThatThrownBy(() -> PlainData.copyOfValue(List.of(value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(value));
        assertThatThrownBy(() -> PlainData.copyOfValue((float) value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void objectsOfOtherTypesAreRefusedByName() {
        assertThatThrownBy(() -> PlainData.copyOf(Map.of("at", Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not plain data: java.time.Instant");
    }

    @Test
    void copiesAreDeepAndCannotBeChanged() {
        List<Object> inner = new ArrayList<>(Arrays.asList("a", null));
        Map<String, Object> outer = new LinkedHashMap<>(Map.of("list", inner));
        Map<String, Object> copy = PlainData.copyOf(outer);
        inner.add("late");
        outer.put("late", 1);

        assertThat(copy).containsOnlyKeys("list");
        assertThat(copy.get("list")).isEqualTo(Arrays.asList("a", null));
        assertThatThrownBy(() -> copy.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) copy.get("list")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void orderIsKeptAndAnyIterableIsAList() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", Set.of("only"));
        assertThat(PlainData.copyOf(map)).containsExactly(Map.entry("z", 1L), Map.entry("a", List.of("only")));
    }

    @Test
    void copyingACopyChangesNothing() {
        Map<String, Object> once = PlainData.copyOf(Map.of("a", List.of(1, 2.5, true, "x"), "b", Map.of("c", 1)));
        assertThat(PlainData.copyOf(once)).isSameAs(once);
        assertThat(PlainData.copyOfValue(once.get("a"))).isSameAs(once.get("a"));
    }
}
