package dev.rtel.wire;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The error vocabulary of OpenRouter and the HTTP status each word stands for (reference: ApiErrorType of its SDK), with
 * the words of OpenAI and Anthropic for the same things.
 */
final class ErrorType {
    /** OpenAI's word for an empty account; it comes with status 429. */
    private static final String NO_QUOTA = "insufficient_quota";

    private static final Map<String, Integer> STATUS = statuses();
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(
            Map.entry("invalid_request_error", "invalid_request"),
            Map.entry("authentication_error", "authentication"),
            Map.entry("invalid_api_key", "authentication"),
            Map.entry("billing_error", "payment_required"),
            Map.entry("permission_error", "permission_denied"),
            Map.entry("not_found_error", "not_found"),
            Map.entry("request_too_large", "payload_too_large"),
            Map.entry("rate_limit_error", "rate_limit_exceeded"),
            Map.entry("api_error", "server"),
            Map.entry("server_error", "server"),
            Map.entry("timeout_error", "timeout"),
            Map.entry("overloaded_error", "provider_overloaded"));
    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429);

    private ErrorType() {}

    private static Map<String, Integer> statuses() {
        Map<String, Integer> map = new TreeMap<>();
        for (String word :
                ("context_length_exceeded max_tokens_exceeded token_limit_exceeded string_too_long invalid_request"
                                + " invalid_prompt content_policy_violation refusal invalid_image image_too_large"
                                + " image_too_small unsupported_image_format image_download_failed")
                        .split(" ")) {
            map.put(word, 400);
        }
        map.putAll(Map.of(
                "authentication",
                401,
                "payment_required",
                402,
                "permission_denied",
                403,
                "not_found",
                404,
                "image_not_found",
                404,
                "precondition_failed",
                412,
                "payload_too_large",
                413,
                "unprocessable",
                422,
                "rate_limit_exceeded",
                429,
                "server",
                500));
        map.putAll(Map.of("unmapped", 500, "provider_unavailable", 502, "provider_overloaded", 503, "timeout", 504));
        return map;
    }

    /**
     * Returns our word for a word in a provider's {@code code} or {@code type}.
     *
     * @param httpStatus status of the reply; where it is an error status, a foreign word must stand for the same
     */
    static Optional<String> translate(String word, int httpStatus) {
        if (STATUS.containsKey(word)) {
            return Optional.of(word);
        }
        if (word.equals(NO_QUOTA)) {
            return Optional.of("payment_required");
        }
        return Optional.ofNullable(OTHER_WORDS.get(word))
                .filter(ours -> httpStatus < 300 || of(httpStatus).equals(ours));
    }

    /** Returns the status of a word, 0 when it is unknown. */
    static int status(String word) {
        return STATUS.getOrDefault(word, 0);
    }

    /** Returns the word for a status. */
    static String of(int status) {
        return switch (status) {
            case 401, 407 -> "authentication";
            case 402 -> "payment_required";
            case 403 -> "permission_denied";
            case 404 -> "not_found";
            case 408, 504, 524 -> "timeout";
            case 412 -> "precondition_failed";
            case 413 -> "payload_too_large";
            case 422 -> "unprocessable";
            case 429 -> "rate_limit_exceeded";
            case 502 -> "provider_unavailable";
            case 503, 529 -> "provider_overloaded";
            default -> status >= 500 ? "server" : "invalid_request";
        };
    }

    /** Whether no call of the run can succeed: the key is refused, or the account is empty whatever the status says. */
    static boolean stopsTheRun(int status, String type) {
        return status == 401 || status == 402 || type.equals("payment_required");
    }

    static boolean retryable(int status) {
        return status >= 500 || RETRYABLE.contains(status);
    }
}
