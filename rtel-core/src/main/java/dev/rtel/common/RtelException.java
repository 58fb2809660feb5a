package dev.rtel.common;

import org.jspecify.annotations.Nullable;

/**
 * Root of all RTEL exceptions; unchecked. The subtype says what the caller can do. Messages hold no secret and start in
 * lower case: what failed, the offending value, what was expected, what to do.
 */
public abstract class RtelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Keeps the message and, where there is one, the cause. */
    protected RtelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
