package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor.Containment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Landlock, a system call filter and limits, set up by the process itself. Linux 5.13 or later, containers too. */
final class LandlockBackend implements Backend {
    static final String ID = "landlock";
    private final boolean root = Linux.root();

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Containment promise() {
        return Containment.CONTAINED;
    }

    @Override
    public @Nullable String impossible() {
        return Linux.unfit();
    }

    @Override
    public boolean changesUser() {
        return root;
    }

    @Override
    public boolean needsFolder() {
        return true;
    }

    @Override
    public List<String> command(PythonProbe python, String script, Map<String, String> variables) {
        return Backend.interpreter(python.executable(), script);
    }

    @Override
    public Map<String, Object> settings(PythonProbe python, @Nullable WorkFolder folder) {
        Path path = Objects.requireNonNull(folder).path();
        return Map.of(
                "read", python.reads(),
                "write", List.of(path.toString()),
                "folder", path.toString(),
                "outside", String.valueOf(path.getParent()));
    }

    @Override
    public Set<String> required() {
        return root
                ? Set.of(
                        "setsid",
                        "RLIMIT_AS",
                        "RLIMIT_CPU",
                        "RLIMIT_FSIZE",
                        "RLIMIT_NOFILE",
                        "RLIMIT_NPROC",
                        "uid-drop",
                        "parent-death",
                        "no-new-privs",
                        "landlock",
                        "seccomp")
                : Set.of(
                        "setsid",
                        "RLIMIT_AS",
                        "RLIMIT_CPU",
                        "RLIMIT_FSIZE",
                        "RLIMIT_NOFILE",
                        "RLIMIT_NPROC",
                        "parent-death",
                        "no-new-privs",
                        "landlock",
                        "seccomp");
    }
}
