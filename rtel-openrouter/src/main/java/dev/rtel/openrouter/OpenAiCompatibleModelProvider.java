package dev.rtel.openrouter;

import dev.rtel.config.Config;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelProvider;

/**
 * Model provider {@code openai-compatible}: any server with {@code POST {base_url}/chat/completions}, local ones
 * included. Settings: {@code base_url} (required), {@code api_key_env, http_referer, app_title, send_metadata,
 * stream}. Works
 * without a key; one that is set is sent over https, or over http to this machine.
 */
public final class OpenAiCompatibleModelProvider implements ModelProvider {
    /** Made by the service loader. */
    public OpenAiCompatibleModelProvider() {}

    @Override
    public String name() {
        return "openai-compatible";
    }

    @Override
    public String description() {
        return "any server of the OpenAI chat-completions interface; needs base_url";
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
        return new ChatModel(
                config.requireString(MODEL_ID),
                Endpoint.of(context, config.requireString("base_url"), "OPENAI_API_KEY"),
                new ChatSettings(false, config.bool("send_metadata", false), config.bool("stream", false), true),
                ChatSettings.attribution(config),
                context.clock(),
                HttpTransport.SHARED);
    }
}
