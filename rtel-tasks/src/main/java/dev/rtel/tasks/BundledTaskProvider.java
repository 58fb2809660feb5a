package dev.rtel.tasks;

import dev.rtel.config.Config;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Task;
import dev.rtel.spi.TaskProvider;

/** Makes tasks of the bundled suite: {@code bundled:aime-math}. Setting: {@value TaskSources#ARGUMENTS}, the name. */
public final class BundledTaskProvider implements TaskProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public BundledTaskProvider() {}

    @Override
    public String name() {
        return "bundled";
    }

    @Override
    public Task create(ComponentContext context) {
        Config config = context.config().knownKeys(TaskSources.ARGUMENTS);
        return BundledTasks.task(config.requireString(TaskSources.ARGUMENTS));
    }

    @Override
    public String description() {
        return "tasks that come with RTEL: " + String.join(", ", BundledTasks.names());
    }
}
