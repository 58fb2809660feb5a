package dev.rtel.simulator;

/** How an error says when to try again. */
public enum WaitHint {
    /** Header {@code Retry-After} in seconds, and {@code availability.retry_after} where there is an availability. */
    RETRY_AFTER,
    /** Header {@code Retry-After} as an HTTP date. */
    RETRY_AFTER_DATE,
    /** Header {@code X-RateLimit-Reset} in milliseconds since 1970, with limit and remaining requests. */
    RESET_HEADER,
    /** The same three as strings in {@code metadata.headers}. */
    RESET_METADATA,
    /** {@code availability.retry_after} in seconds. */
    BODY,
    /** {@code Retry-After} as it is, {@code availability.retry_after} twice and {@code X-RateLimit-Reset} three times as long. */
    DISAGREEING,
    /** Not at all. */
    NONE
}
