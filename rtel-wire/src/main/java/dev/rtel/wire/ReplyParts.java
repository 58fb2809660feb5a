package dev.rtel.wire;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reply taken apart as far as completions and failures have it in common.
 *
 * @param status HTTP status
 * @param headers lower-case names
 * @param body as it is kept: an event stream verbatim, anything else without surrounding white space
 * @param root the body's object, or what the events of a stream amount to; empty when there is none
 * @param now when the reply was read
 */
record ReplyParts(
        int status, Map<String, String> headers, String body, Map<String, @Nullable Object> root, Instant now) {
    /** Returns the usage object verbatim; empty when there is none. */
    Map<String, @Nullable Object> usage() {
        return Fields.object(root, "usage");
    }

    /** Returns who served the call: of the body, of an error's metadata, of a header. */
    Optional<String> provider() {
        return Fields.text(root, "provider")
                .or(() -> Fields.text(Fields.object(Fields.object(root, "error"), "metadata"), "provider_name"))
                .or(() -> header("x-provider-name"));
    }

    /** Returns the id of the billing record: of the body, else of a header. */
    Optional<String> generationId() {
        return Fields.text(root, "id").or(() -> ChatReply.generationId(headers));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
    }
}
