package dev.rtel.simulator;

import tools.jackson.databind.node.ObjectNode;

/** Ends the handling of a request with an error reply of OpenRouter's form. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errorType;

    ApiError(int status, String message) {
        this(status, errorType(status), message);
    }

    ApiError(int status, String errorType, String message) {
        super(message);
        this.status = status;
        this.errorType = errorType;
    }

    int status() {
        return status;
    }

    Reply reply() {
        return Reply.json(status, body(status, errorType, String.valueOf(getMessage())));
    }

    static ObjectNode body(int status, String message) {
        return body(status, errorType(status), message);
    }

    static ObjectNode body(int status, String errorType, String message) {
        ObjectNode body = Json.object();
        fill(body.putObject("error"), status, errorType, message);
        body.put("user_id", "user_simulated");
        return body;
    }

    static void fill(ObjectNode error, int status, String errorType, String message) {
        error.put("code", status);
        error.put("message", message);
        error.putObject("metadata").put("error_type", errorType);
    }

    /** Returns the error type that goes with a status (OpenRouter errors-and-debugging page, 2026-08-22). */
    static String errorType(int status) {
        return switch (status) {
            case 400 -> "invalid_request";
            case 401 -> "authentication";
            case 402 -> "payment_required";
            case 403 -> "permission_denied";
            case 404 -> "not_found";
            case 412 -> "precondition_failed";
            case 413 -> "payload_too_large";
            case 422 -> "unprocessable";
            case 429 -> "rate_limit_exceeded";
            case 500 -> "server";
            case 502 -> "provider_unavailable";
            case 503, 529 -> "provider_overloaded";
            case 408, 504, 524 -> "timeout";
            default -> "unmapped";
        };
    }
}
