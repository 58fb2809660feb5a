package dev.rtel.plan;

import dev.rtel.spi.Task;
import java.util.Objects;

/**
 * A task with the words the user named it by.
 *
 * @param source bundled name, path or {@code provider:arguments}; recorded, so that a resumed run finds it again
 * @param task the task
 */
public record TaskSource(String source, Task task) {
    /** Checks that neither is null. */
    public TaskSource {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(task, "task");
    }
}
