package dev.rtel.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for a completion.
 *
 * @param body the whole request
 * @param model name of the model
 * @param userText text of all user messages
 * @param allText text of all messages
 * @param messageCount number of messages
 * @param maxTokens limit of the completion, reasoning included
 * @param reasoning what it says about thinking
 * @param metadata the metadata map
 * @param epoch repeat of the sample, from 1
 * @param attempt number of the HTTP try, from 1
 */
record ChatRequest(
        ObjectNode body,
        String model,
        String userText,
        String allText,
        int messageCount,
        OptionalLong maxTokens,
        ReasoningWish reasoning,
        Map<String, String> metadata,
        int epoch,
        int attempt) {
    static final String TRIAL = "rtel_trial";
    static final String EPOCH = "rtel_epoch";
    static final String ATTEMPT = "rtel_attempt";
    static final String ATTEMPT_ID = "rtel_attempt_id";

    static ChatRequest parse(byte[] bytes) {
        ObjectNode body = object(bytes);
        JsonNode model = body.path("model");
        if (!model.isString()) {
            model = body.path("models").path(0);
        }
        if (!model.isString()) {
            throw new ApiError(400, "No models provided");
        }
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new ApiError(400, "Input required: specify \"messages\"");
        }
        StringBuilder userText = new StringBuilder();
        StringBuilder allText = new StringBuilder();
        for (JsonNode message : messages) {
            String text = MessageText.of(message);
            allText.append(text).append('\n');
            if (message.path("role").asString("").equals("user")) {
                userText.append(text).append('\n');
            }
        }
        OptionalLong maxTokens = wholeNumber(body.path("max_completion_tokens"), "max_completion_tokens");
        if (maxTokens.isEmpty()) {
            maxTokens = wholeNumber(body.path("max_tokens"), "max_tokens");
        }
        Map<String, String> metadata = metadata(body.path("metadata"));
        return new ChatRequest(
                body,
                model.stringValue(),
                userText.toString(),
                allText.toString(),
                messages.size(),
                maxTokens,
                ReasoningWish.read(body),
                metadata,
                number(metadata, EPOCH),
                number(metadata, ATTEMPT));
    }

    /** Returns the models that may answer if the first one cannot. */
    List<String> fallbackModels() {
        List<String> names = new ArrayList<>();
        body.path("models").forEach(name -> names.add(name.asString("")));
        return names;
    }

    /** Tells whether the reply is to be streamed. */
    boolean stream() {
        return body.path("stream").asBoolean(false);
    }

    /** Returns what tells this request's trial from others: the trial key, or else model, text and epoch. */
    String trialOrText() {
        String trial = metadata.get(TRIAL);
        return trial != null ? trial : model + '|' + allText + '|' + epoch;
    }

    static OptionalLong wholeNumber(JsonNode node, String name) {
        if (node.isMissingNode() || node.isNull()) {
            return OptionalLong.empty();
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1) {
            throw new ApiError(400, name + " must be a whole number from 1, was " + node);
        }
        return OptionalLong.of(node.longValue());
    }

    private static ObjectNode object(byte[] bytes) {
        try {
            if (Json.MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw new ApiError(400, "the request body must be a JSON object");
        } catch (JacksonException e) {
            throw new ApiError(400, "the request body is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static Map<String, String> metadata(JsonNode node) {
        Map<String, String> metadata = new HashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return metadata;
        }
        if (!node.isObject() || node.size() > 16) {
            throw new ApiError(400, "metadata must be an object with at most 16 pairs");
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            boolean fits = entry.getKey().length() <= 64
                    && entry.getValue().isString()
                    && entry.getValue().stringValue().length() <= 512;
            if (!fits) {
                throw new ApiError(
                        400,
                        "metadata." + entry.getKey() + " must be a string of at most 512 characters,"
                                + " its name at most 64");
            }
            metadata.put(entry.getKey(), entry.getValue().stringValue());
        }
        return metadata;
    }

    private static int number(Map<String, String> metadata, String name) {
        String text = metadata.getOrDefault(name, "1");
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new ApiError(400, "metadata." + name + " must be a whole number from 1, was \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }
}
