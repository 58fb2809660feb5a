package dev.rtel.tasks;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import dev.rtel.plan.TaskSource;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ComponentRegistry;
import dev.rtel.spi.Task;
import dev.rtel.spi.TaskProvider;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the task that a user's word means: a bundled name, a path, or {@code provider:arguments}. Thread-safe. */
public final class TaskSources {
    /** Setting under which a task provider gets what stands after the colon. */
    public static final String ARGUMENTS = "arguments";

    private static final Pattern PROVIDER = Pattern.compile("([a-z0-9][a-z0-9-]+):(.*)", Pattern.DOTALL);
    private static final Pattern FILE_NAME = Pattern.compile(".*([/\\\\].*|\\.(yaml|yml|json))", Pattern.DOTALL);

    private TaskSources() {}

    /**
     * Resolves a word. The source of the result is the word itself, so that a resumed run finds the task again.
     *
     * @param providers installed task providers
     * @param contexts makes the context of a provider from its settings
     * @throws ConfigException if it means nothing, naming what there is and the nearest, or the task cannot be read
     */
    public static TaskSource resolve(
            String word, ComponentRegistry<Task, TaskProvider> providers, Function<Config, ComponentContext> contexts) {
        if (BundledTasks.names().contains(word)) {
            return new TaskSource(word, BundledTasks.task(word));
        }
        Optional<Path> path = path(word);
        boolean exists = path.filter(Files::exists).isPresent();
        Matcher matcher = PROVIDER.matcher(word);
        if (!exists && matcher.matches()) {
            Config settings = Config.of("task '" + word + "'", Map.of(ARGUMENTS, matcher.group(2)));
            return new TaskSource(word, providers.create(matcher.group(1), contexts.apply(settings)));
        }
        if (path.isPresent() && (exists || FILE_NAME.matcher(word).matches())) {
            return new TaskSource(word, TaskFile.read(path.get()));
        }
        List<String> names = BundledTasks.names();
        throw new ConfigException("no task '" + word + "'"
                + Suggestions.hint(word, names)
                + "; bundled: " + names + "; or give a path to a task file, or provider:arguments with a provider of "
                + providers.providers().stream().map(TaskProvider::name).toList());
    }

    private static Optional<Path> path(String word) {
        try {
            return word.isBlank() ? Optional.empty() : Optional.of(Path.of(word));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
