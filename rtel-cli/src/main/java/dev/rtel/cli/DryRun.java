package dev.rtel.cli;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.PriceBook;
import dev.rtel.plan.RunSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a run would do and may cost; opens no connection. */
final class DryRun {
    private final Session session;
    private final String codeSandbox;

    DryRun(Session session, String codeSandbox) {
        this.session = session;
        this.codeSandbox = codeSandbox;
    }

    void print(RunPlan plan, RunSpec spec) {
        CostEstimate estimate = CostEstimate.of(plan, spec.priceBook());
        session.document(document(plan, spec.priceBook(), estimate));
        if (session.options().json) {
            return;
        }
        session.print(plan.summary());
        String judges = String.join(
                ", ",
                plan.roles().values().stream().map(PlannedModel::id).distinct().toList());
        session.print("Judge calls: " + estimate.judgeCalls() + (judges.isEmpty() ? "" : " (" + judges + ")"));
        session.print("Limits: max cost "
                + spec.limits()
                        .maxCostUsd()
                        .map(max -> "$" + max.toPlainString())
                        .orElse("none") + ", "
                + spec.limits().concurrency() + " at a time, timeout "
                + spec.limits().timeout().toSeconds() + " s, " + spec.limits().retries() + " retries");
        session.print("");
        session.print(String.format(
                Locale.ROOT, "  %-34s %-34s %9s %9s %9s", "model", "parameters", "low", "typical", "worst"));
        for (PlannedModel model : plan.models()) {
            String params = PlainJson.write(model.params());
            session.print(row(model.name(), params, estimate.models().getOrDefault(model.name(), Optional.empty())));
        }
        estimate.judges().forEach((role, range) -> {
            PlannedModel judge = plan.roles().get(role);
            session.print(row(role, judge == null ? "" : PlainJson.write(judge.params()), range));
        });
        session.print(row("total incl. judge", "", Optional.of(estimate.total())));
        session.print("");
        notes(plan, spec, estimate).forEach(session::print);
    }

    private List<String> notes(RunPlan plan, RunSpec spec, CostEstimate estimate) {
        List<String> notes = new ArrayList<>();
        spec.limits()
                .maxCostUsd()
                .filter(max -> estimate.total().worst().compareTo(max) > 0)
                .ifPresent(max -> notes.add("! The worst case exceeds --max-cost: the run would stop at $"
                        + max.toPlainString() + " and keep what it has."));
        notes.addAll(Notices.of(plan, false, codeSandbox));
        if (estimate.unpriced() > 0) {
            notes.add("! " + estimate.unpriced() + " model(s) have no known price; the total is without them.");
        }
        plan.models().stream()
                .filter(PlannedModel::baseline)
                .forEach(m -> notes.add("! " + m.name() + " does not reason: a baseline without efficiency."));
        notes.add(
                prices(spec.priceBook())
                        + " Low: 150 output tokens a call, typical: 1,500, worst: the output limit; each vote of a judge is one call.");
        notes.add("Nothing was sent.");
        return notes;
    }

    private static String prices(PriceBook prices) {
        return prices.prices().isEmpty() ? "No prices known." : "Prices of " + prices.date() + ".";
    }

    private static String row(String name, String params, Optional<CostEstimate.Range> range) {
        return String.format(
                Locale.ROOT,
                "  %-34s %-34s %9s %9s %9s",
                cut(name),
                cut(params),
                range.map(r -> usd(r.low())).orElse("?"),
                range.map(r -> usd(r.typical())).orElse("?"),
                range.map(r -> usd(r.worst())).orElse("?"));
    }

    private static String cut(String text) {
        String safe = Plain.text(text);
        return safe.length() <= 34 ? safe : safe.substring(0, 33) + "…";
    }

    private static String usd(BigDecimal value) {
        return "$" + value.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    private static Map<String, @Nullable Object> document(RunPlan plan, PriceBook prices, CostEstimate estimate) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.plan/1");
        document.put("summary", plan.summary());
        document.put("roster", plan.roster());
        document.put("models", (long) plan.models().size());
        document.put("samples", (long) plan.sampleCount());
        document.put("tasks", (long) plan.tasks().size());
        document.put("epochs", (long) plan.epochs());
        document.put("trials", (long) plan.trials().size());
        document.put("judge_calls", (long) estimate.judgeCalls());
        document.put(
                "price_date", prices.prices().isEmpty() ? null : prices.date().toString());
        document.put("cost_usd", range(estimate.total()));
        Map<String, @Nullable Object> models = new LinkedHashMap<>();
        estimate.models()
                .forEach((name, range) ->
                        models.put(name, range.map(DryRun::range).orElse(null)));
        document.put("cost_usd_by_model", models);
        document.put("unpriced_models", (long) estimate.unpriced());
        return document;
    }

    private static Map<String, @Nullable Object> range(CostEstimate.Range range) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("low", range.low().toPlainString());
        map.put("typical", range.typical().toPlainString());
        map.put("worst", range.worst().toPlainString());
        return map;
    }
}
