package dev.rtel.simulator;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is sent for a request. The body is not copied and must not be changed.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param headers further headers
 * @param body the body, may be empty
 * @param ending how the connection goes on
 */
record Reply(int status, String contentType, Map<String, String> headers, byte[] body, Ending ending)
        implements Response {
    /** How a reply ends. */
    enum Ending {
        /** Everything is sent. */
        WHOLE,
        /** Nothing is sent, the connection is closed. */
        CUT_BEFORE,
        /** Half of the body is sent, the connection is closed. */
        CUT_MIDWAY
    }

    static Reply json(int status, ObjectNode body) {
        return json(status, Json.bytes(body));
    }

    static Reply json(int status, byte[] body) {
        return new Reply(status, "application/json", Map.of(), body, Ending.WHOLE);
    }

    static Reply html(int status, String page) {
        return new Reply(
                status, "text/html; charset=utf-8", Map.of(), page.getBytes(StandardCharsets.UTF_8), Ending.WHOLE);
    }

    Reply withStatus(int newStatus) {
        return new Reply(newStatus, contentType, headers, body, ending);
    }

    Reply withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    Reply withHeaders(Map<String, String> others) {
        if (headers.isEmpty()) {
            return new Reply(status, contentType, others, body, ending);
        }
        Map<String, String> more = new HashMap<>(headers);
        more.putAll(others);
        return new Reply(status, contentType, more, body, ending);
    }

    Reply withBody(byte[] newBody) {
        return new Reply(status, contentType, headers, newBody, ending);
    }

    Reply withEnding(Ending newEnding) {
        return new Reply(status, contentType, headers, body, newEnding);
    }
}
