package dev.rtel.eval;

import java.util.Objects;

/**
 * One message of a conversation, as sent.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param content its text
 */
public record Message(String role, String content) {
    /** Checks that neither is null. */
    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }

    /** A message of the user. */
    public static Message user(String content) {
        return new Message("user", content);
    }
}
