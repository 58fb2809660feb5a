package dev.rtel.openrouter;

import dev.rtel.common.PlainJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code GET /models}; an entry without an id is left out, a member of the wrong type is unknown. */
final class CatalogReader {
    private CatalogReader() {}

    /** Returns the models in listed order; empty when the body is no list of models. */
    static Optional<List<CatalogModel>> read(String body) {
        Object root;
        try {
            root = PlainJson.read(body.strip());
        } catch (PlainJson.MalformedJsonException e) {
            return Optional.empty(); // the caller reports it
        }
        if (!(object(root).get("data") instanceof List<?> data)) {
            return Optional.empty();
        }
        List<CatalogModel> models = new ArrayList<>();
        for (Object entry : data) {
            Map<?, ?> map = object(entry);
            if (map.get("id") instanceof String id && !id.isBlank()) {
                models.add(model(id, map));
            }
        }
        return Optional.of(models);
    }

    private static CatalogModel model(String id, Map<?, ?> map) {
        return new CatalogModel(
                id,
                text(map, "canonical_slug"),
                text(map, "name").orElse(id),
                prices(object(map.get("pricing"))),
                count(map, "context_length"),
                count(object(map.get("top_provider")), "max_completion_tokens"),
                new TreeSet<>(strings(map.get("supported_parameters"))),
                reasoning(map.get("reasoning")),
                text(map, "knowledge_cutoff"),
                text(map, "expiration_date"));
    }

    private static Optional<CatalogModel.Reasoning> reasoning(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        return Optional.of(new CatalogModel.Reasoning(
                Boolean.TRUE.equals(map.get("mandatory")),
                map.get("supported_efforts") instanceof List<?> list ? Optional.of(strings(list)) : Optional.empty(),
                text(map, "default_effort"),
                bool(map, "default_enabled"),
                bool(map, "supports_max_tokens")));
    }

    private static Map<String, BigDecimal> prices(Map<?, ?> pricing) {
        Map<String, BigDecimal> prices = new HashMap<>();
        pricing.forEach((key, value) -> price(value).ifPresent(price -> prices.put(String.valueOf(key), price)));
        prices.keySet().removeAll(Set.of("discount", "overrides"));
        return prices;
    }

    private static Optional<BigDecimal> price(@Nullable Object value) {
        if (!(value instanceof String || value instanceof Number)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(value.toString().strip())).filter(price -> price.signum() >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty(); // unreadable is unknown
        }
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Optional<String> text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Boolean> bool(Map<?, ?> map, String key) {
        return map.get(key) instanceof Boolean value ? Optional.of(value) : Optional.empty();
    }

    private static OptionalLong count(Map<?, ?> map, String key) {
        return map.get(key) instanceof Long value && value >= 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static List<String> strings(@Nullable Object value) {
        List<String> strings = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof String text) {
                    strings.add(text);
                }
            }
        }
        return strings;
    }
}
