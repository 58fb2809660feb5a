package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.CodeExecutorProvider;
import dev.rtel.spi.ComponentContext;

/**
 * Makes {@code landlock}: Python locked in by Landlock and a system call filter. No settings; the run-wide option {@code python} names the interpreter (default: {@code
 * python3} on the PATH, then in the usual places).
 */
public final class LandlockCodeExecutorProvider implements CodeExecutorProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public LandlockCodeExecutorProvider() {}

    @Override
    public String name() {
        return LandlockBackend.ID;
    }

    @Override
    public String description() {
        return "Python locked in by Landlock and seccomp (Linux, containers)";
    }

    @Override
    public CodeExecutor create(ComponentContext context) {
        context.config().knownKeys();
        return new PythonExecutor(new LandlockBackend(), new Interpreters(context.option("python")));
    }
}
