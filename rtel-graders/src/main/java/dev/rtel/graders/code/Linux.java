package dev.rtel.graders.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts about a Linux machine that decide whether a sandbox may be tried. */
final class Linux {
    private static final Set<String> MACHINES = Set.of("amd64", "x86_64", "aarch64");

    private Linux() {}

    /** Returns why the system call filter cannot be set up; null = it can. */
    static @Nullable String unfit() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            return "not on this system";
        }
        String machine = System.getProperty("os.arch", "");
        return MACHINES.contains(machine)
                ? null
                : "no table of system calls for " + machine + "; x86_64 and aarch64 are known";
    }

    static boolean root() {
        try {
            return Files.readString(Path.of("/proc/self/status"))
                    .lines()
                    .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
        } catch (IOException e) {
            // without /proc nothing can be locked in anyway; the child looks for itself
            return false;
        }
    }
}
