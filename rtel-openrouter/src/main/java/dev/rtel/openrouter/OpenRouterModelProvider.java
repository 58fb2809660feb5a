package dev.rtel.openrouter;

import dev.rtel.config.Config;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Lane;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Model provider {@code openrouter}. Settings: {@code base_url, api_key_env, http_referer, app_title, send_metadata,
 * stream, generation_delays}. The key is read from the secret named by {@code api_key_env}; it is sent over https, or over http
 * to this machine. Without one the model can be planned but not called.
 */
public final class OpenRouterModelProvider implements ModelProvider {
    /** Settings that the billing look-up shares with the model. */
    private static final String[] SHARED = {"base_url", "api_key_env", "generation_delays"};

    /** Made by the service loader. */
    public OpenRouterModelProvider() {}

    @Override
    public String name() {
        return "openrouter";
    }

    @Override
    public String description() {
        return "models of openrouter.ai; needs " + Endpoint.OPENROUTER_KEY;
    }

    @Override
    public Model create(ComponentContext context) {
        Config config = context.config()
                .knownKeys(
                        MODEL_ID,
                        MODEL_NAME,
                        "base_url",
                        "api_key_env",
                        "http_referer",
                        "app_title",
                        "send_metadata",
                        "stream",
                        "generation_delays");
        ChatSettings.generationDelays(config);
        Map<String, String> headers = new LinkedHashMap<>(ChatSettings.attribution(config));
        headers.put("X-OpenRouter-Cache", "false"); // a cached answer bills nothing and would poison every figure
        return new ChatModel(
                config.requireString(MODEL_ID),
                Endpoint.openRouter(context),
                new ChatSettings(true, config.bool("send_metadata", true), config.bool("stream", false), false),
                headers,
                context.clock(),
                HttpTransport.SHARED);
    }

    @Override
    public Lane lane(String modelId, Map<String, @Nullable Object> routing, Config settings) {
        return Lanes.openRouter(modelId, routing, settings);
    }

    @Override
    public ComponentSpec defaultExtractor(Config settings) {
        Map<String, @Nullable Object> shared = new LinkedHashMap<>();
        for (String key : SHARED) {
            Object value = settings.values().get(key);
            if (value != null) {
                shared.put(key, value);
            }
        }
        return new ComponentSpec("generation", Config.of(settings.path(), shared));
    }
}
