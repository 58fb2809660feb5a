package dev.rtel.eval;

import dev.rtel.config.Config;
import java.util.Objects;
import java.util.Optional;

/**
 * A component by provider name and settings; holds no secrets.
 *
 * @param provider name of the provider
 * @param config its settings
 */
public record ComponentSpec(String provider, Config config) {
    /** Key among the locations of the settings under which the place of the name stands. */
    public static final String NAMED = "(name)";

    /** Checks that neither is null. */
    public ComponentSpec {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(config, "config");
    }

    /** Returns the {@code file:line} at which the component is named, where that is known. */
    public Optional<String> place() {
        return Optional.ofNullable(config.locations().get(NAMED));
    }

    /** A component without settings. */
    public static ComponentSpec of(String provider) {
        return new ComponentSpec(provider, Config.empty());
    }
}
