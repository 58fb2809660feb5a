package dev.rtel.openrouter;

import dev.rtel.common.RtelException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A list of models, or what a key may do, could not be read. */
public final class CatalogException extends RtelException {
    private static final long serialVersionUID = 1L;

    /** What can be done about it. */
    public enum Kind {
        /** No answer: the network, the address or the server. */
        UNREACHABLE,
        /** The key was refused (HTTP 401), or there is none. */
        KEY_REFUSED,
        /** An answer that does not help: another status, or not what was asked for. */
        OTHER
    }

    private final Kind kind;
    private final int status;

    CatalogException(Kind kind, int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
    }

    /** Returns what can be done about it. */
    public Kind kind() {
        return kind;
    }

    /** Returns the HTTP status; empty when there was no answer. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
