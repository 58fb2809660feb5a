package dev.rtel.common;

import java.util.Objects;

/** A credential whose text form is always redacted. Not serialisable, equal only to itself. */
public final class Secret {
    private final String value;

    /** Wraps the credential's characters. */
    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Returns the credential itself; for the one place that sends it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
