package dev.rtel.spi;

import dev.rtel.common.RtelException;
import org.jspecify.annotations.Nullable;

/** A store cannot be opened, read or written. Ends the run; what was durable stays. */
public class StoreException extends RtelException {
    private static final long serialVersionUID = 1L;

    /** Says which store, what failed and what to do. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Another writer holds the run; what to do is wait or stop that one. */
    public static final class Leased extends StoreException {
        private static final long serialVersionUID = 1L;

        /** Names the run, who holds it and until when. */
        public Leased(String message) {
            super(message, null);
        }
    }
}
