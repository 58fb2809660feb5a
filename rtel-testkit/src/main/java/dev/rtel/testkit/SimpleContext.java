package dev.rtel.testkit;

import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.ComponentContext;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A component context for tests: settings, run-wide options, secrets and executors given as they are.
 *
 * @param config the component's settings
 * @param options run-wide options
 * @param secrets by name
 * @param executors makes a code executor by name
 */
public record SimpleContext(
        Config config,
        Map<String, String> options,
        Map<String, Secret> secrets,
        Function<String, CodeExecutor> executors)
        implements ComponentContext {
    /** A context with these settings and nothing else. */
    public static SimpleContext of(Map<String, ? extends @Nullable Object> settings) {
        return new SimpleContext(Config.of("settings", settings), Map.of(), Map.of(), name -> {
            throw new IllegalArgumentException("no executor '" + name + "'");
        });
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    @Override
    public CodeExecutor codeExecutor(String name) {
        return executors.apply(name);
    }
}
