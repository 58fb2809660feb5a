package dev.rtel.simulator;

import tools.jackson.databind.JsonNode;

/** The text of a chat message: its content string, or the text parts of its content array. */
final class MessageText {
    private MessageText() {}

    static String of(JsonNode message) {
        if (!message.isObject() || !message.path("role").isString()) {
            throw new ApiError(400, "every message must be an object with a role");
        }
        JsonNode content = message.path("content");
        if (!content.isArray()) {
            return content.asString("");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }
}
