package dev.rtel.graders;

import dev.rtel.common.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Reference data beside the project; tests that need it are skipped where it is absent. */
public final class SharedData {
    private SharedData() {}

    public static Path path(String name) {
        Path path = Path.of(System.getProperty("rtel.shared", "../../shared"), "data", name);
        Assumptions.assumeTrue(Files.exists(path), () -> "no reference data at " + path);
        return path;
    }

    public static String text(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Map<String, Object>> lines(String name) {
        return text(name)
                .lines()
                .filter(l -> !l.isBlank())
                .map(SharedData::object)
                .toList();
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String json) {
        return (Map<String, Object>) (Map<String, ?>) PlainJson.readObject(json);
    }
}
