package dev.rtel.it.planted.spi;

import tools.jackson.databind.JsonNode;

/** Uses a foreign type where nobody sees it. */
public abstract class KeepsJackson {
    abstract JsonNode read();
}
