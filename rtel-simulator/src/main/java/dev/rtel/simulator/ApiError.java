package dev.rtel.simulator;

import tools.jackson.databind.node.ObjectNode;

/** Ends the handling of a request with an error reply of OpenRouter's form. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    ApiError(int status, String message) {
        this(status, errorType(status), message);
    }

    ApiError(int status, String errorType, String message) {
        this(Reply.json(status, body(status, errorType, message)));
    }

    ApiError(Reply reply) {
        super("status " + reply.status(), null, false, false); // an ordinary outcome: nobody reads its stack trace
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }

    static ObjectNode body(int status, String message) {
        return body(status, errorType(status), message);
    }

    private static ObjectNode body(int status, String errorType, String message) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        error.put("code", status).put("message", message);
        error.putObject("metadata").put("error_type", errorType);
        body.put("user_id", "user_simulated");
        return body;
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
