package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor.Containment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Bubblewrap: namespaces and a root of its own, with the same locks inside as {@link LandlockBackend}. */
final class BwrapBackend implements Backend {
    static final String ID = "bwrap";
    private static final String SIZE = String.valueOf(64L << 20);
    private final boolean root = Linux.root();
    private final @Nullable Path program;

    BwrapBackend() {
        this(Programs.find("bwrap"));
    }

    BwrapBackend(@Nullable Path program) {
        this.program = program;
    }

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
        String unfit = Linux.unfit();
        return unfit == null && program == null
                ? "bwrap is not installed; on Debian and Ubuntu: apt install bubblewrap"
                : unfit;
    }

    @Override
    public boolean needsFolder() {
        return false;
    }

    @Override
    public List<String> command(PythonProbe python, String script, Map<String, String> variables) {
        List<String> command = new ArrayList<>(List.of(String.valueOf(program)));
        if (root) {
            // no user namespace: the child itself changes from root to a user that is nobody else's
            command.addAll(List.of("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"));
            command.addAll(List.of("--unshare-cgroup-try", "--cap-drop", "ALL"));
            command.addAll(List.of("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"));
        } else {
            command.addAll(List.of("--unshare-all", "--unshare-user", "--cap-drop", "ALL"));
        }
        command.addAll(List.of("--clearenv", "--new-session", "--die-with-parent"));
        Set<String> made = new TreeSet<>();
        for (String path : python.reads()) {
            folders(command, Path.of(path).getParent(), made);
            command.addAll(List.of("--ro-bind-try", path, path));
        }
        folders(command, Path.of(python.executable()).getParent(), made);
        command.addAll(List.of("--ro-bind", python.executable(), python.executable()));
        for (String name : List.of("/lib", "/lib64", "/lib32")) {
            link(command, Path.of(name));
        }
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        for (String writable : List.of("/tmp", "/box")) {
            command.addAll(List.of("--perms", "0777", "--size", SIZE, "--tmpfs", writable));
        }
        command.addAll(List.of("--remount-ro", "/", "--chdir", "/box"));
        variables.forEach((name, value) -> command.addAll(List.of("--setenv", name, value)));
        command.addAll(List.of("--setenv", "HOME", "/box", "--setenv", "TMPDIR", "/tmp", "--"));
        command.addAll(Backend.interpreter(python.executable(), script));
        return command;
    }

    /** bwrap makes missing folders for root alone, which nobody passes after the change of user. */
    private static void folders(List<String> command, @Nullable Path folder, Set<String> made) {
        if (folder != null && folder.getNameCount() > 0 && made.add(folder.toString())) {
            folders(command, folder.getParent(), made);
            command.addAll(List.of("--perms", "0755", "--dir", folder.toString()));
        }
    }

    private static void link(List<String> command, Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                command.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                command.addAll(List.of("--ro-bind", path.toString(), path.toString()));
            }
        } catch (IOException e) {
            // gone in this moment: the interpreter will not start, which the probe tells
            command.addAll(List.of("--ro-bind-try", path.toString(), path.toString()));
        }
    }

    @Override
    public Map<String, Object> settings(PythonProbe python, @Nullable WorkFolder folder) {
        List<String> reads = new ArrayList<>(python.reads());
        return Map.of("read", reads, "write", List.of("/box", "/tmp"), "folder", "", "outside", "/");
    }

    @Override
    public Set<String> required() {
        return root
                ? Set.of(
                        "RLIMIT_AS",
                        "RLIMIT_CPU",
                        "RLIMIT_FSIZE",
                        "RLIMIT_NOFILE",
                        "RLIMIT_NPROC",
                        "uid-drop",
                        "parent-death",
                        "no-new-privs",
                        "seccomp")
                : Set.of(
                        "RLIMIT_AS",
                        "RLIMIT_CPU",
                        "RLIMIT_FSIZE",
                        "RLIMIT_NOFILE",
                        "RLIMIT_NPROC",
                        "parent-death",
                        "no-new-privs",
                        "seccomp");
    }
}
