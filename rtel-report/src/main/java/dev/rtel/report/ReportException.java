package dev.rtel.report;

import dev.rtel.common.RtelException;
import org.jspecify.annotations.Nullable;

/** A result file cannot be written. Files that were there before are untouched; what the store holds is safe. */
public final class ReportException extends RtelException {
    private static final long serialVersionUID = 1L;

    /** Says which file, why and what to do. */
    public ReportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
