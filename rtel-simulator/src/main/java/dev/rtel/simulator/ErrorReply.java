package dev.rtel.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An error about a model at a provider, in any form and with any hint when to try again. Not thread-safe. */
final class ErrorReply {
    private static final int MILLIS_PER_SECOND = 1000;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final int status;
    private final String model;
    private final List<Endpoint> endpoints;
    private String message;
    private ErrorShape shape = ErrorShape.STANDARD;
    private WaitHint hint = WaitHint.RETRY_AFTER;
    private Optional<Duration> wait = Optional.empty();
    private Optional<Boolean> retryable = Optional.empty();
    private boolean capacity;

    ErrorReply(int status, String model, List<Endpoint> endpoints) {
        this.status = status;
        this.model = model;
        this.endpoints = endpoints;
        this.message = status > 500
                ? "Upstream error from " + endpoints.get(0).providerName() + ": service unavailable"
                : "Provider returned error";
    }

    ErrorReply message(String text) {
        message = text;
        return this;
    }

    ErrorReply shape(ErrorShape value) {
        shape = value;
        return this;
    }

    ErrorReply retryable(Optional<Boolean> value) {
        retryable = value;
        return this;
    }

    ErrorReply wait(WaitHint form, Optional<Duration> time) {
        hint = form;
        wait = time;
        return this;
    }

    /** Adds what comes with a provider's rate limit: its own words and an availability. */
    ErrorReply capacity() {
        capacity = true;
        return this;
    }

    Reply reply(Clock clock) {
        ObjectNode body = Json.object();
        body.set("error", error(clock));
        body.put("user_id", "user_simulated");
        return Reply.json(status, body).withHeaders(headers(clock));
    }

    /** Returns the error object alone, with what the hint puts into it. */
    ObjectNode error(Clock clock) {
        boolean typed = shape == ErrorShape.AVAILABILITY || shape == ErrorShape.AVAILABILITY_WITHOUT_CODE;
        ObjectNode error = Json.object();
        putCode(error);
        error.put(
                "message",
                shape == ErrorShape.RAW_TEXT || shape == ErrorShape.RAW_OBJECT ? "Provider returned error" : message);
        if (typed) {
            error.put("error_type", ApiError.errorType(status)).put("http_status", status);
        }
        if (shape != ErrorShape.NO_METADATA) {
            putMetadata(error.putObject("metadata"));
        }
        boolean hinted = wait.isPresent() && (hint == WaitHint.BODY || hint == WaitHint.DISAGREEING);
        if (typed || hinted || retryable.isPresent() || capacity && shape != ErrorShape.NO_METADATA) {
            putAvailability(error.putObject("availability"));
        }
        if (wait.isPresent() && (hint == WaitHint.RESET_METADATA || hint == WaitHint.DISAGREEING)) {
            reset(clock).forEach(error.withObject("/metadata/headers")::put);
        }
        return error;
    }

    private Map<String, String> headers(Clock clock) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (wait.isEmpty()) {
            return headers;
        }
        if (hint == WaitHint.RETRY_AFTER || hint == WaitHint.DISAGREEING) {
            headers.put("Retry-After", Long.toString(seconds(wait.get())));
        } else if (hint == WaitHint.RETRY_AFTER_DATE) {
            Instant end = Instant.ofEpochSecond(
                    seconds(Duration.ofMillis(clock.millis()).plus(wait.get())));
            headers.put("Retry-After", HTTP_DATE.format(end));
        }
        if (hint == WaitHint.RESET_HEADER || hint == WaitHint.DISAGREEING) {
            headers.putAll(reset(clock));
        }
        return headers;
    }

    private Map<String, String> reset(Clock clock) {
        Map<String, String> headers = new LinkedHashMap<>();
        wait.ifPresent(time -> {
            long factor = hint == WaitHint.DISAGREEING ? 3 : 1;
            headers.put("X-RateLimit-Limit", "20");
            headers.put("X-RateLimit-Remaining", "0");
            headers.put("X-RateLimit-Reset", Long.toString(clock.millis() + factor * Math.max(0, time.toMillis())));
        });
        return headers;
    }

    private void putCode(ObjectNode error) {
        switch (shape) {
            case AVAILABILITY_WITHOUT_CODE -> {}
            case STRING_CODE -> error.put("code", Integer.toString(status));
            case NULL_CODE -> error.putNull("code");
            default -> error.put("code", status);
        }
    }

    private void putMetadata(ObjectNode metadata) {
        metadata.put("error_type", ApiError.errorType(status));
        switch (shape) {
            case RAW_TEXT -> putProvider(metadata).put("raw", Json.text(raw()));
            case RAW_OBJECT -> putProvider(metadata).set("raw", raw());
            case AVAILABILITY, AVAILABILITY_WITHOUT_CODE ->
                endpoints.forEach(endpoint -> metadata.withArray("previous_errors")
                        .addObject()
                        .put("provider", endpoint.provider())
                        .put("code", code())
                        .put("status", status));
            case MODERATION -> {
                metadata.putArray("reasons").add("violence");
                metadata.put("flagged_input", "…")
                        .put("provider_name", endpoints.get(0).providerName());
                metadata.put("model_slug", model);
            }
            default -> {
                if (capacity) {
                    putProvider(metadata).put("raw", rawMessage());
                }
            }
        }
    }

    private ObjectNode putProvider(ObjectNode metadata) {
        return metadata.put("provider_name", endpoints.get(0).providerName()).put("is_byok", false);
    }

    private ObjectNode raw() {
        ObjectNode raw = Json.object();
        raw.putObject("error")
                .put("message", rawMessage())
                .put("type", "provider_error")
                .putNull("code");
        return raw;
    }

    private String rawMessage() {
        return status == 429
                ? model + " is temporarily rate-limited upstream. Please retry shortly."
                : "The server had an error while processing your request.";
    }

    private void putAvailability(ObjectNode availability) {
        availability.put("code", code());
        availability.put("retryable", retryable.orElse(status == 429 || status >= 500));
        boolean shown = hint == WaitHint.RETRY_AFTER || hint == WaitHint.BODY || hint == WaitHint.DISAGREEING;
        if (shown) {
            long factor = hint == WaitHint.DISAGREEING ? 2 : 1;
            wait.ifPresent(time -> availability.put("retry_after", factor * seconds(time)));
        }
        availability.putArray("requested_models").add(model);
        endpoints.forEach(
                endpoint -> availability.withArray("affected_providers").add(endpoint.provider()));
        availability.put("docs_url", "https://openrouter.ai/docs/errors#" + code());
    }

    private String code() {
        return switch (status) {
            case 400 -> "model_not_found";
            case 403 -> "region_restricted";
            case 404 -> "no_endpoints";
            case 429 -> "capacity_exhausted";
            default -> "temporarily_unavailable";
        };
    }

    private static long seconds(Duration time) {
        return Math.max(0, (time.toMillis() + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND);
    }
}
