package dev.rtel.eval;

import dev.rtel.config.Config;
import java.util.Objects;

/**
 * A component by provider name and settings; holds no secrets.
 *
 * @param provider name of the provider
 * @param config its settings
 */
public record ComponentSpec(String provider, Config config) {
    /** Checks that neither is null. */
    public ComponentSpec {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(config, "config");
    }

    /** A component without settings. */
    public static ComponentSpec of(String provider) {
        return new ComponentSpec(provider, Config.empty());
    }
}
