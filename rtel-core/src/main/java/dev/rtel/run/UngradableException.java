package dev.rtel.run;

import dev.rtel.common.RtelException;

/** A grader said that it cannot grade on this machine; nothing was sent. */
public final class UngradableException extends RtelException {
    private static final long serialVersionUID = 1L;

    /** Says for which task, why, and what to do. */
    public UngradableException(String message) {
        super(message, null);
    }
}
