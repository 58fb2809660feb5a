package dev.rtel.wire;

import dev.rtel.spi.ModelException;
import dev.rtel.spi.ModelException.Charge;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a failed reply into the exception that says what to do about it. The one place that maps statuses. */
final class ReplyFailure {
    private static final Duration HOURS_AWAY = Duration.ofHours(1);
    private static final int EXCERPT = 300;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern KEY = Pattern.compile("\\b(sk|pk|gsk|xai|Bearer)[- ][\\w-]{6,}");
    private final ReplyParts parts;

    ReplyFailure(ReplyParts parts) {
        this.parts = parts;
    }

    /** A reply that is no completion and no error object either; worth another attempt when the status says 200. */
    ModelException malformed(String what) {
        int status = parts.status();
        String said = "HTTP " + status + ": " + what + excerpt(parts.body());
        if (status < 300) {
            return lost("malformed_reply", said);
        }
        // a gateway's own page does not tell what became of the call behind it
        Charge charge = status >= 500 || status == 408 ? Charge.UNKNOWN : Charge.FREE;
        return exception(said, status, ErrorType.of(status), ErrorReport.none(), charge);
    }

    /** What keeps a reply from being whole: the word for it and what is the matter. */
    record Defect(String type, String what) {}

    /** A stream that broke off, or cannot be read. */
    ModelException defect(Defect defect) {
        return lost(defect.type(), "HTTP " + parts.status() + ": " + defect.what());
    }

    /** A stream that ended too early. */
    ModelException brokenOff(String what) {
        return defect(new Defect("connection", what));
    }

    /** What was billed for it nobody told. */
    private ModelException lost(String type, String message) {
        return new ModelException.Transient(
                clean(message), details(type, parts.status(), Optional.empty(), false, Charge.UNKNOWN), null);
    }

    /** A reply that carries an error object, whatever its status. */
    ModelException error(@Nullable Object value, String fallbackType) {
        ErrorReport report = ErrorReport.of(value);
        int told = parts.status() >= 300 ? parts.status() : report.status();
        Optional<String> word = report.word(told == 0 ? parts.status() : told);
        int status = told != 0 ? told : word.map(ErrorType::status).orElse(0);
        String type = word.orElseGet(() -> status == 0 ? fallbackType : ErrorType.of(status));
        String where = parts.status() < 300
                ? "error inside an HTTP " + parts.status() + " reply" + (status == 0 ? "" : ", code " + status)
                : "HTTP " + status;
        String upstream = report.upstream().map(ReplyFailure::excerpt).orElse("");
        // an error that the provider reports itself is not charged for, unless its usage says so
        return exception(
                where + " (" + type + "): " + shorten(report.message()) + upstream, status, type, report, Charge.FREE);
    }

    private ModelException exception(String message, int status, String type, ErrorReport report, Charge charge) {
        Optional<Duration> wait = RetryHint.read(parts, report);
        boolean accountWide = status == 429 && report.accountWide(platformHeaders());
        ModelException.Details details = details(type, status, wait, accountWide, charge);
        String clean = clean(message);
        if (ErrorType.stopsTheRun(status, type)) {
            return new ModelException.RunFatal(clean, details, null);
        }
        return worthAnother(status, report, wait)
                ? new ModelException.Transient(clean, details, null)
                : new ModelException.Permanent(clean, details, null);
    }

    private static boolean worthAnother(int status, ErrorReport report, Optional<Duration> wait) {
        if (report.retryable().isPresent()) {
            return report.retryable().get();
        }
        if (status == 429) {
            return !report.daily()
                    && wait.filter(w -> w.compareTo(HOURS_AWAY) >= 0).isEmpty();
        }
        return status == 0 || ErrorType.retryable(status);
    }

    /** These come with limits of the platform, unless the report names a host. */
    private boolean platformHeaders() {
        return parts.header("x-ratelimit-limit").isPresent()
                || parts.header("x-ratelimit-reset").isPresent();
    }

    private ModelException.Details details(
            String type, int status, Optional<Duration> wait, boolean accountWide, Charge charge) {
        return new ModelException.Details(
                type,
                OptionalInt.of(status == 0 ? parts.status() : status),
                wait,
                accountWide,
                parts.provider(),
                parts.generationId(),
                parts.usage(),
                charge,
                Optional.of(parts.body()).filter(b -> !b.isEmpty()));
    }

    private static String clean(String message) {
        return KEY.matcher(message).replaceAll("[redacted]");
    }

    private static String excerpt(String text) {
        String shown = shorten(text);
        return shown.isEmpty() ? "" : ": " + shown;
    }

    private static String shorten(String text) {
        // what is shown is in the first part of the text, however long a padded or broken body is
        String head = text.strip();
        head = head.length() > 20 * EXCERPT ? head.substring(0, 20 * EXCERPT) : head;
        String line = BLANKS.matcher(head).replaceAll(" ");
        if (line.length() <= EXCERPT) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
        return line.substring(0, end) + "…";
    }
}
