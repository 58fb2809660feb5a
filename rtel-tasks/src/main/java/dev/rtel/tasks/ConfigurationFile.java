package dev.rtel.tasks;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.internal.SourceNode;
import java.nio.file.Path;

/** Reads configuration files such as {@code rtel.yaml}; which keys there are is the reader's business. Thread-safe. */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * Reads a YAML or JSON file.
     *
     * @return values in file order and the {@code file:line} of every key, nested ones by dotted path
     * @throws ConfigException with file and line of what cannot be read
     */
    public static Config read(Path file) {
        String text = DocumentReader.text(file);
        if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return Config.empty(); // everything in it is commented out
        }
        SourceNode.Group root = DocumentReader.group(file.toString(), text);
        return new Config("", SourceNode.plain(root), root.locations());
    }
}
