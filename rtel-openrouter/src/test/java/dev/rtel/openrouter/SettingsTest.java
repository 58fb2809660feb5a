package dev.rtel.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ModelProvider;
import dev.rtel.spi.TokenExtractorProvider;
import dev.rtel.testkit.SimpleContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static void create(boolean withKey, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("model_id", "m");
        all.put("model_name", "m@high");
        new OpenRouterModelProvider().create(Servers.context(withKey, all));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://openrouter.ai/api/v1",
                "https://example.org/v1/",
                "http://localhost:8080/v1",
                "http://127.0.0.1:9",
                "http://127.9.9.9/",
                "http://[::1]:8080/v1",
                "HTTP://LOCALHOST/v1",
            })
    void aKeyMayGoToTheseAddresses(String url) {
        assertThatCode(() -> create(true, Map.of("base_url", url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/v1",
                "http://localhost.example.org/v1",
                "http://127.0.0.1.example.org",
                "http://192.168.0.2:8080/v1",
                "http://0.0.0.0/v1",
            })
    void aKeyMayNotGoToThese(String url) {
        assertThatThrownBy(() -> create(true, Map.of("base_url", url)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("base_url")
                .hasMessageContaining("https")
                .hasMessageNotContaining(Servers.KEY);
        assertThatCode(() -> create(false, Map.of("base_url", url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openrouter.ai/api",
                "ftp://example.org",
                "https://",
                "https://a b/",
                "https://x/v1?key=1",
                "https:///v1",
                "https://x/#a",
                "",
                "https://example.org:99999999/v1"
            })
    void malformedAddressesAreRefused(String url) {
        assertThatThrownBy(() -> create(true, Map.of("base_url", url)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("settings.base_url");
    }

    @Test
    void credentialsInTheAddressAreRefusedAndNotRepeated() {
        assertThatThrownBy(() -> create(true, Map.of("base_url", "https://me:hunter2@example.org/v1")))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "base_ulr,https://x/v1",
        "send_metadata,maybe",
        "generation_delays,soon",
        "generation_delays,'5s,2s'",
        "generation_delays,''",
        "app_title,'two\nlines'",
    })
    void wrongSettingsAreRefused(String key, String value) {
        assertThatThrownBy(() -> create(true, Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void aKeyThatCannotBeAHeaderIsRefusedWithoutShowingIt() {
        ComponentContext context = new SimpleContext(
                Config.of("settings", Map.of("model_id", "m")),
                Map.of(),
                Map.of("OPENROUTER_API_KEY", new Secret("sk-or-v1-abc\ndef")),
                name -> {
                    throw new IllegalArgumentException(name);
                });
        assertThatThrownBy(() -> new OpenRouterModelProvider().create(context))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("OPENROUTER_API_KEY")
                .hasMessageNotContaining("abc");
    }

    @Test
    void compatibleServersNeedAnAddress() {
        assertThatThrownBy(() ->
                        new OpenAiCompatibleModelProvider().create(Servers.context(true, Map.of("model_id", "m"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("base_url");
    }

    @Test
    void theExtractorInheritsWhereAndHowToLookUp() {
        var spec = new OpenRouterModelProvider()
                .defaultExtractor(Config.of(
                        "models[0].settings",
                        Map.of("base_url", "http://localhost:1", "generation_delays", "1s,3s", "app_title", "x")));
        assertThat(spec.provider()).isEqualTo("generation");
        assertThat(spec.config().values()).containsOnlyKeys("base_url", "generation_delays");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.x.ai/v1,,xai",
        "https://api.x.ai/v1,openai,openai",
        "http://localhost:11434/v1,,ollama",
        "http://localhost:8000/v1,,generic",
        "a b,,generic",
        ",,generic",
        "http://localhost:8000/v1,odd,odd",
    })
    void theExtractorOfACompatibleServerKnowsTheInterface(String url, String profile, String expected) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("base_url", url);
        settings.put("profile", profile);
        var spec = new OpenAiCompatibleModelProvider().defaultExtractor(Config.of("models[0].settings", settings));
        assertThat(spec.provider()).isEqualTo("usage");
        assertThat(spec.config().values()).isEqualTo(Map.of("profile", expected));
    }

    @Test
    void anUnknownProfileIsRefused() {
        assertThatThrownBy(() -> new OpenAiCompatibleModelProvider()
                        .create(Servers.context(
                                true, Map.of("model_id", "m", "base_url", "http://localhost:1", "profile", "olama"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("settings.profile is 'olama' (did you mean 'ollama'?)");
    }

    @Test
    void delaysHaveADefaultAndCanBeSet() {
        assertThat(new GenerationTokenExtractorProvider()
                        .create(SimpleContext.of(Map.of()))
                        .lookUpDelays())
                .startsWith(Duration.ofMillis(250))
                .endsWith(Duration.ofMinutes(4))
                .isSorted();
        assertThat(new GenerationTokenExtractorProvider()
                        .create(SimpleContext.of(Map.of("generation_delays", "100ms, 2s")))
                        .lookUpDelays())
                .containsExactly(Duration.ofMillis(100), Duration.ofSeconds(2));
    }

    @Test
    void providersAreListed() {
        assertThat(ServiceLoader.load(ModelProvider.class))
                .extracting(ModelProvider::name)
                .contains("openrouter", "openai-compatible");
        assertThat(ServiceLoader.load(TokenExtractorProvider.class))
                .extracting(TokenExtractorProvider::name)
                .contains("generation", "usage");
    }
}
