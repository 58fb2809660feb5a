package dev.rtel.graders.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Python interpreter by really starting it. Blocks up to 10 seconds; thread-safe.
 *
 * @param available whether an interpreter of version 3.9 or later answered
 * @param executable its real path (behind version-manager shims); empty when there is none
 * @param version e.g. {@code 3.11.7}; empty when there is none
 * @param details one line for people: what was found, or why there is none and what to do
 * @param reads files and folders it reads beside its executable: libraries, time zones; empty when there is none
 */
public record PythonProbe(boolean available, String executable, String version, String details, List<String> reads) {
    /** Copies the list. */
    public PythonProbe {
        reads = List.copyOf(reads);
    }

    private static final int LIMIT_SECONDS = 10;
    private static final String QUESTION = "import os, sys\n"
            + "print(os.path.realpath(getattr(sys, '_base_executable', sys.executable) or sys.executable))\n"
            + "print('%d.%d.%d' % sys.version_info[:3])\n"
            + "for name in ('lib', 'lib64'):\n"
            + "    print(os.path.join(os.path.realpath(sys.base_prefix), name))\n"
            + "print(os.path.realpath(os.path.dirname(os.__file__)))";
    private static final List<String> SYSTEM =
            List.of("/usr/lib", "/usr/lib64", "/usr/lib32", "/nix/store", "/etc/ld.so.cache", "/usr/share/zoneinfo");
    private static final String ADVICE =
            "; install Python 3.9 or later, or name an interpreter with the option 'python'";

    /**
     * Asks this command for its version.
     *
     * @param command e.g. {@code python3} or an absolute path
     * @throws InterruptedException if interrupted while waiting; the interpreter was ended
     */
    public static PythonProbe of(String command) throws InterruptedException {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command, "-s", "-S", "-B", "-c", QUESTION));
            // a shim needs PATH and HOME to find the interpreter; it gets nothing else
            Map<String, String> environment = builder.environment();
            environment
                    .keySet()
                    .removeIf(name -> !(name.equals("PATH")
                            || name.equals("HOME")
                            || name.startsWith("PYENV_")
                            || name.equalsIgnoreCase("SystemRoot")));
            process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            return none("no python: '" + command + "' cannot be started");
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return none("no python: '" + command + "' did not answer within " + LIMIT_SECONDS + " s");
            }
            return read(command, process);
        } catch (IOException e) {
            return none("no python: '" + command + "' broke off (" + e.getMessage() + ")");
        } finally {
            process.destroyForcibly();
        }
    }

    private static PythonProbe read(String command, Process process) throws IOException {
        List<String> lines;
        try (InputStream in = process.getInputStream()) {
            lines = new String(in.readNBytes(8192), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        if (process.exitValue() != 0 || lines.size() != 5 || lines.get(0).isBlank()) {
            return none("no python: '" + command + "' is no Python 3 interpreter");
        }
        String version = lines.get(1).strip();
        String[] parts = version.split("\\.");
        boolean recent = parts.length == 3
                && parts[0].equals("3")
                && parts[1].matches("\\d{1,3}")
                && Integer.parseInt(parts[1]) >= 9;
        return recent
                ? new PythonProbe(
                        true,
                        lines.get(0).strip(),
                        version,
                        "python " + version + " " + lines.get(0).strip(),
                        reads(lines.subList(2, 5)))
                : none("no python: '" + command + "' is version " + version + ", 3.9 or later is needed");
    }

    /** Those that are there, without what lies below another of them. */
    private static List<String> reads(List<String> libraries) {
        Set<String> there = new TreeSet<>();
        Stream.concat(libraries.stream(), SYSTEM.stream())
                .map(String::strip)
                .filter(path -> path.startsWith("/") && Files.exists(Path.of(path)))
                .forEach(there::add);
        return there.stream()
                .filter(path -> there.stream().noneMatch(other -> path.startsWith(other + "/")))
                .toList();
    }

    /** Returns whether any user may run this interpreter; a folder of root's own would be in the way. */
    boolean forEverybody() {
        return Stream.concat(Stream.of(executable), reads.stream())
                .allMatch(path ->
                        open(Path.of(path), "r") && passable(Path.of(path).getParent()));
    }

    static boolean passable(@Nullable Path folder) {
        return folder == null || open(folder, "x") && passable(folder.getParent());
    }

    private static boolean open(Path path, String right) {
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            return mode.substring(6).contains(right);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static PythonProbe none(String why) {
        return new PythonProbe(false, "", "", why + ADVICE, List.of());
    }
}
