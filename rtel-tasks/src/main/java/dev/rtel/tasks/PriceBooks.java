package dev.rtel.tasks;

import dev.rtel.config.ConfigException;
import dev.rtel.plan.PriceBook;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads price files: {@code date: 2026-08-29} and {@code prices: {model-id: {prompt: "0.00000125", completion:
 * "0.00001"}}}, US dollars per token. Thread-safe.
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
        Fields root = new Fields(DocumentReader.group(file), problems).known(List.of("date", "prices"));
        Optional<LocalDate> date = date(root);
        Map<String, PriceBook.Price> prices = new LinkedHashMap<>();
        if (!root.has("prices")) {
            root.problem("prices", "is missing, expected {model-id: {prompt: …, completion: …}}");
        }
        root.fields("prices")
                .ifPresent(all -> all.group()
                        .members()
                        .forEach((id, node) -> all.fields(node, "{prompt: …, completion: …}")
                                .flatMap(PriceBooks::price)
                                .ifPresent(price -> prices.put(id, price))));
        problems.throwIfAny();
        return new PriceBook(date.orElseThrow(), prices);
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

    private static Optional<PriceBook.Price> price(Fields model) {
        model.known(List.of("prompt", "completion"));
        Optional<BigDecimal> prompt = amount(model, "prompt");
        Optional<BigDecimal> completion = amount(model, "completion");
        return prompt.flatMap(p -> completion.map(c -> new PriceBook.Price(p, c)));
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
