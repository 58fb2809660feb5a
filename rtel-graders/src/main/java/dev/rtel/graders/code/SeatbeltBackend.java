package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor.Containment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code sandbox-exec} of macOS with a profile that denies by default. Experimental: nobody has seen it stop the
 * hostile corpus, so it promises nothing and runs only where uncontained code is allowed.
 */
final class SeatbeltBackend implements Backend {
    static final String ID = "seatbelt";
    private static final Path PROGRAM = Path.of("/usr/bin/sandbox-exec");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Containment promise() {
        return Containment.NONE;
    }

    @Override
    public @Nullable String impossible() {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
        if (!mac) {
            return "not on this system";
        }
        return Files.isExecutable(PROGRAM) ? null : PROGRAM + " is missing";
    }

    @Override
    public boolean needsFolder() {
        return true;
    }

    @Override
    public List<String> command(PythonProbe python, String script, Map<String, String> variables) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-p", profile(python, variables)));
        command.addAll(Backend.interpreter(python.executable(), script));
        return command;
    }

    private static String profile(PythonProbe python, Map<String, String> variables) {
        StringBuilder profile = new StringBuilder("(version 1)(deny default)(deny process-fork)(deny network*)");
        profile.append("(allow process-exec (literal ")
                .append(quoted(python.executable()))
                .append("))");
        profile.append("(allow sysctl-read)(allow file-read-metadata)(allow file-read* (subpath \"/usr/lib\")");
        profile.append("(subpath \"/System\")(literal \"/dev/null\")(literal \"/dev/urandom\")(literal ");
        profile.append(quoted(python.executable())).append(")");
        for (String path : python.reads()) {
            profile.append("(subpath ").append(quoted(path)).append(")");
        }
        String folder = quoted(Objects.requireNonNull(variables.get("HOME")));
        profile.append("(subpath ").append(folder).append("))");
        return profile.append("(allow file-write* (subpath ")
                .append(folder)
                .append(")(literal \"/dev/null\"))")
                .toString();
    }

    private static String quoted(String path) {
        return "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public Map<String, Object> settings(PythonProbe python, @Nullable WorkFolder folder) {
        return Map.of();
    }

    @Override
    public Set<String> required() {
        return Set.of();
    }
}
