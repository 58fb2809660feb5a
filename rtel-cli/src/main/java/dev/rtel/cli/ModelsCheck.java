package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.openrouter.CatalogEndpoint;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import dev.rtel.plan.RunSpec;
import dev.rtel.tasks.BundledTasks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says whether the entries of a roster would do, as a run says before it starts. */
final class ModelsCheck {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private final Session session;

    ModelsCheck(Session session) {
        this.session = session;
    }

    /**
     * Checks and tells.
     *
     * @param tasks whose prompts have to fit; empty = the bundled ones, those for a judge only if the roster has one
     */
    ExitCode check(
            ModelOptions who, List<String> tasks, boolean offline, @Nullable Path apiKeyFile, @Nullable Path prices)
            throws InterruptedException {
        RunOptions options = new RunOptions();
        options.who = who;
        LimitOptions limits = new LimitOptions();
        limits.prices = prices;
        Rtel planning = Toolbox.builder(session, apiKeyFile, limits.codeSandbox).build();
        var assembler = new SpecAssembler(session, planning.components());
        options.tasks = tasks.isEmpty() ? unjudged(assembler) : tasks;
        RunSpec spec = assembler.assemble(options, limits).build();
        if (tasks.isEmpty() && spec.roster().roles().containsKey("judge")) {
            options.tasks = List.of();
            spec = assembler.assemble(options, limits).build();
        }
        RunPlan plan = planning.plan(spec);
        CheckedSpec checked = new Preflight(planning.components(), offline, prices != null).check(spec, plan);
        session.document(document(plan, checked));
        print(plan, checked);
        return checked.exit();
    }

    private static List<String> unjudged(SpecAssembler assembler) {
        return BundledTasks.names().stream()
                .filter(name -> !assembler.task(name).task().grader().provider().equals("judge"))
                .toList();
    }

    private void print(RunPlan plan, CheckedSpec checked) {
        List<String> said = checked.findings().stream().map(Finding::text).toList();
        checked.sources().stream()
                .filter(source -> !said.contains(source))
                .forEach(source -> session.print(Plain.text(source)));
        PriceBook prices = checked.spec().priceBook();
        session.print("US dollars per million tokens (prompt/output), prices of " + prices.date() + ".");
        session.print("");
        var table = new Columns(2, "model", "check", "price", "hosts");
        for (PlannedModel model : plan.models()) {
            table.row(List.of(
                    model.name(),
                    verdict(checked.findings(), model),
                    prices.price(model).map(ModelsCheck::price).orElse("unknown"),
                    hosts(checked, model)));
        }
        table.lines().forEach(session::print);
        if (!checked.findings().isEmpty()) {
            session.print("");
        }
        checked.findings().forEach(finding -> session.print(mark(finding) + " " + Plain.text(finding.toString())));
    }

    private static String mark(Finding finding) {
        return finding.severity() == Finding.Severity.WARNING ? "!" : "✗";
    }

    private static String verdict(List<Finding> findings, PlannedModel model) {
        List<Finding> own =
                findings.stream().filter(f -> f.model().equals(model.name())).toList();
        if (Finding.anyOf(own, Finding.Severity.ERROR)) {
            return "✗ wrong";
        }
        return own.isEmpty() ? "✓" : "! see below";
    }

    private static String hosts(CheckedSpec checked, PlannedModel model) {
        @Nullable List<CatalogEndpoint> hosts = checked.hosts().get(model.id());
        return hosts == null || hosts.isEmpty() ? "–" : String.valueOf(hosts.size());
    }

    private static String price(Price price) {
        return perMillion(price.prompt()) + "/" + perMillion(price.completion());
    }

    private static String perMillion(BigDecimal perToken) {
        return perToken.multiply(MILLION).stripTrailingZeros().toPlainString();
    }

    private static Map<String, @Nullable Object> document(RunPlan plan, CheckedSpec checked) {
        PriceBook prices = checked.spec().priceBook();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.model-check/1");
        document.put("ok", checked.exit() == ExitCode.DONE);
        document.put("sources", checked.sources());
        document.put("price_date", prices.date().toString());
        document.put("price_version", prices.version());
        List<Object> models = new ArrayList<>();
        for (PlannedModel model : plan.models()) {
            Optional<Price> price = prices.price(model);
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("model", model.name());
            row.put("model_id", model.id());
            row.put("listed", checked.listed().containsKey(model.id()));
            row.put(
                    "prompt_usd_per_token",
                    price.map(p -> p.prompt().toPlainString()).orElse(null));
            row.put(
                    "completion_usd_per_token",
                    price.map(p -> p.completion().toPlainString()).orElse(null));
            row.put(
                    "hosts",
                    checked.hosts().getOrDefault(model.id(), List.of()).stream()
                            .map(host -> host.tag().orElse(host.provider()))
                            .toList());
            models.add(row);
        }
        document.put("models", models);
        List<Object> findings = new ArrayList<>();
        for (Finding finding : checked.findings()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("model", finding.model().isEmpty() ? null : finding.model());
            row.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            row.put("text", finding.text());
            findings.add(row);
        }
        document.put("findings", findings);
        return document;
    }
}
