package dev.rtel.cli;

import dev.rtel.config.Suggestions;
import dev.rtel.eval.PlannedModel;
import dev.rtel.openrouter.CatalogModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds an entry of the roster against what the live list says of its model. */
final class EntryCheck {
    private static final String OFF = "none";
    private final PlannedModel entry;
    private final long promptTokens;
    private final List<Finding> findings = new ArrayList<>();

    private EntryCheck(PlannedModel entry, long promptTokens) {
        this.entry = entry;
        this.promptTokens = promptTokens;
    }

    /**
     * Checks one entry.
     *
     * @param promptTokens of its longest prompt, as far as that can be guessed
     */
    static List<Finding> of(
            PlannedModel entry, Optional<CatalogModel> listed, Collection<String> ids, long promptTokens) {
        var check = new EntryCheck(entry, promptTokens);
        if (listed.isEmpty()) {
            check.error("the live model list has no '" + entry.id() + "'" + Suggestions.hint(entry.id(), ids));
            return check.findings;
        }
        check.product();
        check.reasoning(listed.get());
        check.room(listed.get());
        listed.get().expirationDate().ifPresent(date -> check.warning("will be withdrawn on " + date));
        return check.findings;
    }

    private void product() {
        if (entry.id().startsWith("~")) {
            warning("is an alias that names another model from one day to the next; name the model itself");
        }
        if (entry.id().endsWith(":free") || entry.id().endsWith(":batch")) {
            warning("is a variant with limits, hosts or prices of its own: another product in a ranking");
        }
    }

    private void reasoning(CatalogModel model) {
        Map<String, @Nullable Object> params = entry.params();
        Map<?, ?> reasoning = params.get("reasoning") instanceof Map<?, ?> map ? map : Map.of();
        @Nullable
        Object effort = reasoning.get("effort") == null ? params.get("reasoning_effort") : reasoning.get("effort");
        @Nullable Object shorthand = params.get("reasoning_effort");
        if (shorthand != null && reasoning.get("effort") != null && !shorthand.equals(reasoning.get("effort"))) {
            error("reasoning_effort is '" + shorthand + "' and reasoning.effort '" + reasoning.get("effort")
                    + "'; keep one of them");
        }
        boolean off = OFF.equals(effort)
                || Boolean.FALSE.equals(reasoning.get("enabled"))
                || Boolean.FALSE.equals(params.get("include_reasoning"));
        boolean asked = !off && (effort != null || !reasoning.isEmpty());
        if (asked && !model.reasons()) {
            error(
                    "asks for reasoning, which this model does not support: the parameter would be dropped without a word;"
                            + " remove it, or choose another model");
        }
        Optional<CatalogModel.Reasoning> listed = model.reasoning();
        if (off && listed.filter(CatalogModel.Reasoning::mandatory).isPresent()) {
            error("switches reasoning off, which is mandatory for this model; remove that parameter");
        }
        if (effort != null && !off) {
            listed.flatMap(CatalogModel.Reasoning::supportedEfforts)
                    .filter(efforts -> !efforts.isEmpty() && !efforts.contains(String.valueOf(effort)))
                    .ifPresent(
                            efforts -> error("effort '" + effort + "' is not among those of this model: " + efforts));
        }
    }

    private void room(CatalogModel model) {
        Object max = entry.params()
                .getOrDefault("max_completion_tokens", entry.params().get("max_tokens"));
        long output = max instanceof Number number ? number.longValue() : 0;
        if (max == null) {
            warning("has no max_tokens: the credit check and the spending limit must assume a large answer; set it");
        }
        if (model.contextLength().isPresent()) {
            long context = model.contextLength().getAsLong();
            if (promptTokens >= context) {
                error("the longest prompt has about " + promptTokens + " tokens, the context of this model " + context);
            } else if (promptTokens + output > context) {
                warning("prompt and max_tokens together (" + (promptTokens + output) + ") exceed its context of "
                        + context + " tokens");
            }
        }
        if (model.maxCompletionTokens().isPresent()
                && output > model.maxCompletionTokens().getAsLong()) {
            warning("max_tokens is " + output + ", the model gives at most "
                    + model.maxCompletionTokens().getAsLong());
        }
    }

    private void error(String text) {
        findings.add(Finding.error(entry.name(), text));
    }

    private void warning(String text) {
        findings.add(Finding.warning(entry.name(), text));
    }
}
