package dev.rtel.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies kept as text: whether one is an event stream, and what it said. */
final class EventText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> BEGINNINGS = List.of(":", "data:", "event:", "id:", "retry:");

    private EventText() {}

    /** Returns the text without byte order mark and surrounding white space. */
    static String trim(String body) {
        return (body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body).strip();
    }

    /** Whether the text begins like an event stream, or at least holds a line of data, and is no JSON. */
    static boolean is(String body) {
        int start = body.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        while (start < body.length() && Character.isWhitespace(body.charAt(start))) {
            start++;
        }
        if (start == body.length() || body.charAt(start) == '{' || body.charAt(start) == '[') {
            return false;
        }
        for (String beginning : BEGINNINGS) {
            if (body.startsWith(beginning, start)) {
                return true;
            }
        }
        return body.indexOf("\ndata:", start) >= 0 || body.indexOf("\rdata:", start) >= 0;
    }

    /** Tells the stream all events of the text, or that it is given up. */
    static void feed(String body, ChatStream stream) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        SseParser parser = new SseParser((name, data) -> stream.event(data));
        try {
            parser.feed(bytes, 0, bytes.length);
            parser.end();
        } catch (SseParser.TooLargeException e) {
            stream.giveUp(e);
        }
    }

    /** Returns what the events amount to, as far as they can be read. */
    static Map<String, @Nullable Object> root(String body) {
        ChatStream stream = new ChatStream(200, Map.of(), () -> 0);
        feed(body, stream);
        return stream.root();
    }
}
