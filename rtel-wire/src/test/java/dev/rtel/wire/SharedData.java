package dev.rtel.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the shared test data beside the project; tests without them are skipped with a message. */
final class SharedData {
    private SharedData() {}

    static String read(String name) {
        Path file = Path.of(System.getProperty("rtel.shared", "../../shared")).resolve("data/" + name);
        assumeTrue(Files.isRegularFile(file), "skipped: there is no " + file);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
