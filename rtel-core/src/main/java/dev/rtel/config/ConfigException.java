package dev.rtel.config;

import dev.rtel.common.RtelException;
import org.jspecify.annotations.Nullable;

/** A setting is missing, unknown or malformed. Raised while planning, before anything is paid. */
public final class ConfigException extends RtelException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, where, and what was expected. */
    public ConfigException(String message) {
        super(message, null);
    }

    /** The same with the error that revealed it. */
    public ConfigException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
