package dev.rtel.wire;

import dev.rtel.spi.ModelException;
import dev.rtel.spi.ModelException.Charge;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a failed reply into the exception that says what to do about it. The one place that maps statuses. */
final class ReplyFailure {
    private static final Duration HOURS_AWAY = Duration.ofHours(1);
    private static final int EXCERPT = 300;
    private static final Pattern DAILY = Pattern.compile("dai?ly|per[-_ ]day|[-_ ]day$");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern KEY = Pattern.compile("\\b(sk|pk|gsk|xai|Bearer)[- ][\\w-]{6,}");
    private final ReplyParts parts;

    ReplyFailure(ReplyParts parts) {
        this.parts = parts;
    }

    /** A reply that is no completion and no error object either; worth another attempt when the status says 200. */
    ModelException malformed(String what) {
        int status = parts.status();
        String said = "HTTP " + status + ": " + what + excerpt(parts.body());
        return status < 300
                ? new ModelException.Transient(
                        said, details("malformed_reply", status, Optional.empty(), false, Charge.UNKNOWN), null)
                // a gateway's own page does not tell what became of the call behind it
                : exception(
                        said,
                        status,
                        ErrorType.of(status),
                        Map.of(),
                        Map.of(),
                        status >= 500 || status == 408 ? Charge.UNKNOWN : Charge.FREE);
    }

    /** A reply that carries an error object, whatever its status. */
    ModelException error(@Nullable Object value, String fallbackType) {
        Map<String, @Nullable Object> error = Fields.object(value);
        Map<String, @Nullable Object> metadata = Fields.object(error, "metadata");
        String message = value instanceof String text
                ? text
                : Fields.text(error, "message")
                        .or(() -> Fields.text(error, "detail"))
                        .orElse("no message");
        String word = type(error, metadata).orElse("");
        int status = effectiveStatus(error, word);
        if (word.equals("insufficient_quota")) {
            status = 402;
            word = "payment_required";
        }
        if (word.isEmpty() && status == 400 && message.toLowerCase(Locale.ROOT).contains("maximum context length")) {
            word = "context_length_exceeded";
        }
        String type = !word.isEmpty() ? word : status == 0 ? fallbackType : ErrorType.of(status);
        String where = parts.status() < 300
                ? "error inside an HTTP " + parts.status() + " reply" + (status == 0 ? "" : ", code " + status)
                : "HTTP " + status;
        String upstream =
                Fields.text(metadata, "raw").map(ReplyFailure::excerpt).orElse("");
        // an error that the provider reports itself is not charged for, unless its usage says so
        return exception(
                where + " (" + type + "): " + shorten(message) + upstream, status, type, error, metadata, Charge.FREE);
    }

    private int effectiveStatus(Map<String, @Nullable Object> error, String word) {
        if (parts.status() >= 300) {
            return parts.status();
        }
        for (String key : new String[] {"code", "http_status", "status"}) {
            var code = WireNumber.whole(error.get(key));
            if (code.isPresent() && code.getAsLong() >= 400 && code.getAsLong() < 600) {
                return (int) code.getAsLong();
            }
        }
        return ErrorType.status(word);
    }

    private static Optional<String> type(Map<String, @Nullable Object> error, Map<String, @Nullable Object> metadata) {
        Optional<String> told = Fields.text(error, "error_type")
                .or(() -> Fields.text(metadata, "error_type"))
                .filter(word -> TYPE.matcher(word).matches());
        return told.or(() -> Fields.text(error, "code").filter(ErrorType::known))
                .or(() -> Fields.text(error, "type").filter(ErrorType::known));
    }

    private ModelException exception(
            String message,
            int status,
            String type,
            Map<String, @Nullable Object> error,
            Map<String, @Nullable Object> metadata,
            Charge charge) {
        Optional<Duration> wait = RetryHint.read(parts.headers(), error, metadata, parts.now());
        ModelException.Details details =
                details(type, status, wait, status == 429 && accountWide(error, metadata), charge);
        String clean = KEY.matcher(message).replaceAll("[redacted]");
        if (ErrorType.stopsTheRun(status)) {
            return new ModelException.RunFatal(clean, details, null);
        }
        return worthAnother(status, error, metadata, wait)
                ? new ModelException.Transient(clean, details, null)
                : new ModelException.Permanent(clean, details, null);
    }

    private static boolean worthAnother(
            int status,
            Map<String, @Nullable Object> error,
            Map<String, @Nullable Object> metadata,
            Optional<Duration> wait) {
        if (Fields.object(error, "availability").get("retryable") instanceof Boolean told) {
            return told;
        }
        if (status == 429) {
            boolean daily = limitSource(error, metadata)
                    .filter(source ->
                            DAILY.matcher(source.toLowerCase(Locale.ROOT)).find())
                    .isPresent();
            return !daily && wait.filter(w -> w.compareTo(HOURS_AWAY) >= 0).isEmpty();
        }
        return status == 0 || ErrorType.retryable(status);
    }

    /** A limit of the account's own names itself; a provider's limit concerns that provider alone. */
    private boolean accountWide(Map<String, @Nullable Object> error, Map<String, @Nullable Object> metadata) {
        return parts.header("x-ratelimit-limit").isPresent()
                || parts.header("x-ratelimit-reset").isPresent()
                || !Fields.object(metadata, "headers").isEmpty()
                || limitSource(error, metadata).isPresent();
    }

    private static Optional<String> limitSource(
            Map<String, @Nullable Object> error, Map<String, @Nullable Object> metadata) {
        return Fields.text(metadata, "limit_source").or(() -> Fields.text(error, "limit_source"));
    }

    private ModelException.Details details(
            String type, int status, Optional<Duration> wait, boolean accountWide, Charge charge) {
        return new ModelException.Details(
                type,
                status == 0 ? OptionalInt.of(parts.status()) : OptionalInt.of(status),
                wait,
                accountWide,
                parts.provider(),
                parts.generationId(),
                parts.usage(),
                charge,
                Optional.of(parts.body()).filter(b -> !b.isEmpty()));
    }

    private static String excerpt(String text) {
        String shown = shorten(text);
        return shown.isEmpty() ? "" : ": " + shown;
    }

    private static String shorten(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= EXCERPT) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
        return line.substring(0, end) + "…";
    }
}
