package dev.rtel.tasks.generated;

import dev.rtel.config.Config;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Task;
import dev.rtel.spi.TaskProvider;
import dev.rtel.tasks.TaskSources;
import java.util.stream.Collectors;

/**
 * Makes tasks from a seed: {@code generated:knights?seed=7&n=50&difficulty=hard}. Setting: {@value
 * TaskSources#ARGUMENTS}, the generator and its parameters.
 */
public final class GeneratedTaskProvider implements TaskProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public GeneratedTaskProvider() {}

    @Override
    public String name() {
        return "generated";
    }

    @Override
    public Task create(ComponentContext context) {
        Config config = context.config().knownKeys(TaskSources.ARGUMENTS);
        String arguments = config.requireString(TaskSources.ARGUMENTS);
        return GeneratedTask.of(Request.parse("generated:" + arguments, arguments));
    }

    @Override
    public String description() {
        return "problems made from a seed: "
                + Generators.all().stream().map(Generator::name).collect(Collectors.joining(", "));
    }
}
