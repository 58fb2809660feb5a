package dev.rtel.graders.code;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs that are going on; ends them all when the JVM ends before they do (SIGTERM, exit). One shutdown hook, there
 * only while a run is. Thread-safe.
 */
final class OpenRuns {
    static final OpenRuns OF_THIS_JVM =
            new OpenRuns(Runtime.getRuntime()::addShutdownHook, Runtime.getRuntime()::removeShutdownHook);
    private final Consumer<Thread> addHook;
    private final Consumer<Thread> removeHook;
    private final Set<CodeRun> open = new LinkedHashSet<>();
    private @Nullable Thread hook;
    private boolean ending;

    /** Both may throw {@link IllegalStateException}: the JVM is ending. */
    OpenRuns(Consumer<Thread> addHook, Consumer<Thread> removeHook) {
        this.addHook = addHook;
        this.removeHook = removeHook;
    }

    /**
     * Begins a run. No process of it escapes the hook: a run that is closed starts none.
     *
     * @throws InterruptedException if the JVM is ending
     */
    synchronized CodeRun begin(Backend backend, PythonProbe python, long outputBytes) throws InterruptedException {
        watch();
        CodeRun run = new CodeRun(backend, python, outputBytes);
        open.add(run);
        return run;
    }

    /**
     * Ends a run.
     *
     * @throws InterruptedException if the JVM is ending: the run was cut short, what it seemed to say does not count
     */
    void end(CodeRun run) throws InterruptedException {
        try {
            run.close();
        } finally {
            synchronized (this) {
                open.remove(run);
                unwatchIfIdle();
            }
        }
        synchronized (this) {
            refuseWhenEnding();
        }
    }

    private void watch() throws InterruptedException {
        refuseWhenEnding();
        if (hook == null) {
            Thread thread = new Thread(this::endAll, "rtel-code-shutdown");
            try {
                addHook.accept(thread);
            } catch (IllegalStateException e) {
                ending = true;
                refuseWhenEnding();
            }
            hook = thread;
        }
    }

    private void unwatchIfIdle() {
        Thread thread = hook;
        if (thread != null && open.isEmpty() && !ending) {
            try {
                removeHook.accept(thread);
                hook = null;
            } catch (IllegalStateException e) {
                ending = true;
            }
        }
    }

    private void refuseWhenEnding() throws InterruptedException {
        if (ending) {
            throw new InterruptedException("the JVM is ending, no code is run any more");
        }
    }

    private void endAll() {
        List<CodeRun> runs;
        synchronized (this) {
            ending = true;
            runs = List.copyOf(open);
        }
        runs.forEach(CodeRun::close);
    }
}
