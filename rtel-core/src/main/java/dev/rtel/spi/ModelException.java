package dev.rtel.spi;

import dev.rtel.common.PlainData;
import dev.rtel.common.RtelException;
import dev.rtel.eval.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A completion attempt failed. The kind decides what happens next: try again, give up the trial, or stop the run. */
public abstract sealed class ModelException extends RtelException {
    private static final long serialVersionUID = 1L;
    private final transient Details details;

    private ModelException(String message, Details details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    /**
     * What the provider told about a failed attempt; anything may be empty.
     *
     * @param type a stable word, see {@link Failure#type()}
     * @param status HTTP status
     * @param retryAfter how long the provider asks to wait
     * @param provider who failed
     * @param generationId id of its billing record
     * @param usage usage object of the failed attempt
     * @param raw body verbatim
     */
    public record Details(
            String type,
            OptionalInt status,
            Optional<Duration> retryAfter,
            Optional<String> provider,
            Optional<String> generationId,
            Map<String, @Nullable Object> usage,
            Optional<String> raw) {
        /** Copies the usage. */
        public Details(
                String type,
                OptionalInt status,
                Optional<Duration> retryAfter,
                Optional<String> provider,
                Optional<String> generationId,
                Map<String, @Nullable Object> usage,
                Optional<String> raw) {
            usage = PlainData.copyOf(usage);
            this.type = type;
            this.status = status;
            this.retryAfter = retryAfter;
            this.provider = provider;
            this.generationId = generationId;
            this.usage = usage;
            this.raw = raw;
        }

        /** Only the type is known. */
        public static Details of(String type) {
            return new Details(
                    type,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty());
        }
    }

    /** The same call may succeed later: 408, 429, 5xx, timeouts, cut connections, malformed 200 replies, in-band errors. */
    public static final class Transient extends ModelException {
        private static final long serialVersionUID = 1L;

        /** A failure worth another attempt. */
        public Transient(String message, Details details, @Nullable Throwable cause) {
            super(message, details, cause);
        }

        /** A failure worth another attempt of which only the type is known. */
        public Transient(String type, String message) {
            this(message, Details.of(type), null);
        }
    }

    /** The same call will not succeed: 400, 403, 404, 413, 422. */
    public static final class Permanent extends ModelException {
        private static final long serialVersionUID = 1L;

        /** A failure that ends the trial. */
        public Permanent(String message, Details details, @Nullable Throwable cause) {
            super(message, details, cause);
        }

        /** A failure that ends the trial, of which only the type is known. */
        public Permanent(String type, String message) {
            this(message, Details.of(type), null);
        }
    }

    /** No call of this run can succeed: 401 (key), 402 (credit). Stops the run, which stays resumable. */
    public static final class RunFatal extends ModelException {
        private static final long serialVersionUID = 1L;

        /** A failure that stops the run. */
        public RunFatal(String message, Details details, @Nullable Throwable cause) {
            super(message, details, cause);
        }
    }

    /** Returns what the provider told. */
    public Details details() {
        return details;
    }

    /** Returns the failure as data. */
    public Failure failure() {
        return new Failure(details.type(), String.valueOf(getMessage()), !(this instanceof Permanent));
    }
}
