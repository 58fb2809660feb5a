package dev.rtel.cli;

import dev.rtel.analysis.Repricing;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.PriceBook;
import dev.rtel.report.LeaderboardJson;
import dev.rtel.spi.ResultStore;
import dev.rtel.tasks.PriceBooks;
import java.math.BigDecimal;
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

/** {@code rtel reprice}. */
@Command(
        name = "reprice",
        mixinStandardHelpOptions = true,
        description = {
            "Say what a stored run would cost by another price book. No model is called.",
            "With --save the costs that nobody told are stored anew; what was billed is never changed."
        },
        footer = {
            "",
            "Examples:",
            "  rtel reprice --prices prices-2026-12.yaml",
            "  rtel reprice 20261120T140211Z-current-7f3a --prices mine.yaml --save"
        })
final class RepriceCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Run id, or its start or end; by default the latest.")
    private @Nullable String run;

    @Option(names = "--prices", required = true, paramLabel = "FILE", description = "Dated price book.")
    private Path prices = Path.of("");

    @Option(names = "--save", fallbackValue = "true", description = "Store the costs that nobody told.")
    private boolean save;

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    RepriceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PriceBook book = PriceBooks.read(session.surroundings().directory().resolve(prices));
        try (ResultStore store = stores.openExisting(session)) {
            StoredRun found = RunLookup.find(store, run);
            RunPlan plan = found.plan();
            List<TrialRecord> records = Results.records(store, plan.runId());
            long seed = Results.seed(plan);
            Leaderboard before = Results.leaderboard(List.of(plan), records, seed);
            Leaderboard after = Results.leaderboard(
                    List.of(plan),
                    records.stream()
                            .map(record -> Repricing.of(plan, record, book, Repricing.Scope.EVERYTHING))
                            .toList(),
                    seed);
            session.document(document(plan, book, before, after));
            print(plan, book, before, after);
            if (save) {
                save(found, records, book, seed);
            }
        }
        return ExitCode.DONE.code();
    }

    private void save(StoredRun found, List<TrialRecord> records, PriceBook book, long seed) {
        RunPlan plan = found.plan();
        List<TrialRecord> changed = new ArrayList<>();
        for (TrialRecord record : records) {
            TrialRecord priced = Repricing.of(plan, record, book, Repricing.Scope.UNBILLED);
            if (!priced.equals(record)) {
                changed.add(priced);
            }
        }
        stores.prepareOutFolder(session);
        try (ResultStore store = stores.open(session)) {
            store.begin(plan);
            try {
                changed.forEach(record -> store.record(record, Optional.empty(), Optional.empty()));
            } finally {
                store.end(plan.runId(), found.state(), found.finishedAt().orElse(plan.createdAt()));
            }
            new Results(session, stores).write(store, plan.runId(), seed);
        }
        session.remark("Stored anew: the costs of " + changed.size() + " trial(s) that nobody told.");
    }

    private void print(RunPlan plan, PriceBook book, Leaderboard before, Leaderboard after) {
        session.print((plan.simulated() ? "[SIMULATED] " : "") + "Run " + plan.runId() + " at the prices of "
                + book.date() + " (" + Plain.text(book.version()) + ")");
        session.print("");
        var table = new Columns(1, "model", "stored", "repriced", "change", "repriced/correct", "priced trials");
        for (Leaderboard.Row row : before.rows()) {
            Leaderboard.Row priced = row(after, row.model());
            table.row(List.of(
                    row.model(),
                    Figures.usd(row.costUsd().total()),
                    Figures.usd(priced.costUsd().total()),
                    Figures.percent(change(row, priced)),
                    priced.costUsd().perCorrect().isPresent()
                            ? Figures.usd(BigDecimal.valueOf(
                                    priced.costUsd().perCorrect().getAsDouble()))
                            : "–",
                    String.format(
                            java.util.Locale.ROOT,
                            "%.0f %%",
                            100 * priced.costUsd().coverage())));
        }
        table.lines().forEach(session::print);
    }

    private static Leaderboard.Row row(Leaderboard board, String model) {
        return board.rows().stream()
                .filter(row -> row.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static OptionalDouble change(Leaderboard.Row before, Leaderboard.Row after) {
        Optional<BigDecimal> old = before.costUsd().total().filter(usd -> usd.signum() > 0);
        return old.isPresent() && after.costUsd().total().isPresent()
                ? OptionalDouble.of(100
                        * (after.costUsd().total().get().doubleValue()
                                        / old.get().doubleValue()
                                - 1))
                : OptionalDouble.empty();
    }

    private static Map<String, @Nullable Object> document(
            RunPlan plan, PriceBook book, Leaderboard before, Leaderboard after) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.repricing/1");
        document.put("run_id", plan.runId());
        document.put("simulated", plan.simulated());
        document.put("price_date", book.date().toString());
        document.put("price_version", book.version());
        List<Object> models = new ArrayList<>();
        for (Leaderboard.Row row : before.rows()) {
            Leaderboard.Row priced = row(after, row.model());
            Map<String, @Nullable Object> model = new LinkedHashMap<>();
            model.put("model", row.model());
            model.put(
                    "stored_usd",
                    row.costUsd().total().map(BigDecimal::toPlainString).orElse(null));
            model.put(
                    "repriced_usd",
                    priced.costUsd().total().map(BigDecimal::toPlainString).orElse(null));
            OptionalDouble change = change(row, priced);
            model.put("change_percent", change.isPresent() ? change.getAsDouble() : null);
            model.put("coverage", priced.costUsd().coverage());
            models.add(model);
        }
        document.put("models", models);
        document.put("leaderboard", LeaderboardJson.toMap(after));
        return document;
    }
}
