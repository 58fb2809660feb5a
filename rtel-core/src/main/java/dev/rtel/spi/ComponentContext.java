package dev.rtel.spi;

import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import java.time.Clock;
import java.util.Optional;

/** What a provider may use. Grows by default methods only. */
public interface ComponentContext {
    /** Returns the component's own settings and nothing else. */
    Config config();

    /** Returns the clock to read time from. */
    Clock clock();

    /** Finds a secret by name, e.g. {@code OPENROUTER_API_KEY}; never part of {@link #config()}. */
    Optional<Secret> secret(String name);

    /** Returns a run-wide option by name, e.g. {@code code-sandbox}; in no fingerprint. */
    default Optional<String> option(String name) {
        return Optional.empty();
    }

    /**
     * Makes a code executor by name.
     *
     * @throws ConfigException if there is none of that name
     */
    default CodeExecutor codeExecutor(String name) {
        throw new ConfigException("no CodeExecutorProvider named '" + name + "'; none is registered here");
    }
}
