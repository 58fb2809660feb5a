package dev.rtel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    private static final Duration FALLBACK = Duration.ofDays(7);

    private static Config config(Map<String, ?> values) {
        return Config.of("models[2].settings", values);
    }

    private static Config located(String key, Object value) {
        return new Config(
                "models[2].settings", Map.of(key, value), Map.of("models[2].settings." + key, "roster.yaml:14"));
    }

    @Test
    void textNumbersAndSwitchesAreReadAsText() {
        Config config = config(Map.of("a", "x", "b", 7, "c", true, "d", new BigDecimal("1.50")));

        assertThat(config.string("a")).hasValue("x");
        assertThat(config.string("b")).hasValue("7");
        assertThat(config.string("c")).hasValue("true");
        assertThat(config.string("d")).hasValue("1.50");
    }

    @Test
    void absentAndNullSettingsTakeTheFallback() {
        Config config = config(Collections.singletonMap("nothing", null));
        for (String key : List.of("nothing", "absent")) {
            assertThat(config.string(key)).isEmpty();
            assertThat(config.integer(key, 8)).isEqualTo(8);
            assertThat(config.decimal(key)).isEmpty();
            assertThat(config.bool(key, true)).isTrue();
            assertThat(config.duration(key, FALLBACK)).isEqualTo(FALLBACK);
            assertThat(config.section(key).values()).isEmpty();
        }
    }

    @Test
    void aMissingRequiredSettingIsNamedWithItsPath() {
        assertThatThrownBy(() -> config(Map.of()).requireString("url"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("models[2].settings.url is required but not set");
    }

    @Test
    void malformedValuesAreNamedWithPlaceAndExpectation() {
        assertThatThrownBy(() -> located("n", "1.5").integer("n", 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("models[2].settings.n (roster.yaml:14) is '1.5', expected a whole number");
        assertThatThrownBy(() -> located("n", 3_000_000_000L).integer("n", 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'3000000000', expected a whole number");
        assertThatThrownBy(() -> located("n", "much").decimal("n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("models[2].settings.n (roster.yaml:14) is 'much', expected a number");
        assertThatThrownBy(() -> located("n", "yes").bool("n", false))
                .isInstanceOf(ConfigException.class)
                .hasMessage("models[2].settings.n (roster.yaml:14) is 'yes', expected true or false");
        assertThatThrownBy(() -> located("n", "soon").duration("n", FALLBACK))
                .isInstanceOf(ConfigException.class)
                .hasMessage("models[2].settings.n (roster.yaml:14) is 'soon', expected a duration such as 250ms, 90s,"
                        + " 10m or PT10M");
        assertThatThrownBy(() -> located("n", "text").section("n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("models[2].settings.n (roster.yaml:14) is 'text', expected a group of settings");
    }

    @Test
    void decimalsKeepTheirDigits() {
        assertThat(config(Map.of("d", new BigDecimal("0.10"))).decimal("d")).hasValue(new BigDecimal("0.10"));
        assertThat(config(Map.of("d", "1e-9")).decimal("d").orElseThrow()).isEqualByComparingTo("0.000000001");
        assertThat(config(Map.of("d", 5)).decimal("d")).hasValue(new BigDecimal("5"));
    }

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "90s, PT1M30S",
        "10m, PT10M",
        "2h, PT2H",
        "PT10M, PT10M",
        "PT0.5S, PT0.5S",
        "0s, PT0S",
        "' 5s ', PT5S"
    })
    void durationsAreReadInShortAndIsoForm(String text, String expected) {
        assertThat(config(Map.of("t", text)).duration("t", FALLBACK)).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "-5s", "PT-5M", "5 s", "1.5s", "5d", "99999999999999999999s", "9223372036854775807h"})
    void otherDurationsAreRefused(String text) {
        assertThat(Config.parseDuration(text)).isEmpty();
        assertThatThrownBy(() -> config(Map.of("t", text)).duration("t", FALLBACK))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'" + text + "'");
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 50).mapToObj(i -> 100L + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyIsoDurationIsReadBack(long seed) {
        Duration duration = Duration.ofMillis(new SplittableRandom(seed).nextLong(1L << 45));
        assertThat(Config.parseDuration(duration.toString())).hasValue(duration);
        assertThat(Config.parseDuration(duration.toMillis() + "ms")).hasValue(duration);
    }

    @Test
    void groupsKeepPathAndPlaces() {
        Config root = new Config(
                "models[0]",
                Map.of("settings", Map.of("url", 1), "other", 2),
                Map.of("models[0].settings.url", "roster.yaml:4"));
        Config settings = root.section("settings");

        assertThat(settings.path()).isEqualTo("models[0].settings");
        assertThat(settings.values()).containsOnlyKeys("url");
        assertThat(settings.at("url")).isEqualTo("models[0].settings.url (roster.yaml:4)");
        assertThat(settings.at("else")).isEqualTo("models[0].settings.else");
        assertThat(Config.of("", Map.of()).section("a").at("b")).isEqualTo("a.b");
    }

    @Test
    void unknownSettingsAreRefusedWithPlaceNearestAndKnownNames() {
        assertThatThrownBy(() -> located("basse_url", "x").knownKeys("base_url", "api_key"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown setting models[2].settings.basse_url (roster.yaml:14) (did you mean 'base_url'?);"
                        + " known: [api_key, base_url]");
        assertThatThrownBy(() -> config(Map.of("entirely", 1)).knownKeys("base_url"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown setting models[2].settings.entirely; known: [base_url]");
        assertThatThrownBy(() -> config(Map.of("a", 1)).knownKeys())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("known: []");
    }

    @Test
    void knownSettingsPass() {
        Config config = config(Map.of("url", "x"));
        assertThat(config.knownKeys("url", "unused")).isSameAs(config);
        assertThat(Config.empty().knownKeys().values()).isEmpty();
    }

    @Test
    void laterChangesOfTheGivenMapHaveNoEffect() {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("a", 1));
        Config config = config(values);
        values.put("b", 2);

        assertThat(config.values()).containsOnlyKeys("a");
        assertThatThrownBy(() -> config.values().put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
    }
}
