package dev.rtel.tasks;

import dev.rtel.config.ConfigException;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads price files: {@code date: 2026-08-29} and {@code prices: {model-id: {prompt: "0.00000125", completion:
 * "0.00001"}}}, US dollars per token. Optional: {@code version} (a name that tells books apart) and {@code client} (the
 * kind of client whose prices they are); in a model's prices {@code cached_prompt}, {@code request} (per call) and
 * {@code tiers: [{min_prompt_tokens: 200000, prompt: …, completion: …}]}. Thread-safe.
 */
public final class PriceBooks {
    private PriceBooks() {}

    /** Returns the prices of {@link ModelSnapshot#bundled()}. */
    public static PriceBook bundled() {
        return ModelSnapshot.bundled().priceBook();
    }

    /**
     * Reads a YAML or JSON file.
     *
     * @throws ConfigException with file, line and key of up to 20 problems
     */
    public static PriceBook read(Path file) {
        Problems problems = new Problems();
        Fields root =
                new Fields(DocumentReader.group(file), problems).known(List.of("date", "version", "client", "prices"));
        Optional<LocalDate> date = date(root);
        Map<String, Price> prices = new LinkedHashMap<>();
        if (!root.has("prices")) {
            root.problem("prices", "is missing, expected {model-id: {prompt: …, completion: …}}");
        }
        root.fields("prices")
                .ifPresent(all -> all.group()
                        .members()
                        .forEach((id, node) -> all.fields(node, "{prompt: …, completion: …}")
                                .flatMap(PriceBooks::price)
                                .ifPresent(price -> prices.put(id, price))));
        Optional<String> version = root.text("version");
        Optional<String> client = root.text("client");
        problems.throwIfAny();
        return new PriceBook(
                date.orElseThrow(), version.orElseGet(() -> date.orElseThrow().toString()), client, prices);
    }

    private static Optional<LocalDate> date(Fields root) {
        Optional<String> text = root.requiredText("date");
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeException e) {
            root.problem("date", "is '" + text.orElse("") + "', expected a day such as 2026-08-29");
            return Optional.empty();
        }
    }

    private static Optional<Price> price(Fields model) {
        model.known(List.of("prompt", "completion", "cached_prompt", "request", "tiers"));
        Optional<BigDecimal> prompt = amount(model, "prompt");
        Optional<BigDecimal> completion = amount(model, "completion");
        Optional<BigDecimal> cached = model.has("cached_prompt") ? amount(model, "cached_prompt") : Optional.empty();
        Optional<BigDecimal> request = model.has("request") ? amount(model, "request") : Optional.of(BigDecimal.ZERO);
        List<Price.Tier> tiers = new ArrayList<>();
        if (model.has("tiers")) {
            model.items("tiers", "a list of {min_prompt_tokens: …, prompt: …, completion: …}")
                    .forEach(node -> model.fields(node, "{min_prompt_tokens: …, prompt: …, completion: …}")
                            .flatMap(PriceBooks::tier)
                            .ifPresent(tiers::add));
        }
        return prompt.flatMap(
                p -> completion.map(c -> new Price(p, c, cached, request.orElse(BigDecimal.ZERO), tiers)));
    }

    private static Optional<Price.Tier> tier(Fields tier) {
        tier.known(List.of("min_prompt_tokens", "prompt", "completion"));
        OptionalInt from = tier.wholeNumber("min_prompt_tokens", 1);
        if (!tier.has("min_prompt_tokens")) {
            tier.problem("min_prompt_tokens", "is missing, expected the prompt length from which these prices hold");
        }
        Optional<BigDecimal> prompt = amount(tier, "prompt");
        Optional<BigDecimal> completion = amount(tier, "completion");
        return from.isEmpty()
                ? Optional.empty()
                : prompt.flatMap(p -> completion.map(c -> new Price.Tier(from.getAsInt(), p, c)));
    }

    private static Optional<BigDecimal> amount(Fields model, String key) {
        String expected = "US dollars per token, at least 0, such as \"0.00000125\"";
        if (!model.has(key)) {
            model.problem(key, "is missing, expected " + expected);
            return Optional.empty();
        }
        Optional<SourceNode> node = model.node(key, expected);
        Optional<BigDecimal> amount = node.flatMap(PriceBooks::decimal);
        if (node.isPresent() && (amount.isEmpty() || amount.get().signum() < 0)) {
            model.problem(key, "is " + node.get().describe() + ", expected " + expected);
            return Optional.empty();
        }
        return amount;
    }

    private static Optional<BigDecimal> decimal(SourceNode node) {
        Object value = node.plain();
        if (!(value instanceof String) && !(value instanceof Number)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(value.toString())).filter(d -> Math.abs((long) d.scale()) <= 100);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
