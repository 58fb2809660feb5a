package dev.rtel.tasks;

import dev.rtel.spi.Task;
import java.util.Map;
import java.util.Optional;

/**
 * Where the parts of a task stand in its file. Immutable.
 *
 * @param file {@code file:line} of the task; empty for a task that comes from no file
 * @param samples sample id to key to {@code file:line}; the sample itself stands under the empty key
 */
public record TaskPlaces(Optional<String> file, Map<String, Map<String, String>> samples) {
    /** Copies the map. */
    public TaskPlaces {
        samples = Map.copyOf(samples);
    }

    /** Returns the places of a task that was read from a file; nothing is known of others. */
    public static TaskPlaces of(Task task) {
        return task instanceof LoadedTask loaded ? loaded.places() : new TaskPlaces(Optional.empty(), Map.of());
    }

    /** Returns where a key of a sample stands, else the sample, else the task, else the task's name. */
    public String of(Task task, String sample, String key) {
        Map<String, String> places = samples.getOrDefault(sample, Map.of());
        return Optional.ofNullable(places.get(key))
                .or(() -> Optional.ofNullable(places.get("")))
                .or(() -> file)
                .orElse(task.name());
    }
}
