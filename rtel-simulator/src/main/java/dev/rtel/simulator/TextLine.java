package dev.rtel.simulator;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line that many chunks of a stream share but for a text, which stands in it once or more; writing the JSON anew for each
 * of them would be most of the work.
 *
 * @param parts what stands before, between and behind the places of the text
 */
record TextLine(List<String> parts) {
    /** Stands for the text; a character that appears nowhere else. */
    static final String PLACE = "\u0001";

    private static final Pattern ESCAPED_PLACE = Pattern.compile("\\u0001", Pattern.LITERAL);

    static TextLine of(ObjectNode chunk) {
        return new TextLine(List.of(ESCAPED_PLACE.split(ChunkJson.line(chunk), -1)));
    }

    String with(String text) {
        return String.join(new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)), parts);
    }
}
