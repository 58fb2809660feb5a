package dev.rtel.tasks.replay;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelProvider;
import dev.rtel.tasks.internal.Components;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Makes models that play back a completions file. Setting: {@value #FILE}, its path. Thread-safe. */
public final class ReplayModelProvider implements ModelProvider {
    /** Name of this provider. */
    static final String NAME = "replay";

    /** Setting that names the completions file. */
    static final String FILE = "file";

    private record Opened(FileTime modified, long size, CompletionsFile file) {}

    private final Map<Path, Opened> opened = new ConcurrentHashMap<>();

    /** Made by {@link java.util.ServiceLoader}. */
    public ReplayModelProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Model create(ComponentContext context) {
        Config config = context.config().knownKeys(FILE, MODEL_ID, MODEL_NAME);
        CompletionsFile file = open(config);
        String id = config.string(MODEL_ID).or(() -> config.string(MODEL_NAME)).orElse(NAME);
        String name = config.string(MODEL_NAME).orElse(id);
        if (!file.models().contains(name) && file.roles().isEmpty()) {
            throw new ConfigException(
                    config.at(FILE) + ": " + Components.unknown("recorded model", name, file.models()));
        }
        return new ReplayModel(id, name, file);
    }

    @Override
    public String description() {
        return "answers from a file of recorded completions";
    }

    /** All entries of a roster name the same file: it is read once, unless it changes. */
    private CompletionsFile open(Config config) {
        String name = config.requireString(FILE);
        try {
            Path path = Path.of(name);
            if (!Files.isRegularFile(path)) {
                throw new ConfigException(config.at(FILE) + ": there is no file '" + name + "'");
            }
            FileTime modified = Files.getLastModifiedTime(path);
            long size = Files.size(path);
            return Optional.ofNullable(opened.compute(
                            path.toAbsolutePath().normalize(),
                            (key, known) -> known != null
                                            && known.size() == size
                                            && known.modified().equals(modified)
                                    ? known
                                    : new Opened(modified, size, CompletionsFile.read(path))))
                    .orElseThrow()
                    .file();
        } catch (IOException | InvalidPathException e) {
            throw new ConfigException(config.at(FILE) + ": '" + name + "' cannot be read: " + e, e);
        }
    }
}
