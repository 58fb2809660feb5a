package dev.rtel.tasks;

import dev.rtel.config.ConfigException;
import dev.rtel.spi.Task;
import dev.rtel.tasks.internal.Components;
import java.util.List;

/** The tasks that come with this module. Thread-safe. */
public final class BundledTasks {
    private static final List<String> NAMES = List.of("aime-math", "logic", "code-debugging", "formal-proofs");

    private BundledTasks() {}

    /** Returns their names, in the order of the default suite. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Reads one of them.
     *
     * @throws ConfigException if there is none of that name; the message lists those there are
     */
    public static Task task(String name) {
        if (!NAMES.contains(name)) {
            throw new ConfigException(Components.unknown("bundled task", name, NAMES));
        }
        return TaskFile.parse(name + ".yaml", BundledResource.text("bundled/" + name + ".yaml"));
    }
}
