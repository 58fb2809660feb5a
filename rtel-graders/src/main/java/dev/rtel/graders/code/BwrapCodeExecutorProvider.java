package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.CodeExecutorProvider;
import dev.rtel.spi.ComponentContext;

/**
 * Makes {@code bwrap}: Python in namespaces and a root of its own, by bubblewrap. No settings; the run-wide option {@code python} names the interpreter (default: {@code
 * python3} on the PATH, then in the usual places).
 */
public final class BwrapCodeExecutorProvider implements CodeExecutorProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public BwrapCodeExecutorProvider() {}

    @Override
    public String name() {
        return BwrapBackend.ID;
    }

    @Override
    public String description() {
        return "Python in bubblewrap with locks inside (Linux)";
    }

    @Override
    public CodeExecutor create(ComponentContext context) {
        context.config().knownKeys();
        return new PythonExecutor(new BwrapBackend(), new Interpreters(context.option("python")));
    }
}
