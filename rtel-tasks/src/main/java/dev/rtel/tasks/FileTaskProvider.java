package dev.rtel.tasks;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Task;
import dev.rtel.spi.TaskProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Makes tasks of YAML or JSON files: {@code file:tasks/mine.yaml}. Setting: {@value TaskSources#ARGUMENTS}, the path. */
public final class FileTaskProvider implements TaskProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public FileTaskProvider() {}

    @Override
    public String name() {
        return "file";
    }

    @Override
    public Task create(ComponentContext context) {
        Config config = context.config().knownKeys(TaskSources.ARGUMENTS);
        String path = config.requireString(TaskSources.ARGUMENTS);
        try {
            return TaskFile.read(Path.of(path));
        } catch (InvalidPathException e) {
            throw new ConfigException("'" + path + "' is no file name", e);
        }
    }

    @Override
    public String description() {
        return "tasks in YAML or JSON files";
    }
}
