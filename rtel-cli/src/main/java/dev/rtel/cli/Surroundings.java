package dev.rtel.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it; given, so that tests can give their own.
 *
 * @param out results
 * @param err everything else
 * @param environment variables
 * @param directory the working directory
 * @param terminal whether {@code err} is a terminal
 */
record Surroundings(
        PrintStream out, PrintStream err, Map<String, String> environment, Path directory, boolean terminal) {
    Path resolve(String path) {
        return directory.resolve(path);
    }
}
