package dev.rtel.report.html;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.report.html.Page.Board;
import dev.rtel.report.html.Page.Fact;
import dev.rtel.report.html.Page.Head;
import dev.rtel.report.html.Page.Matrix;
import dev.rtel.report.html.Page.Note;
import dev.rtel.report.html.Trials.Mark;
import dev.rtel.spi.RunRecords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Prepares the whole page. */
final class PageBuilder {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String TITLE = "Reasoning Token Efficiency Leaderboard";

    private PageBuilder() {}

    static Page page(Leaderboard leaderboard, RunRecords source) {
        StoredRun run = source.run();
        RunPlan plan = run.plan();
        List<TrialRecord> records = source.figures();
        Trials trials = new Trials(plan, records);
        Slugs slugs = new Slugs();
        Set<String> models = new LinkedHashSet<>();
        leaderboard.rows().forEach(r -> models.add(r.model()));
        models.addAll(trials.models());
        List<String> inOrder = List.copyOf(models);
        Set<String> linked = records.stream().map(r -> r.key().model()).collect(Collectors.toSet());
        boolean simulated = leaderboard.simulated() || plan.simulated();
        Chart chart = ChartBuilder.chart(leaderboard, slugs, linked);
        Board board = BoardBuilder.board(leaderboard, slugs, linked);
        Matrix matrix = MatrixBuilder.matrix(leaderboard, inOrder, trials, slugs);
        SamplesBuilder samples = new SamplesBuilder(trials, slugs);
        Details details = Details.read(source, trials, samples::trial);
        return new Page(
                simulated,
                TITLE + ": " + plan.runId(),
                head(leaderboard, run, trials),
                Verdict.sentences(leaderboard),
                leaderboard.warnings().stream()
                        .map(w -> new Note(w.code(), w.text()))
                        .toList(),
                chart,
                board,
                TaskTableBuilder.table(leaderboard, plan),
                matrix,
                samples.models(inOrder, details),
                ReproduceBuilder.reproduce(run, trials),
                Caveats.of(leaderboard, trials, details.steered()));
    }

    private static Head head(Leaderboard leaderboard, StoredRun run, Trials trials) {
        RunPlan plan = run.plan();
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("Date", date(plan.createdAt())));
        facts.add(Fact.of(
                "Suite",
                plan.tasks().stream().map(t -> t.name() + " v" + t.version()).collect(Collectors.joining(", "))));
        facts.add(Fact.of("Roster", plan.roster()));
        facts.add(Fact.mono(
                leaderboard.runIds().size() > 1 ? "Runs" : "Run",
                leaderboard.runIds().isEmpty() ? plan.runId() : String.join(", ", leaderboard.runIds())));
        return new Head(plan.summary().replace(" x ", " × "), completeness(run, trials), facts);
    }

    private static String completeness(StoredRun run, Trials trials) {
        int all = trials.planned().size();
        long graded = trials.count(Mark.PASS) + trials.count(Mark.WRONG);
        List<String> rest = new ArrayList<>();
        add(rest, trials.count(Mark.FAILED), "failed");
        add(rest, trials.count(Mark.UNSCORED), "unscored");
        add(rest, trials.count(Mark.QUARANTINED), "quarantined");
        long absent = trials.planned().stream()
                .filter(t -> trials.record(t.key()).isEmpty())
                .count();
        add(rest, absent, "not run");
        String state = run.state() == dev.rtel.eval.RunState.FINISHED
                ? ""
                : " The run is " + run.state().word() + "; figures may change.";
        return (rest.isEmpty() ? "All " + all : graded + " of " + all) + " trials graded"
                + (rest.isEmpty() ? "" : ", " + String.join(", ", rest)) + "." + state;
    }

    private static void add(List<String> parts, long n, String word) {
        if (n > 0) {
            parts.add(n + " " + word);
        }
    }

    private static String date(Instant instant) {
        return DATE.format(instant);
    }
}
