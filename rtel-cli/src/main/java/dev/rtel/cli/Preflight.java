package dev.rtel.cli;

import dev.rtel.config.Config;
import dev.rtel.eval.CatalogFacts;
import dev.rtel.eval.Message;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.openrouter.CatalogEndpoint;
import dev.rtel.openrouter.CatalogModel;
import dev.rtel.openrouter.KeyInfo;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import dev.rtel.plan.RunSpec;
import dev.rtel.spi.Components;
import dev.rtel.tasks.ModelSnapshot;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks a run before its first paid call, free of charge: models against the live lists, the key, the credit. What the
 * lists say goes with the run: prices, hosts, other names of models. Without a live list the bundled snapshot is used,
 * and the day it is of is told.
 */
final class Preflight {
    private static final String OPENROUTER = "openrouter";
    private static final String COMPATIBLE = "openai-compatible";
    private static final int CHARACTERS_PER_TOKEN = 4;
    private final Components components;
    private final boolean offline;
    private final boolean ownPrices;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final Map<String, Price> prices = new TreeMap<>();
    private final Map<String, Price> dearest = new TreeMap<>();
    private final Map<String, CatalogFacts> facts = new TreeMap<>();
    private final Map<String, CatalogModel> listed = new TreeMap<>();
    private final Map<String, List<CatalogEndpoint>> hosts = new TreeMap<>();
    private @Nullable KeyInfo key;

    /**
     * Prepares one check.
     *
     * @param offline whether to look at the snapshot alone
     * @param ownPrices whether the user gave a price book, which live prices then do not replace
     */
    Preflight(Components components, boolean offline, boolean ownPrices) {
        this.components = components;
        this.offline = offline;
        this.ownPrices = ownPrices;
    }

    /** Asks the lists that the models of this plan are on; models of other clients have none. */
    CheckedSpec check(RunSpec spec, RunPlan plan) throws InterruptedException {
        for (List<PlannedModel> there : places(plan, COMPATIBLE)) {
            if (!offline) {
                findings.addAll(CompatibleCheck.of(components, LiveCatalog.place(there.get(0)), there));
            }
        }
        for (List<PlannedModel> there : places(plan, OPENROUTER)) {
            check(spec, plan, there);
        }
        String version = "live-" + today();
        var live = new PriceBook(today(), version, Optional.of(OPENROUTER), prices);
        PriceBook book = ownPrices ? spec.priceBook() : spec.priceBook().overlaid(live);
        RunSpec checked =
                spec.withCatalog(book, new PriceBook(today(), version, Optional.of(OPENROUTER), dearest), facts);
        if (key != null) {
            findings.addAll(
                    CreditCheck.of(key, checked, plan, components.clock().instant()));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return new CheckedSpec(checked, findings, sources, listed, hosts);
    }

    private void check(RunSpec spec, RunPlan plan, List<PlannedModel> there) throws InterruptedException {
        Config place = LiveCatalog.place(there.get(0));
        if (offline) {
            snapshot(there, "Checked offline");
            return;
        }
        Set<String> ids = new TreeSet<>();
        there.forEach(model -> ids.add(model.id()));
        String url = place.string("base_url").orElse("openrouter.ai");
        LiveCatalog live = LiveCatalog.ask(components, place, ids, keyed(there.get(0)));
        live.refused().ifPresent(e -> findings.add(Finding.account(String.valueOf(e.getMessage()))));
        live.key().ifPresent(info -> key = info);
        if (live.failure().isPresent()) {
            String why = String.valueOf(live.failure().get().getMessage());
            snapshot(there, "The live list of " + url + " cannot be read (" + why + "); checked");
            findings.add(Finding.warning("", sources.get(sources.size() - 1)));
            return;
        }
        sources.add("Checked against the live list of " + url + ".");
        for (PlannedModel model : there) {
            Optional<CatalogModel> found = Optional.ofNullable(live.models().get(model.id()));
            findings.addAll(EntryCheck.of(model, found, known(), longestPrompt(plan, model)));
            found.ifPresent(it -> keep(model, it, live.endpoints().getOrDefault(model.id(), List.of())));
            if (found.isPresent() && spec.limits().maxCostUsd().isPresent() && priceless(spec, model)) {
                findings.add(
                        Finding.error(
                                model.name(),
                                "has no known price, so that --max-cost cannot be kept; give --prices FILE or --max-cost none"));
            }
        }
    }

    private void snapshot(List<PlannedModel> there, String how) {
        sources.add(how + " against the offline snapshot of "
                + ModelSnapshot.bundled().date() + ", which may be out of date.");
        there.forEach(model -> findings.addAll(SnapshotCheck.of(model)));
    }

    private boolean priceless(RunSpec spec, PlannedModel model) {
        return (ownPrices || !prices.containsKey(model.id()))
                && spec.priceBook().price(model).isEmpty();
    }

    private void keep(PlannedModel model, CatalogModel found, List<CatalogEndpoint> endpoints) {
        LivePrices.of(found).ifPresent(price -> prices.put(model.id(), price));
        LivePrices.dearest(found, endpoints, model.routing())
                .ifPresent(price -> dearest.merge(model.id(), price, Price::max));
        listed.put(model.id(), found);
        hosts.put(model.id(), endpoints);
        facts.put(
                model.id(),
                new CatalogFacts(
                        found.canonicalSlug().map(Set::of).orElse(Set.of()),
                        endpoints.stream()
                                .map(e -> new CatalogFacts.Endpoint(
                                        e.provider(), e.tag().orElse(""), e.quantization()))
                                .toList()));
        findings.addAll(HostCheck.of(model, endpoints));
    }

    private boolean keyed(PlannedModel model) {
        String name = model.client().config().string("api_key_env").orElse("OPENROUTER_API_KEY");
        return components.context(model.client().config()).secret(name).isPresent();
    }

    /** Models of one kind of client, those on the same server together. */
    private static List<List<PlannedModel>> places(RunPlan plan, String client) {
        List<PlannedModel> all = new ArrayList<>(plan.models());
        all.addAll(plan.roles().values());
        Map<Map<String, @Nullable Object>, List<PlannedModel>> places = new LinkedHashMap<>();
        for (PlannedModel model : all) {
            if (model.client().provider().equals(client)) {
                places.computeIfAbsent(LiveCatalog.place(model).values(), place -> new ArrayList<>())
                        .add(model);
            }
        }
        return List.copyOf(places.values());
    }

    private static List<String> known() {
        return ModelSnapshot.bundled().models().stream()
                .map(ModelSnapshot.Facts::id)
                .toList();
    }

    private static long longestPrompt(RunPlan plan, PlannedModel model) {
        long longest = 0;
        for (var trial : plan.trials()) {
            if (trial.key().model().equals(model.name())) {
                long characters = trial.messages().stream()
                        .map(Message::content)
                        .mapToLong(String::length)
                        .sum();
                longest = Math.max(longest, characters / CHARACTERS_PER_TOKEN);
            }
        }
        return longest;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(components.clock().instant(), ZoneOffset.UTC);
    }
}
