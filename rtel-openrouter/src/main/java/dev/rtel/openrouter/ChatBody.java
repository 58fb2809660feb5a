package dev.rtel.openrouter;

import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Message;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.ModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the JSON object of a chat request. */
final class ChatBody {
    /** Limits of the {@code metadata} field (https://openrouter.ai/docs, ChatRequest). */
    private static final int MOST_PAIRS = 16;

    private static final int LONGEST_VALUE = 512;
    private static final List<String> RESERVED = List.of("model", "messages", "stream");

    private ChatBody() {}

    /**
     * Spreads the request's params beside model, messages and routing.
     *
     * @throws ModelException.Permanent of type {@code invalid_request} if the params set what is not theirs
     */
    static Map<String, @Nullable Object> of(
            String model, CompletionRequest request, AttemptContext context, ChatSettings settings) {
        Map<String, @Nullable Object> params = request.params();
        for (String key : RESERVED) {
            if (params.containsKey(key)) {
                throw refused(
                        "the request params set '" + key + "', which the client sets itself; remove it from params");
            }
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("messages", messages(request.messages()));
        body.putAll(params);
        if (!request.routing().isEmpty()) {
            if (params.containsKey("provider")) {
                throw refused("both params and provider routing set 'provider'; keep the routing and remove the param");
            }
            body.put("provider", request.routing());
        }
        body.put("stream", settings.stream());
        if (settings.stream() && settings.askForUsage()) {
            body.put("stream_options", streamOptions(params.get("stream_options")));
        }
        if (settings.sendMetadata()) {
            body.put("metadata", metadata(params.get("metadata"), context));
        }
        return body;
    }

    private static ModelException.Permanent refused(String message) {
        return new ModelException.Permanent("invalid_request", message);
    }

    private static List<Map<String, String>> messages(List<Message> messages) {
        return messages.stream()
                .map(message -> {
                    Map<String, String> plain = new LinkedHashMap<>();
                    plain.put("role", message.role());
                    plain.put("content", message.content());
                    return plain;
                })
                .toList();
    }

    private static @Nullable Object streamOptions(@Nullable Object given) {
        if (given != null && !(given instanceof Map<?, ?>)) {
            return given; // the server will say what it thinks of it
        }
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("include_usage", true);
        if (given instanceof Map<?, ?> map) {
            map.forEach((key, value) -> options.put(String.valueOf(key), value));
        }
        return options;
    }

    private static Map<String, @Nullable Object> metadata(@Nullable Object given, AttemptContext context) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        } else if (given != null) {
            throw refused("the request param 'metadata' is no map; write it as key: value pairs");
        }
        TrialKey trial = context.trial();
        Map<String, String> own = new LinkedHashMap<>();
        own.put("rtel_trial", trial.model() + "|" + trial.task() + "|" + trial.sample() + "|" + trial.epoch());
        own.put("rtel_epoch", Integer.toString(trial.epoch()));
        own.put("rtel_attempt", Integer.toString(context.attempt()));
        own.put("rtel_attempt_id", context.attemptId());
        own.put("rtel_role", context.role());
        own.forEach((key, value) -> {
            // the user's pairs come first where there is not room for all
            if (metadata.size() < MOST_PAIRS || metadata.containsKey(key)) {
                metadata.put(key, value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE));
            }
        });
        return metadata;
    }
}
