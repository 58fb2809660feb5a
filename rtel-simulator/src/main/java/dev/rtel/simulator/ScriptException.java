package dev.rtel.simulator;

import org.jspecify.annotations.Nullable;

/** Thrown when a script cannot be read; the message says where the mistake is and what was expected. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptException(String message) {
        this(message, null);
    }

    ScriptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
