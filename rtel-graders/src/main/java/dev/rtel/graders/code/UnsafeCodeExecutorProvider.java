package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.CodeExecutorProvider;
import dev.rtel.spi.ComponentContext;

/**
 * Makes {@code unsafe}: a scrubbed Python subprocess without containment. No settings; the run-wide option {@code python} names the interpreter (default: {@code
 * python3} on the PATH, then in the usual places).
 */
public final class UnsafeCodeExecutorProvider implements CodeExecutorProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public UnsafeCodeExecutorProvider() {}

    @Override
    public String name() {
        return UnsafeBackend.ID;
    }

    @Override
    public String description() {
        return "Python subprocess with limits, no containment";
    }

    @Override
    public CodeExecutor create(ComponentContext context) {
        context.config().knownKeys();
        return new PythonExecutor(new UnsafeBackend(), new Interpreters(context.option("python")));
    }
}
