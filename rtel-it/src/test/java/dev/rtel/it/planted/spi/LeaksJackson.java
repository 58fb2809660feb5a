package dev.rtel.it.planted.spi;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Shows a foreign type, hidden in a type argument. */
public interface LeaksJackson {
    /** Reads. */
    List<JsonNode> read();
}
