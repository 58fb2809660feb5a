package dev.rtel.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.config.Config;
import dev.rtel.spi.Lane;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanesTest {
    private static Config settings(String baseUrl) {
        Map<String, Object> settings = new HashMap<>();
        if (baseUrl != null) {
            settings.put("base_url", baseUrl);
        }
        return Config.of("models[0].settings", settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|model:z-ai/glm",
                "{'only':['deepinfra']}|deepinfra",
                "{'only':['DeepInfra/fp8']}|deepinfra",
                "{'only':['deepinfra'],'allow_fallbacks':true}|deepinfra",
                "{'only':['google-vertex/us-east5'],'order':['b'],'allow_fallbacks':false}|google-vertex",
                "{'only':['a','b']}|model:z-ai/glm",
                "{'only':[]}|model:z-ai/glm",
                "{'only':[7]}|model:z-ai/glm",
                "{'only':'deepinfra'}|model:z-ai/glm",
                "{'order':['a']}|model:z-ai/glm",
                "{'order':['a'],'allow_fallbacks':true}|model:z-ai/glm",
                "{'order':['a'],'allow_fallbacks':false}|a",
                "{'order':['a/x','b'],'allow_fallbacks':false}|a",
                "{'only':['a','b'],'order':['b','a'],'allow_fallbacks':false}|b",
                "{'order':[],'allow_fallbacks':false}|model:z-ai/glm",
            })
    void atOpenRouterThePinnedHostIsTheProvider(String routing, String provider) {
        assertThat(new OpenRouterModelProvider()
                        .lane("z-ai/glm", PlainJson.readObject(routing.replace('\'', '"')), settings(null)))
                .isEqualTo(new Lane("https://openrouter.ai", provider));
    }

    @ParameterizedTest
    @CsvSource({
        "https://eu.openrouter.ai/api/v1,https://eu.openrouter.ai",
        "HTTPS://OpenRouter.AI/api/v1/,https://openrouter.ai",
        "http://127.0.0.1:4010/api/v1,http://127.0.0.1:4010",
    })
    void theAccountIsTheServer(String baseUrl, String account) {
        assertThat(new OpenRouterModelProvider()
                        .lane("m", Map.of(), settings(baseUrl))
                        .account())
                .isEqualTo(account);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.x.ai/v1,https://api.x.ai,api.x.ai",
        "http://localhost:8000/v1,http://localhost:8000,localhost",
        "http://[::1]:8000/v1,http://[::1]:8000,[::1]",
    })
    void aServerOfItsOwnIsOneLane(String baseUrl, String account, String provider) {
        var models = new OpenAiCompatibleModelProvider();
        assertThat(models.lane("a", Map.of(), settings(baseUrl)))
                .isEqualTo(new Lane(account, provider))
                .isEqualTo(models.lane("b", Map.of("only", java.util.List.of("x")), settings(baseUrl)));
    }
}
