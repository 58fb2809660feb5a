package dev.rtel.plan;

import dev.rtel.common.RtelException;

/** The selection leaves no trial to run. */
public final class NothingSelectedException extends RtelException {
    private static final long serialVersionUID = 1L;

    /** Says which selection left nothing. */
    public NothingSelectedException(String message) {
        super(message, null);
    }
}
