package dev.rtel.store.sqlite;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStoreProvider;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Makes {@link SqliteResultStore}s: {@code sqlite}, setting {@code path} (default {@code .rtel/rtel.db}). */
public final class SqliteResultStoreProvider implements ResultStoreProvider {
    private static final String PATH = "path";
    private static final String DEFAULT_PATH = ".rtel/rtel.db";

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public ResultStore create(ComponentContext context) {
        Config config = context.config().knownKeys(PATH);
        return SqliteResultStore.lazily(path(config), context.clock());
    }

    @Override
    public String description() {
        return "results in one SQLite file (path), durable before a trial counts as done";
    }

    private static Path path(Config config) {
        String text = config.string(PATH).orElse(DEFAULT_PATH);
        if (text.isBlank()) {
            throw new ConfigException(config.at(PATH) + " is blank, expected the path of a file, e.g. " + DEFAULT_PATH);
        }
        try {
            Path path = Path.of(text);
            if (Files.isDirectory(path)) {
                throw new ConfigException(config.at(PATH) + " is '" + text + "', which is a folder; name a file in it");
            }
            return path;
        } catch (InvalidPathException e) {
            throw new ConfigException(
                    config.at(PATH) + " is '" + text + "', which is no path here: " + e.getReason(), e);
        }
    }
}
