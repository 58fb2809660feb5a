package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.analysis.Reconciliation;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.PriceBook;
import dev.rtel.run.ReconcileSummary;
import dev.rtel.spi.ResultStore;
import dev.rtel.tasks.PriceBooks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rtel reconcile}. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Look up the billing records that a run still lacks, and compare what replies, records and prices say.",
            "No model is called."
        },
        footer = {
            "",
            "Examples:",
            "  rtel reconcile                                   the latest run",
            "  rtel reconcile 20261120T140211Z-current-7f3a --calls",
            "  rtel reconcile --json"
        })
final class ReconcileCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Run id, or its start or end; by default the latest.")
    private @Nullable String run;

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    @Option(names = "--prices", paramLabel = "FILE", description = "Dated price book in place of the bundled one.")
    private @Nullable Path prices;

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "File holding the OpenRouter key.")
    private @Nullable Path apiKeyFile;

    @Option(names = "--calls", fallbackValue = "true", description = "List every call, not only the models.")
    private boolean calls;

    ReconcileCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunPlan plan;
        try (ResultStore store = stores.openExisting(session)) {
            plan = RunLookup.find(store, run).plan();
        }
        ApiKeys.require(session, plan, apiKeyFile, false);
        PriceBook book = prices == null
                ? PriceBooks.bundled()
                : PriceBooks.read(session.surroundings().directory().resolve(prices));
        stores.prepareOutFolder(session);
        try (ResultStore store = stores.open(session)) {
            Rtel rtel =
                    Toolbox.builder(session, apiKeyFile, "auto").store(store).build();
            ReconcileSummary summary = rtel.reconcile(plan.runId(), book);
            List<TrialRecord> records = Results.records(store, plan.runId());
            Reconciliation compared = Reconciliation.of(plan, records, book);
            new Results(session, stores).write(store, plan.runId(), Results.seed(plan));
            session.document(document(plan, book, summary, compared));
            print(summary, compared, book);
        }
        return ExitCode.DONE.code();
    }

    private void print(ReconcileSummary summary, Reconciliation compared, PriceBook book) {
        session.print((summary.plan().simulated() ? "[SIMULATED] " : "") + "Billing records looked up: "
                + summary.asked() + ", found " + summary.found() + ", still missing " + summary.missing() + ".");
        if (!summary.unknown().isEmpty()) {
            session.print(summary.unknown().size() + " attempt(s) stay of unknown outcome or cost; see run.json.");
        }
        session.print("");
        models(compared).lines().forEach(session::print);
        if (calls) {
            session.print("");
            calls(compared).lines().forEach(session::print);
        }
        session.print("");
        session.print("Record: how much more billing records say than replies; prices: how much more the price book of "
                + book.date() + " makes of the counts than was charged; over the calls that have both figures.");
    }

    private static Columns models(Reconciliation compared) {
        var table = new Columns(
                2,
                "model",
                "as",
                "calls",
                "told",
                "recorded",
                "priced",
                "charged",
                "record",
                "prices",
                "counts differ");
        for (Reconciliation.ModelTotal total : compared.models()) {
            table.row(List.of(
                    total.model(),
                    total.role(),
                    String.valueOf(total.calls()),
                    String.valueOf(total.told()),
                    String.valueOf(total.recorded()),
                    String.valueOf(total.priced()),
                    Figures.usd(total.chargedUsd()),
                    Figures.percent(total.recordGap()),
                    Figures.percent(total.priceGap()),
                    String.valueOf(total.countsDiffer())));
        }
        return table;
    }

    private static Columns calls(Reconciliation compared) {
        var table = new Columns(3, "trial", "as", "generation", "told", "recorded", "priced", "record", "prices");
        for (Reconciliation.Call call : compared.calls()) {
            table.row(List.of(
                    call.model() + " " + call.trial().sample() + " "
                            + call.trial().epoch(),
                    call.role(),
                    call.generationId().orElse("–"),
                    Figures.usd(call.told()),
                    Figures.usd(call.recorded()),
                    Figures.usd(call.priced()),
                    Figures.percent(call.recordGap()),
                    Figures.percent(call.priceGap())));
        }
        return table;
    }

    private static Map<String, @Nullable Object> document(
            RunPlan plan, PriceBook book, ReconcileSummary summary, Reconciliation compared) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.reconciliation/1");
        document.put("run_id", plan.runId());
        document.put("simulated", plan.simulated());
        document.put("looked_up", (long) summary.asked());
        document.put("found", (long) summary.found());
        document.put("missing", (long) summary.missing());
        document.put("unknown_attempts", (long) summary.unknown().size());
        document.put("price_date", book.date().toString());
        document.put("price_version", book.version());
        List<Object> models = new ArrayList<>();
        compared.models().forEach(total -> models.add(model(total)));
        document.put("models", models);
        List<Object> calls = new ArrayList<>();
        compared.calls().forEach(call -> calls.add(call(call)));
        document.put("calls", calls);
        return document;
    }

    private static Map<String, @Nullable Object> model(Reconciliation.ModelTotal total) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("model", total.model());
        map.put("role", total.role());
        map.put("calls", (long) total.calls());
        map.put("told", (long) total.told());
        map.put("recorded", (long) total.recorded());
        map.put("priced", (long) total.priced());
        map.put("charged_usd", total.chargedUsd().toPlainString());
        map.put("record_gap_percent", number(total.recordGap()));
        map.put("price_gap_percent", number(total.priceGap()));
        map.put("counts_differ", (long) total.countsDiffer());
        return map;
    }

    private static Map<String, @Nullable Object> call(Reconciliation.Call call) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("model", call.model());
        map.put("task", call.trial().task());
        map.put("sample", call.trial().sample());
        map.put("epoch", (long) call.trial().epoch());
        map.put("role", call.role());
        map.put("generation_id", call.generationId().orElse(null));
        map.put("told_usd", text(call.told()));
        map.put("recorded_usd", text(call.recorded()));
        map.put("priced_usd", text(call.priced()));
        map.put("record_gap_percent", number(call.recordGap()));
        map.put("price_gap_percent", number(call.priceGap()));
        map.put("counts_differ", call.countsDiffer());
        return map;
    }

    private static @Nullable String text(Optional<java.math.BigDecimal> amount) {
        return amount.map(java.math.BigDecimal::toPlainString).orElse(null);
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
