package dev.rtel.openrouter;

import dev.rtel.config.Config;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractorProvider;

/**
 * Token extractor {@code generation}: the reply's usage object, and OpenRouter's billing record for what that leaves
 * open. Settings: {@code base_url, api_key_env, generation_delays}.
 */
public final class GenerationTokenExtractorProvider implements TokenExtractorProvider {
    /** Made by the service loader. */
    public GenerationTokenExtractorProvider() {}

    @Override
    public String name() {
        return "generation";
    }

    @Override
    public String description() {
        return "token counts and cost from the reply's usage object, completed from OpenRouter's generation records";
    }

    @Override
    public TokenExtractor create(ComponentContext context) {
        Config config = context.config().knownKeys("base_url", "api_key_env", "generation_delays");
        return new GenerationTokenExtractor(
                Endpoint.openRouter(context), ChatSettings.generationDelays(config), HttpTransport.SHARED);
    }
}
