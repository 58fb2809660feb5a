package dev.rtel.eval;

/**
 * Why an attempt or trial has no completion.
 *
 * @param type a stable word in the provider's vocabulary where it has one: {@code authentication, payment_required,
 *     permission_denied, not_found, invalid_request, context_length_exceeded, rate_limit_exceeded, server,
 *     provider_unavailable, provider_overloaded, timeout, connection, malformed_reply, interrupted, internal}
 * @param message what happened, without secrets
 * @param retryable whether the same call may succeed later
 */
public record Failure(String type, String message, boolean retryable) {}
