package dev.rtel.tasks;

import dev.rtel.config.ConfigException;
import dev.rtel.tasks.internal.DocumentReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a task file stands, to find the files it names beside it. */
interface Folder {
    /** A file beside the task file, as text. */
    record Neighbour(String name, String text) {}

    /**
     * Reads a file named relative to the task file.
     *
     * @throws ConfigException if it cannot be read
     */
    Neighbour read(String relative);

    /** The folder of a file. */
    static Folder of(Path file) {
        return relative -> {
            try {
                Path neighbour = Optional.ofNullable(file.getParent())
                        .map(p -> p.resolve(relative))
                        .orElse(Path.of(relative));
                return new Neighbour(neighbour.toString(), DocumentReader.text(neighbour));
            } catch (InvalidPathException e) {
                throw new ConfigException("'" + relative + "' is no file name", e);
            }
        };
    }

    /** A task that stands alone. */
    static Folder none() {
        return relative -> {
            throw new ConfigException("'" + relative + "' cannot be read from here");
        };
    }
}
