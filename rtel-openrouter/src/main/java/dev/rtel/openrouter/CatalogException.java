package dev.rtel.openrouter;

import dev.rtel.common.RtelException;
import org.jspecify.annotations.Nullable;

/** The model list could not be read: the server is unreachable, refused, or answered something else. */
public final class CatalogException extends RtelException {
    private static final long serialVersionUID = 1L;

    CatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
