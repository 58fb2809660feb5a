package dev.rtel.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.common.PlainJson.MalformedJsonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    @Test
    void canonicalTextSortsKeysAtEveryDepthAndHasNoWhiteSpace() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("z", 1);
        inner.put("a", Collections.singletonList(null));
        Map<String, Object> outer = new LinkedHashMap<>();
        outer.put("y", List.of(inner, "x"));
        outer.put("B", true);

        assertThat(PlainJson.canonical(outer)).isEqualTo("{\"B\":true,\"y\":[{\"a\":[null],\"z\":1},\"x\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "1.50, 1.5",
        "0.0, 0",
        "-0.00, 0",
        "1e3, 1000",
        "1E+3, 1000",
        "12e-4, 0.0012",
        "100, 100",
        "1.000000000000000000000000000001, 1.000000000000000000000000000001"
    })
    void equalNumbersHaveOneCanonicalText(String written, String canonical) {
        assertThat(PlainJson.canonical(PlainJson.read(written))).isEqualTo(canonical);
        assertThat(PlainJson.canonical(new BigDecimal(written))).isEqualTo(canonical);
    }

    @Test
    void integersDoublesAndDecimalsOfOneValueAreTheSameText() {
        assertThat(List.of(2, 2L, (short) 2, 2.0, 2.0f, new BigDecimal("2.00"), BigInteger.TWO))
                .extracting(PlainJson::canonical)
                .containsOnly("2");
    }

    @Test
    void aNumberWrittenAsTextStaysText() {
        assertThat(PlainJson.canonical("073")).isEqualTo("\"073\"");
        assertThat(PlainJson.canonical(List.of("1", 1))).isEqualTo("[\"1\",1]");
    }

    @Test
    void bigIntegersKeepEveryDigit() {
        String text = "123456789012345678901234567890";
        assertThat(PlainJson.read(text)).isEqualTo(new BigInteger(text));
        assertThat(PlainJson.write(PlainJson.read(text))).isEqualTo(text);
        assertThat(PlainJson.canonical(PlainJson.read(text))).isEqualTo(text);
    }

    @Test
    void everyCharacterSurvivesAndHalvesOfPairsAreEscaped() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.append((char) c).append(c % 7 == 0 ? "\uD83D\uDE00" : "x");
        }
        String json = PlainJson.write(all.toString());

        assertThat(PlainJson.read(json)).isEqualTo(all.toString());
        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertThat(PlainJson.write("a\u0000\b\t\n\f\r\u001F\"\\/\u007F é \uD83D\uDE00"))
                .isEqualTo("\"a\\u0000\\b\\t\\n\\f\\r\\u001F\\\"\\\\/\u007F é \uD83D\uDE00\"");
        assertThat(PlainJson.write("\uD83D\uD83D\uDE00\uDE00")).isEqualTo("\"\\uD83D\uD83D\uDE00\\uDE00\"");
    }

    @Test
    void valuesAreWrittenAsTheyStand() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put("a", List.of(1, 2L, true, 1.5, new BigDecimal("0.50"), BigInteger.TEN, List.of(), Map.of()));

        assertThat(PlainJson.write(map)).isEqualTo("{\"z\":null,\"a\":[1,2,true,1.5,0.50,10,[],{}]}");
        assertThat(PlainJson.write(Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(PlainJson.write(new int[] {1, 2})).isEqualTo("[1,2]");
    }

    @Test
    void wholeNumbersAreLongAndDecimalsKeepTheirScale() {
        assertThat(PlainJson.read("[1, 1.10]")).isEqualTo(List.of(1L, new BigDecimal("1.10")));
    }

    @Test
    void objectsWithTheSameKeyTwiceAreRefusedWhereEachCounts() {
        assertThatThrownBy(() -> PlainJson.readObject("{\"a\":1,\"b\":{\"c\":1,\n\"c\":2}}"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("\"c\"")
                .hasMessageContaining("line 2");
        assertThat(PlainJson.read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "[1,]",
                "{\"a\":1} x",
                "1 2",
                "NaN",
                "'a'",
                "{a:1}",
                "// c\n1",
                "01",
                "+1",
                "tru",
                "1e99980944515",
                "-1E-99980944515"
            })
    void whatIsNotExactlyOneJsonValueIsRefused(String text) {
        assertThatThrownBy(() -> PlainJson.read(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "1", "\"a\"", ""})
    void readingAnObjectRefusesOtherValues(String text) {
        assertThatThrownBy(() -> PlainJson.readObject(text)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void longListsAreReadOneByOneAndOnlyWhatIsAskedFor() {
        List<Map<String, Object>> told = new ArrayList<>();
        String text = "{\"n\":[{\"a\":0}],\"data\":[{\"a\":1,\"b\":[{\"a\":2}]},7,[{\"a\":3}],null,{\"c\":{\"a\":4}},"
                + "{\"a\":{\"x\":[5]},\"c\":6}],\"more\":{\"data\":[{\"a\":8}]}}";
        assertThat(PlainJson.readEach(text, "data", Set.of("a"), told::add)).isTrue();
        assertThat(told).containsExactly(Map.of("a", 1L), Map.of(), Map.of("a", Map.of("x", List.of(5L))));
        for (String none : List.of("{}", "{\"data\":{}}", "{\"data\":null}", "[{\"a\":1}]", "1", "\"data\"")) {
            assertThat(PlainJson.readEach(none, "data", Set.of("a"), told::add)).isFalse();
        }
        assertThat(told).hasSize(3);
        for (String broken : List.of("", "{\"data\":[{\"a\":1}", "{\"data\":[]} x", "{\"data\":[{\"a\"}]}", "<html>")) {
            assertThatThrownBy(() -> PlainJson.readEach(broken, "data", Set.of("a"), map -> {}))
                    .isInstanceOf(MalformedJsonException.class);
        }
    }

    @Test
    void notANumberIsRefusedInCanonicalText() {
        assertThatThrownBy(() -> PlainJson.canonical(Map.of("t", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prettyTextIsIndentedWithLineFeedsAndSaysTheSame() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(1, 2));
        map.put("a", "x");
        String pretty = PlainJson.writePretty(map);
        assertThat(pretty).contains("\n").doesNotContain("\r");
        assertThat(PlainJson.readObject(pretty)).isEqualTo(PlainData.copyOf(map));
        assertThat(pretty.indexOf("\"b\"")).isLessThan(pretty.indexOf("\"a\""));
    }

    @Test
    void prettyTextHasOneFormForAllFiles() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("quote", "\"");
        inner.put("none", Map.of());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", List.of(1L, "two", List.of(), true));
        map.put("objects", List.of(inner, Map.of("a", 0.5)));
        map.put("nothing", null);
        assertThat(PlainJson.writePretty(map)).isEqualTo("""
                {
                  "list" : [ 1, "two", [ ], true ],
                  "objects" : [ {
                    "quote" : "\\"",
                    "none" : { }
                  }, {
                    "a" : 0.5
                  } ],
                  "nothing" : null
                }""");
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 200).mapToObj(i -> 42_000L + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenIsReadBackEqual(long seed) {
        Object value = PlainData.copyOfValue(random(new SplittableRandom(seed), 4));
        assertThat(PlainJson.read(PlainJson.write(value))).isEqualTo(value);
        assertThat(PlainJson.read(PlainJson.writePretty(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void canonicalTextIsStableUnderReadingAndShuffling(long seed) {
        Object value = PlainData.copyOfValue(random(new SplittableRandom(seed), 4));
        String canonical = PlainJson.canonical(value);
        assertThat(PlainJson.canonical(PlainJson.read(canonical))).isEqualTo(canonical);
        assertThat(PlainJson.canonical(shuffled(value, new Random(seed)))).isEqualTo(canonical);
    }

    private static Object random(SplittableRandom random, int depth) {
        switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return random.nextLong();
            case 3:
                return new BigInteger(100, new Random(random.nextLong()));
            case 4:
                return new BigDecimal(BigInteger.valueOf(random.nextLong(1_000_000)), random.nextInt(1, 30));
            case 5:
                return text(random);
            case 6:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random(random, depth - 1));
                }
                return list;
            default:
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(text(random), random(random, depth - 1));
                }
                return map;
        }
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x1F300, 0x1F600) : random.nextInt(0x400);
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private static Object shuffled(Object value, Random random) {
        if (value instanceof Map<?, ?> map) {
            List<Object> keys = new ArrayList<>(map.keySet());
            Collections.shuffle(keys, random);
            Map<String, Object> copy = new LinkedHashMap<>();
            keys.forEach(key -> copy.put((String) key, shuffled(map.get(key), random)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(shuffled(inner, random)));
            return copy;
        }
        return value;
    }
}
