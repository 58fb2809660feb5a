package dev.rtel.wire;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The error vocabulary of OpenRouter and the HTTP status each word stands for (reference: ApiErrorType of its SDK). */
final class ErrorType {
    private static final Map<String, Integer> STATUS = statuses();
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
        // OpenAI's own word for an empty account comes with status 429
        map.put("insufficient_quota", 402);
        return map;
    }

    static boolean known(String word) {
        return STATUS.containsKey(word);
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

    static boolean stopsTheRun(int status) {
        return status == 401 || status == 402;
    }

    static boolean retryable(int status) {
        return status >= 500 || RETRYABLE.contains(status);
    }
}
