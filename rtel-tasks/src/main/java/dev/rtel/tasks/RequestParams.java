package dev.rtel.tasks;

import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.SourceNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Request parameters as rosters give them: anything the provider accepts, but for what RTEL itself sends. */
final class RequestParams {
    private static final Pattern SECRET =
            Pattern.compile("(?i)(api[-_]?key|access[-_]?token|secret|password|authorization)");

    private RequestParams() {}

    /** Reads parameters; keys that RTEL sets itself and impossible values are noted. */
    static Map<String, @Nullable Object> read(Fields fields) {
        for (String key : List.of("model", "messages")) {
            if (fields.has(key)) {
                fields.problem(key, "is set by RTEL from the entry and the sample; leave it out");
            }
        }
        if (fields.has("provider")) {
            fields.problem("provider", "is routing, not a parameter; write 'provider' beside 'params'");
        }
        fields.wholeNumber("max_tokens", 1);
        fields.wholeNumber("max_completion_tokens", 1);
        fields.fields("reasoning").ifPresent(RequestParams::reasoning);
        refuseSecrets(fields);
        return SourceNode.plain(fields.group());
    }

    /** Notes keys that look like credentials, without showing their values. */
    static void refuseSecrets(Fields fields) {
        fields.group().members().keySet().stream()
                .filter(key -> SECRET.matcher(key).matches())
                .forEach(key -> fields.problem(
                        key, "looks like a credential; keys come from the environment, .env or --api-key-file only"));
    }

    /**
     * Values of {@code other} win; groups are merged key by key. Effort and budget of {@code reasoning} are two ways to
     * say the same thing: the one given last replaces the other.
     */
    static Map<String, @Nullable Object> merge(
            Map<String, @Nullable Object> base, Map<String, @Nullable Object> other) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(base);
        other.forEach((key, value) -> {
            Object old = merged.get(key);
            if (old instanceof Map<?, ?> a && value instanceof Map<?, ?> b) {
                Map<String, @Nullable Object> inner = merge(group(a), group(b));
                if (key.equals("reasoning") && b.containsKey("effort") != b.containsKey("max_tokens")) {
                    inner.remove(b.containsKey("effort") ? "max_tokens" : "effort");
                }
                merged.put(key, inner);
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    /** Makes the parameters that a dotted path and a value stand for: {@code reasoning.effort} becomes two groups. */
    static Map<String, @Nullable Object> at(String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        Map<String, @Nullable Object> params = new LinkedHashMap<>();
        params.put(dot < 0 ? path : path.substring(0, dot), dot < 0 ? value : at(path.substring(dot + 1), value));
        return params;
    }

    private static void reasoning(Fields reasoning) {
        reasoning.wholeNumber("max_tokens", 1);
        reasoning.bool("enabled");
        reasoning.bool("exclude");
        if (reasoning.has("effort") && reasoning.has("max_tokens")) {
            reasoning.problem("max_tokens", "is given beside 'effort'; providers accept one of them");
        }
    }

    @SuppressWarnings("unchecked") // plain data: keys are strings
    private static Map<String, @Nullable Object> group(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
