package dev.rtel.openrouter;

import dev.rtel.common.PlainJson;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads lists; an entry without an id is left out, a member of the wrong type is unknown. */
final class CatalogReader {
    private static final Set<String> MODEL_KEYS = Set.of(
            "id",
            "canonical_slug",
            "name",
            "pricing",
            "context_length",
            "top_provider",
            "supported_parameters",
            "reasoning",
            "knowledge_cutoff",
            "expiration_date");
    private static final Set<String> NO_PRICES = Set.of("discount", "overrides", "min_prompt_tokens");

    private CatalogReader() {}

    /** Returns the models whose id is wanted, in listed order; empty when the body is no list of models. */
    static Optional<List<CatalogModel>> models(String body, Predicate<String> wanted) {
        List<CatalogModel> models = new ArrayList<>();
        try {
            boolean list = PlainJson.readEach(
                    body.strip(),
                    "data",
                    MODEL_KEYS,
                    map -> text(map, "id").filter(wanted).ifPresent(id -> models.add(model(id, map))));
            return list ? Optional.of(models) : Optional.empty();
        } catch (PlainJson.MalformedJsonException e) {
            return Optional.empty(); // the caller reports it
        }
    }

    /** Returns the endpoints in listed order; empty when the body is no list of endpoints. */
    static Optional<List<CatalogEndpoint>> endpoints(String body) {
        return root(body)
                .flatMap(root -> member(root, "data"))
                .flatMap(data -> member(data, "endpoints"))
                .filter(List.class::isInstance)
                .map(list -> {
                    List<CatalogEndpoint> endpoints = new ArrayList<>();
                    for (Object entry : (List<?>) list) {
                        Map<?, ?> map = object(entry);
                        text(map, "provider_name").ifPresent(name -> endpoints.add(endpoint(name, map)));
                    }
                    return endpoints;
                });
    }

    private static CatalogEndpoint endpoint(String provider, Map<?, ?> map) {
        OptionalInt status = map.get("status") instanceof Long value && Math.abs(value) < 1_000
                ? OptionalInt.of(value.intValue())
                : OptionalInt.empty();
        return new CatalogEndpoint(
                provider,
                text(map, "tag"),
                text(map, "quantization").filter(word -> !word.equals("unknown")),
                count(map, "context_length"),
                count(map, "max_completion_tokens"),
                prices(object(map.get("pricing"))),
                status);
    }

    /** Returns what a key may do; empty when the body does not tell. */
    static Optional<KeyInfo> key(String body) {
        return root(body)
                .flatMap(root -> member(root, "data"))
                .filter(Map.class::isInstance)
                .map(data -> {
                    Map<?, ?> map = object(data);
                    return new KeyInfo(
                            decimal(map.get("limit")),
                            decimal(map.get("limit_remaining")),
                            decimal(map.get("usage")),
                            bool(map, "is_free_tier"),
                            text(map, "expires_at").flatMap(CatalogReader::instant));
                });
    }

    /** Returns the ids of the models; empty when the body is no list of models. Some servers send the list bare. */
    static Optional<List<String>> ids(String body) {
        return root(body)
                .flatMap(root -> root instanceof List<?> ? Optional.of(root) : member(root, "data"))
                .filter(List.class::isInstance)
                .map(list -> {
                    List<String> ids = new ArrayList<>();
                    for (Object entry : (List<?>) list) {
                        text(object(entry), "id").ifPresent(ids::add);
                    }
                    return ids;
                });
    }

    private static Optional<Object> root(String body) {
        try {
            return Optional.ofNullable(PlainJson.read(body.strip()));
        } catch (PlainJson.MalformedJsonException e) {
            return Optional.empty(); // the caller reports it
        }
    }

    private static Optional<Object> member(Object root, String key) {
        return Optional.ofNullable(object(root).get(key));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // unreadable is unknown
        }
    }

    private static CatalogModel model(String id, Map<?, ?> map) {
        return new CatalogModel(
                id,
                text(map, "canonical_slug"),
                text(map, "name").orElse(id),
                prices(object(map.get("pricing"))),
                overrides(object(map.get("pricing")).get("overrides")),
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
        pricing.forEach((key, value) -> {
            if (!NO_PRICES.contains(key)) {
                decimal(value)
                        .filter(price -> price.signum() >= 0)
                        .ifPresent(price -> prices.put(String.valueOf(key), price));
            }
        });
        return prices;
    }

    private static List<CatalogModel.PriceOverride> overrides(@Nullable Object value) {
        List<CatalogModel.PriceOverride> overrides = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                Map<?, ?> map = object(entry);
                boolean timed = map.keySet().stream()
                        .anyMatch(key -> String.valueOf(key).startsWith("utc_"));
                count(map, "min_prompt_tokens").ifPresent(from -> {
                    if (!timed) {
                        overrides.add(new CatalogModel.PriceOverride(from, prices(map)));
                    }
                });
            }
        }
        overrides.sort(Comparator.comparingLong(CatalogModel.PriceOverride::minPromptTokens));
        return overrides;
    }

    private static Optional<BigDecimal> decimal(@Nullable Object value) {
        if (!(value instanceof String || value instanceof Number)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(value.toString().strip()));
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
