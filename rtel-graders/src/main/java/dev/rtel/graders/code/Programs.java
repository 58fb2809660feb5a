package dev.rtel.graders.code;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Looks for programs on the PATH. */
final class Programs {
    private Programs() {}

    /** Returns the first executable of this name; null if there is none. */
    static @Nullable Path find(String name) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                Path program = Path.of(folder, name);
                if (program.isAbsolute() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return program;
                }
            }
        }
        return null;
    }
}
