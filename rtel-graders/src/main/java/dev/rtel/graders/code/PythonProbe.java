package dev.rtel.graders.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds the Python interpreter by really starting it. Blocks up to 10 seconds; thread-safe.
 *
 * @param available whether an interpreter of version 3.9 or later answered
 * @param executable its real path (behind version-manager shims); empty when there is none
 * @param version e.g. {@code 3.11.7}; empty when there is none
 * @param details one line for people: what was found, or why there is none and what to do
 */
public record PythonProbe(boolean available, String executable, String version, String details) {
    private static final int LIMIT_SECONDS = 10;
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
            ProcessBuilder builder = new ProcessBuilder(List.of(
                    command,
                    "-s",
                    "-S",
                    "-B",
                    "-c",
                    "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"));
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
        if (process.exitValue() != 0 || lines.size() != 2 || lines.get(0).isBlank()) {
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
                        "python " + version + " " + lines.get(0).strip())
                : none("no python: '" + command + "' is version " + version + ", 3.9 or later is needed");
    }

    private static PythonProbe none(String why) {
        return new PythonProbe(false, "", "", why + ADVICE);
    }
}
