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

    /** Whether a failed attempt is charged for, where its usage object does not tell. */
    public enum Charge {
        /** It was refused, or never sent. */
        FREE,
        /** It may have been served and billed: the reply was lost, cut off or came too late. */
        UNKNOWN
    }

    /**
     * What the provider told about a failed attempt; anything may be empty.
     *
     * @param type a stable word, see {@link Failure#type()}
     * @param status HTTP status
     * @param retryAfter how long the provider asks to wait
     * @param accountWide whether that wait concerns every call with this key, not only those to this provider
     * @param provider who failed
     * @param generationId id of its billing record
     * @param usage usage object of the failed attempt
     * @param charge whether it is charged for, where the usage does not tell
     * @param raw body verbatim
     */
    public record Details(
            String type,
            OptionalInt status,
            Optional<Duration> retryAfter,
            boolean accountWide,
            Optional<String> provider,
            Optional<String> generationId,
            Map<String, @Nullable Object> usage,
            Charge charge,
            Optional<String> raw) {
        /** Copies the usage. */
        public Details(
                String type,
                OptionalInt status,
                Optional<Duration> retryAfter,
                boolean accountWide,
                Optional<String> provider,
                Optional<String> generationId,
                Map<String, @Nullable Object> usage,
                Charge charge,
                Optional<String> raw) {
            usage = PlainData.copyOf(usage);
            this.type = type;
            this.status = status;
            this.retryAfter = retryAfter;
            this.accountWide = accountWide;
            this.provider = provider;
            this.generationId = generationId;
            this.usage = usage;
            this.charge = charge;
            this.raw = raw;
        }

        /** Only the type is known, and not whether the attempt is charged for. */
        public static Details of(String type) {
            return new Details(
                    type,
                    OptionalInt.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Charge.UNKNOWN,
                    Optional.empty());
        }

        /** The same for an attempt that was refused or never sent. */
        public Details free() {
            return new Details(type, status, retryAfter, accountWide, provider, generationId, usage, Charge.FREE, raw);
        }

        /** The same with a wait hint. */
        public Details withRetryAfter(Duration wait) {
            return new Details(
                    type, status, Optional.of(wait), accountWide, provider, generationId, usage, charge, raw);
        }

        /** The same with the id of its billing record. */
        public Details withGenerationId(Optional<String> id) {
            return new Details(type, status, retryAfter, accountWide, provider, id, usage, charge, raw);
        }

        /** The same with a usage object. */
        public Details withUsage(Map<String, ? extends @Nullable Object> told) {
            return new Details(
                    type, status, retryAfter, accountWide, provider, generationId, PlainData.copyOf(told), charge, raw);
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
