package dev.rtel.tasks.internal.python;

/** The script is no Python, or does what only the real Python may judge, or does not end. */
public final class UnsupportedScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedScriptException(String message) {
        super(message, null, false, false);
    }
}
