package dev.rtel.tasks;

import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was known of models on one day: how their thinking is set and what they cost. Own compilation of facts from the
 * OpenRouter model list (openrouter.ai/api/v1/models). Facts change from one day to the next: the live list, where it
 * can be asked, comes first. Immutable, thread-safe.
 */
public final class ModelSnapshot {
    private static final String RESOURCE = "models-2026-08.json";

    /** Whether a model thinks. */
    public enum Reasoning {
        /** Never: a baseline. */
        NONE,
        /** It can be switched on or off. */
        OPTIONAL,
        /** Always: it cannot be switched off. */
        ALWAYS
    }

    /**
     * One model.
     *
     * @param id as sent
     * @param reasoning whether it thinks
     * @param efforts accepted values of {@code reasoning.effort}, strongest first; empty = there is no choice
     * @param price US dollars per token; empty = not known
     */
    public record Facts(String id, Reasoning reasoning, List<String> efforts, Optional<Price> price) {
        /** Copies the list. */
        public Facts {
            efforts = List.copyOf(efforts);
        }

        /** Returns the weakest accepted effort; empty = there is no choice. */
        public Optional<String> weakestEffort() {
            return efforts.isEmpty() ? Optional.empty() : Optional.of(efforts.get(efforts.size() - 1));
        }
    }

    private static final class Holder {
        static final ModelSnapshot BUNDLED = read(RESOURCE, BundledResource.text(RESOURCE));
    }

    private final LocalDate date;
    private final Map<String, Facts> models;

    private ModelSnapshot(LocalDate date, Map<String, Facts> models) {
        this.date = date;
        this.models = Collections.unmodifiableMap(models);
    }

    /** Returns the snapshot that comes with this module. */
    public static ModelSnapshot bundled() {
        return Holder.BUNDLED;
    }

    /** Returns the day it describes. */
    public LocalDate date() {
        return date;
    }

    /** Finds a model by its exact id; a variant such as {@code id:free} is a product of its own. */
    public Optional<Facts> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /** Returns all models, in order of id. */
    public Collection<Facts> models() {
        return models.values();
    }

    /** Returns the known prices. */
    public PriceBook priceBook() {
        Map<String, Price> prices = new LinkedHashMap<>();
        models.values().forEach(m -> m.price().ifPresent(p -> prices.put(m.id(), p)));
        return new PriceBook(date, "openrouter-" + date, Optional.of("openrouter"), prices);
    }

    private static ModelSnapshot read(String name, String json) {
        Problems problems = new Problems();
        Fields root = new Fields(DocumentReader.group(name, json), problems);
        Map<String, Facts> models = new LinkedHashMap<>();
        for (SourceNode node : root.items("models", "a list of models")) {
            root.fields(node, "a model").ifPresent(model -> {
                Facts facts = facts(model);
                models.put(facts.id(), facts);
            });
        }
        LocalDate date = LocalDate.parse(root.requiredText("date").orElseThrow());
        problems.throwIfAny();
        return new ModelSnapshot(date, models);
    }

    private static Facts facts(Fields model) {
        Optional<BigDecimal> prompt = model.text("prompt").map(BigDecimal::new);
        Optional<BigDecimal> completion = model.text("completion").map(BigDecimal::new);
        return new Facts(
                model.requiredText("id").orElseThrow(),
                Reasoning.valueOf(model.requiredText("reasoning").orElseThrow().toUpperCase(java.util.Locale.ROOT)),
                model.texts("efforts"),
                prompt.flatMap(p -> completion.map(c -> new Price(p, c))));
    }
}
