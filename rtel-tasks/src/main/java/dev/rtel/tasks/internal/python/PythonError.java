package dev.rtel.tasks.internal.python;

/** An exception that Python would raise, by name, e.g. {@code IndexError}. */
public final class PythonError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PythonError(String name) {
        super(name, null, false, false);
    }
}
