package dev.rtel.tasks.replay;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Cuts values out of JSON text as they stand, so that a verbatim reply stays verbatim. */
final class RawText {
    private static final JsonFactory JSON = new JsonFactory();

    private RawText() {}

    /** Where a value stands, as a JSON Pointer. */
    record Path(String pointer) {}

    /** Returns the text of the object at a place that is known to hold one. */
    static String slice(String json, Path path) {
        JsonPointer wanted = JsonPointer.compile(path.pointer());
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                if (token == JsonToken.START_OBJECT
                        && parser.streamReadContext().pathAsPointer().equals(wanted)) {
                    int start = (int) parser.currentTokenLocation().getCharOffset();
                    parser.skipChildren();
                    return json.substring(start, (int) parser.currentLocation().getCharOffset());
                }
            }
        }
        throw new IllegalArgumentException("no object at " + path.pointer());
    }
}
