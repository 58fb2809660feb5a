package dev.rtel.cli;

import dev.rtel.analysis.PassRule;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.Score;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.report.SamplesJsonl;
import dev.rtel.report.TerminalTable;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.RunRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rtel show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show a run's leaderboard, or the trials of one sample with reply, answer, tokens and cost.",
        footer = {"", "Examples:", "  rtel show", "  rtel show 7f3a openai/gpt-5.2@high math-crt-01"})
final class ShowCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            description = "Run id, or its start or end; by default the latest run.")
    private @Nullable String run;

    @Parameters(index = "1", arity = "0..1", paramLabel = "MODEL", description = "Entry of the roster.")
    private @Nullable String model;

    @Parameters(index = "2", arity = "0..1", paramLabel = "SAMPLE", description = "Sample id.")
    private @Nullable String sample;

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ResultStore store = stores.openExisting(session)) {
            StoredRun found = RunLookup.find(store, run);
            RunRecords records = RunRecords.stored(store, found);
            if (model == null) {
                session.print(found.plan().runId() + "  " + found.state().word() + "  "
                        + found.plan().summary());
                Leaderboard board = Results.leaderboard(List.of(found.plan()), records.figures(), 0)
                        .withWarnings(Results.agreement(found.plan(), records));
                new Results(session, stores).show(board);
                session.print(TerminalTable.byTask(board).stripTrailing());
                store.attempts(found.plan().runId()).stream()
                        .filter(a -> a.end().isEmpty())
                        .forEach(this::unknown);
                return ExitCode.DONE.code();
            }
            List<TrialRecord> chosen;
            try (Stream<TrialRecord> read = records.read(ResultStore.Projection.WITHOUT_RAW)) {
                chosen = read.filter(r -> r.key().model().equals(model))
                        .filter(r -> sample == null || r.key().sample().equals(sample))
                        .toList();
            }
            if (chosen.isEmpty()) {
                throw new ConfigException("run " + found.plan().runId() + " has no trial of model '" + model + "'"
                        + (sample == null ? "" : " on sample '" + sample + "'") + "; its models: "
                        + found.plan().models().stream().map(m -> m.name()).toList());
            }
            PassRule rule = PassRule.of(List.of(found.plan()), records.figures());
            session.document(Map.of(
                    "schema",
                    "rtel.trials/1",
                    "trials",
                    chosen.stream().map(r -> SamplesJsonl.toMap(r, rule)).toList()));
            chosen.forEach(this::print);
            return ExitCode.DONE.code();
        }
    }

    private void unknown(Attempt attempt) {
        session.print("! sent, outcome unknown: " + Plain.text(attempt.trial().toString()) + " as " + attempt.role()
                + " at " + attempt.sentAt());
    }

    /** Wrong, no answer and more than one answer stay apart. */
    private static String wrong(Score score) {
        String status = score.detail() instanceof GradingDetail.Extraction extraction ? extraction.status() : "";
        return switch (status) {
            case "no-answer" -> "no answer";
            case "ambiguous" -> "more than one answer";
            default -> "not passed";
        };
    }

    private void print(TrialRecord record) {
        session.print((record.trial().simulated() ? "[SIMULATED] " : "")
                + Plain.text(record.key().toString()));
        if (record.outcome() instanceof Outcome.Failed failed) {
            session.print("! failed: " + failed.failure().type() + ": "
                    + Plain.text(failed.failure().message()));
            return;
        }
        record.completion().flatMap(Completion::text).ifPresent(text -> session.print(Plain.lines(text)));
        if (record.outcome() instanceof Outcome.Scored scored) {
            Score score = scored.score();
            String verdict = score instanceof Score.Graded graded
                    ? (record.passedAlone() ? "✓ passed" : "✕ " + wrong(score)) + "   extracted "
                            + graded.answer().map(Plain::text).orElse("–") + "   expected "
                            + Plain.text(record.trial().sample().target().display())
                    : "– unscored";
            session.print(verdict + "   " + Plain.text(score.explanation()));
            session.print("reasoning tokens "
                    + (scored.usage().reasoning().known()
                            ? scored.usage().reasoning().value().getAsLong()
                            : "not reported")
                    + "   cost "
                    + scored.usage()
                            .cost()
                            .usd()
                            .map(c -> "$" + c.toPlainString())
                            .orElse("not reported")
                    + "   attempts " + record.attempts());
        }
        session.print("");
    }
}
