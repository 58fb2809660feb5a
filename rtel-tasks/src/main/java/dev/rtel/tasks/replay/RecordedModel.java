package dev.rtel.tasks.replay;

import dev.rtel.common.PlainJson;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Origin;
import dev.rtel.tasks.internal.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the lines of one model say about it; they must not disagree. Filled while reading, not changed afterwards. */
final class RecordedModel {
    private record Said(Object value, Place place) {}

    private final String name;
    private final Map<String, Said> said = new HashMap<>();

    RecordedModel(String name) {
        this.name = name;
    }

    void add(CompletionLine line) {
        agree("model_id", line.modelId(), line.place());
        agree("params", line.params(), line.place());
        agree("routing", line.routing(), line.place());
        agree("client", line.client(), line.place());
        agree("simulated", line.simulated(), line.place());
    }

    String name() {
        return name;
    }

    String id() {
        return told("model_id") instanceof String id ? id : name;
    }

    Map<String, @Nullable Object> params() {
        return group("params");
    }

    Map<String, @Nullable Object> routing() {
        return group("routing");
    }

    Origin origin() {
        String client = told("client") instanceof String word ? word : ReplayModelProvider.NAME;
        return new Origin(client, Boolean.TRUE.equals(told("simulated")));
    }

    private void agree(String key, Optional<? extends Object> value, Place place) {
        if (value.isEmpty()) {
            return;
        }
        Said first = said.putIfAbsent(key, new Said(value.get(), place));
        if (first != null && !PlainJson.canonical(first.value()).equals(PlainJson.canonical(value.get()))) {
            throw new ConfigException(place.member(key, place.line())
                    .say("of model '" + name + "' is " + PlainJson.write(value.get()) + ", but "
                            + PlainJson.write(first.value()) + " on line "
                            + first.place().line()
                            + "; expected the same on all lines of a model: give the variants names of their own"));
        }
    }

    @SuppressWarnings("unchecked") // put there by add() as plain data
    private Map<String, @Nullable Object> group(String key) {
        return told(key) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private @Nullable Object told(String key) {
        Said first = said.get(key);
        return first == null ? null : first.value();
    }
}
