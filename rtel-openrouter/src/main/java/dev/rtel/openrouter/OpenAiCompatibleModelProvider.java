package dev.rtel.openrouter;

import dev.rtel.config.Config;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Lane;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelProvider;
import dev.rtel.wire.InterfaceProfile;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Model provider {@code openai-compatible}: any server with {@code POST {base_url}/chat/completions}, local ones
 * included. Settings: {@code base_url} (required), {@code api_key_env, http_referer, app_title, send_metadata, stream},
 * and {@code profile}, how the server reports tokens (see {@link InterfaceProfile}; by default that of the address). Works
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
                        "profile",
                        "generation_delays");
        InterfaceProfile.of(config);
        ChatSettings.generationDelays(config);
        return new ChatModel(
                config.requireString(MODEL_ID),
                Endpoint.of(context, config.requireString("base_url"), Endpoint.OPENAI_KEY),
                new ChatSettings(false, config.bool("send_metadata", false), config.bool("stream", false), true),
                ChatSettings.attribution(config),
                context.clock(),
                HttpTransport.SHARED);
    }

    @Override
    public Lane lane(String modelId, Map<String, @Nullable Object> routing, Config settings) {
        return Lanes.server(settings);
    }

    @Override
    public ComponentSpec defaultExtractor(Config settings) {
        Object profile = settings.values().get("profile");
        Map<String, @Nullable Object> shared = new LinkedHashMap<>();
        shared.put("profile", profile == null ? ofAddress(settings).word() : profile);
        return new ComponentSpec("usage", new Config(settings.path(), shared, settings.locations()));
    }

    private static InterfaceProfile ofAddress(Config settings) {
        try {
            return settings.string("base_url")
                    .map(url -> InterfaceProfile.ofBaseUrl(URI.create(url.strip())))
                    .orElse(InterfaceProfile.GENERIC);
        } catch (IllegalArgumentException e) {
            return InterfaceProfile.GENERIC; // create() refuses the address
        }
    }
}
