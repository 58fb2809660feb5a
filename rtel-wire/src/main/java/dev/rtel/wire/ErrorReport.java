package dev.rtel.wire;

import dev.rtel.common.PlainJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error as a provider worded it; every member may be absent.
 *
 * @param error the error object
 * @param metadata its metadata
 * @param message what it says
 */
record ErrorReport(Map<String, @Nullable Object> error, Map<String, @Nullable Object> metadata, String message) {
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern DAILY = Pattern.compile("dai?ly|per[-_ ]day|[-_ ]day$");

    /** OpenRouter names the limit inside the text when it gives no {@code limit_source}. */
    private static final Pattern NAMED_DAILY = Pattern.compile("\\b[a-z]+(-[a-z]+)*-per-day\\b");

    static ErrorReport of(@Nullable Object value) {
        Map<String, @Nullable Object> error = Fields.object(value);
        return new ErrorReport(error, Fields.object(error, "metadata"), message(value, error));
    }

    /** Nothing was said. */
    static ErrorReport none() {
        return of(null);
    }

    private static String message(@Nullable Object value, Map<String, @Nullable Object> error) {
        if (value instanceof String text) {
            return text;
        }
        for (String key : new String[] {"message", "detail"}) {
            Object said = error.get(key);
            if (said != null && !(said instanceof String text && text.isBlank())) {
                return said instanceof String text ? text : PlainJson.write(said);
            }
        }
        return "no message";
    }

    /** Returns what the host behind the router said, as text or JSON; empty when it is not told. */
    Optional<String> upstream() {
        Object raw = metadata.get("raw");
        return raw instanceof Map<?, ?> ? Optional.of(PlainJson.write(raw)) : Fields.text(metadata, "raw");
    }

    /**
     * Returns the provider's word for the error.
     *
     * @param httpStatus status of the reply; words of other vocabularies hold only where they do not contradict it
     */
    Optional<String> word(int httpStatus) {
        Optional<String> told = Fields.text(error, "error_type")
                .or(() -> Fields.text(metadata, "error_type"))
                .filter(word -> TYPE.matcher(word).matches());
        return told.or(() -> Fields.text(error, "code").flatMap(word -> ErrorType.translate(word, httpStatus)))
                .or(() -> Fields.text(error, "type").flatMap(word -> ErrorType.translate(word, httpStatus)))
                .or(() -> overlong(httpStatus));
    }

    private Optional<String> overlong(int httpStatus) {
        boolean said = httpStatus == 400 && message.toLowerCase(Locale.ROOT).contains("maximum context length");
        return said ? Optional.of("context_length_exceeded") : Optional.empty();
    }

    /** Returns the status the report itself names, 0 when it names none. */
    int status() {
        for (String key : new String[] {"code", "http_status", "status"}) {
            var code = WireNumber.whole(error.get(key));
            if (code.isPresent() && code.getAsLong() >= 400 && code.getAsLong() < 600) {
                return (int) code.getAsLong();
            }
        }
        return 0;
    }

    /** Returns the provider's own verdict on trying again, where it gives one. */
    Optional<Boolean> retryable() {
        return Fields.object(error, "availability").get("retryable") instanceof Boolean told
                ? Optional.of(told)
                : Optional.empty();
    }

    /** Whether the limit that was hit holds for the rest of the day. */
    boolean daily() {
        return limitSource()
                .map(source -> DAILY.matcher(source.toLowerCase(Locale.ROOT)).find())
                .orElseGet(() ->
                        NAMED_DAILY.matcher(message.toLowerCase(Locale.ROOT)).find());
    }

    /**
     * Whether the limit that was hit is the account's own; a limit of one host concerns that host alone.
     *
     * @param counters whether the reply has headers that count the requests left
     */
    boolean accountWide(boolean counters) {
        boolean counted = counters
                || Fields.object(metadata, "headers").keySet().stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit-"));
        return limitSource().isPresent() || counted && !namesHosts();
    }

    private boolean namesHosts() {
        return Fields.text(metadata, "provider_name").isPresent()
                || tellsAny(metadata, "previous_errors")
                || tellsAny(Fields.object(error, "availability"), "affected_providers");
    }

    private static boolean tellsAny(Map<String, @Nullable Object> object, String list) {
        return object.get(list) instanceof List<?> values && !values.isEmpty();
    }

    private Optional<String> limitSource() {
        return Fields.text(metadata, "limit_source").or(() -> Fields.text(error, "limit_source"));
    }
}
