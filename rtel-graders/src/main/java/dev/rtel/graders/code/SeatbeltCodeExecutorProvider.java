package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.CodeExecutorProvider;
import dev.rtel.spi.ComponentContext;

/**
 * Makes {@code seatbelt}: Python under sandbox-exec, experimental. No settings; the run-wide option {@code python} names the interpreter (default: {@code
 * python3} on the PATH, then in the usual places).
 */
public final class SeatbeltCodeExecutorProvider implements CodeExecutorProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public SeatbeltCodeExecutorProvider() {}

    @Override
    public String name() {
        return SeatbeltBackend.ID;
    }

    @Override
    public String description() {
        return "Python under sandbox-exec (macOS, experimental)";
    }

    @Override
    public CodeExecutor create(ComponentContext context) {
        context.config().knownKeys();
        return new PythonExecutor(new SeatbeltBackend(), new Interpreters(context.option("python")));
    }
}
