package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor.Containment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One way to start the Python process and to lock it in. Stateless. */
interface Backend {
    /** The things that a locked process must have tried in vain. */
    Set<String> TRIED = Set.of(
            "read-file",
            "open-for-nothing",
            "parent-environment",
            "socket",
            "fork",
            "write-outside",
            "chmod",
            "signal-parent");

    /** Returns the word of {@code --code-sandbox}. */
    String id();

    /** Returns what it promises where it works. */
    Containment promise();

    /** Returns why it cannot work on this system at all, and what to do; null = worth a try. */
    @Nullable
    String impossible();

    /** Returns whether this process runs as root, so that the child has to change to another user. */
    default boolean changesUser() {
        return false;
    }

    /** Returns whether the run gets a folder on disk; otherwise the backend gives it one in memory. */
    boolean needsFolder();

    /** Returns the command line that runs this script. */
    List<String> command(PythonProbe python, String script, Map<String, String> variables);

    /** Returns where the process may read and write; {@code folder} is null where none is needed. */
    Map<String, Object> settings(PythonProbe python, @Nullable WorkFolder folder);

    /** Returns the locks that must have been set; a missing one is a broken sandbox. */
    Set<String> required();

    /** The interpreter's part of a command line. */
    static List<String> interpreter(String executable, String script) {
        return List.of(executable, "-s", "-S", "-B", "-X", "utf8", "-c", script);
    }
}
