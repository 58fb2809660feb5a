package dev.rtel.cli;

import dev.rtel.config.Config;
import dev.rtel.eval.PlannedModel;
import dev.rtel.openrouter.CatalogEndpoint;
import dev.rtel.openrouter.CatalogException;
import dev.rtel.openrouter.CatalogModel;
import dev.rtel.openrouter.KeyInfo;
import dev.rtel.openrouter.OpenRouterCatalog;
import dev.rtel.spi.Components;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one router says of some models now, asked at once: list, hosts, key.
 *
 * @param models by the id asked for; those that are not listed are absent
 * @param endpoints hosts by model id, in listed order; none where they could not be had
 * @param key what the key may spend; empty when there is none, or it could not be asked
 * @param failure why the list could not be read; empty when it was
 * @param refused why the key was refused; empty when it was not
 */
record LiveCatalog(
        Map<String, CatalogModel> models,
        Map<String, List<CatalogEndpoint>> endpoints,
        Optional<KeyInfo> key,
        Optional<CatalogException> failure,
        Optional<CatalogException> refused) {
    private static final int THREADS = 8;
    private static final Pattern ROUTED = Pattern.compile(":(nitro|floor|exacto|online)$");

    /** Where an entry's lists are: entries with the same settings share them. */
    static Config place(PlannedModel model) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Config config = model.client().config();
        for (String key : List.of("base_url", "api_key_env")) {
            Object value = config.values().get(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return new Config(config.path(), values, config.locations());
    }

    static LiveCatalog ask(Components components, Config place, Collection<String> ids, boolean withKey)
            throws InterruptedException {
        OpenRouterCatalog catalog = OpenRouterCatalog.of(components.context(place));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "rtel-catalog");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Future<List<CatalogModel>> models = threads.submit(() -> catalog.models());
            Future<Optional<KeyInfo>> key =
                    threads.submit(() -> withKey ? Optional.of(catalog.keyInfo()) : Optional.empty());
            Map<String, Future<List<CatalogEndpoint>>> asked = new LinkedHashMap<>();
            ids.forEach(id -> asked.put(
                    id,
                    threads.submit(() -> catalog.endpoints(ROUTED.matcher(id).replaceFirst("")))));
            Map<String, CatalogModel> listed = new LinkedHashMap<>();
            Answer<List<CatalogModel>> list = answer(models);
            for (CatalogModel model : list.value().orElse(List.of())) {
                ids.stream().filter(id -> names(model, id)).forEach(id -> listed.put(id, model));
            }
            Map<String, List<CatalogEndpoint>> endpoints = new LinkedHashMap<>();
            for (Map.Entry<String, Future<List<CatalogEndpoint>>> entry : asked.entrySet()) {
                answer(entry.getValue())
                        .value()
                        .ifPresent(found -> endpoints.put(entry.getKey(), new ArrayList<>(found)));
            }
            Answer<Optional<KeyInfo>> spend = answer(key);
            return new LiveCatalog(
                    listed,
                    endpoints,
                    spend.value().flatMap(Function.identity()),
                    list.failure(),
                    spend.failure().filter(e -> e.kind() == CatalogException.Kind.KEY_REFUSED));
        } finally {
            threads.shutdownNow();
        }
    }

    /** A model answers to its id, its dated name, and with a variant that only says how to choose among its hosts. */
    private static boolean names(CatalogModel model, String id) {
        return model.id().equals(ROUTED.matcher(id).replaceFirst(""))
                || model.canonicalSlug().filter(id::equals).isPresent();
    }

    private record Answer<T>(Optional<T> value, Optional<CatalogException> failure) {}

    private static <T> Answer<T> answer(Future<T> asked) throws InterruptedException {
        try {
            return new Answer<>(Optional.of(asked.get()), Optional.empty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CatalogException failure) {
                return new Answer<>(Optional.empty(), Optional.of(failure));
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
