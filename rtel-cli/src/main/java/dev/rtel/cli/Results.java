package dev.rtel.cli;

import dev.rtel.analysis.JudgeAgreement;
import dev.rtel.analysis.LeaderboardCalculator;
import dev.rtel.common.PlainJson;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.report.LeaderboardJson;
import dev.rtel.report.ResultFolder;
import dev.rtel.report.TerminalTable;
import dev.rtel.spi.Components;
import dev.rtel.spi.Reporter;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.RunRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a run back from the store, writes its result folder and prints its leaderboard. */
final class Results {
    private static final String AGREEMENT = "judge-agreement";
    private final Session session;
    private final StoreOptions stores;

    Results(Session session, StoreOptions stores) {
        this.session = session;
        this.stores = stores;
    }

    /** What a caller decides on. */
    record Published(Leaderboard leaderboard, Path folder) {
        double bestAccuracy() {
            return leaderboard.rows().stream()
                    .flatMap(row -> row.accuracy().stream())
                    .mapToDouble(Leaderboard.Interval::estimate)
                    .max()
                    .orElse(0);
        }
    }

    Published publish(ResultStore store, String runId, long seed) {
        Published written = write(store, runId, seed);
        show(written.leaderboard());
        Path base = session.surroundings().directory();
        Path folder = written.folder();
        session.remark("Results: " + (folder.startsWith(base) ? base.relativize(folder) : folder) + "/report.html");
        return written;
    }

    /** Writes the result folder and says nothing. */
    Published write(ResultStore store, String runId, long seed) {
        StoredRun run = store.run(runId).orElseThrow(() -> RunLookup.unknown(runId, store));
        RunRecords records = RunRecords.stored(store, run);
        Leaderboard board = leaderboard(List.of(run.plan()), records.figures(), seed)
                .withSpeeds(SpeedRuns.of(store, run.plan()))
                .withWarnings(agreement(run.plan(), records));
        Path folder = stores.outFolder(session).resolve(runId);
        ResultFolder.write(folder, board, records, reporters());
        return new Published(board, folder);
    }

    /** The seed that a run was started with. */
    static long seed(RunPlan plan) {
        return plan.details().get("seed") instanceof Long value ? value : 0;
    }

    void show(Leaderboard board) {
        if (session.options().json) {
            session.surroundings().out().println(PlainJson.writePretty(LeaderboardJson.toMap(board)));
        } else {
            session.surroundings().out().print(TerminalTable.render(board));
            board.warnings().stream()
                    .filter(warning -> warning.code().equals(AGREEMENT))
                    .forEach(warning -> session.print(Plain.text(warning.text())));
        }
    }

    /** Everything of a run but the verbatim replies. */
    static List<TrialRecord> records(ResultStore store, String runId) {
        try (Stream<TrialRecord> stream = store.trials(runId, ResultStore.Projection.WITHOUT_RAW)) {
            return stream.toList();
        }
    }

    static Leaderboard leaderboard(List<RunPlan> plans, List<TrialRecord> records, long seed) {
        Leaderboard.Policy standard = Leaderboard.Policy.standard();
        var policy = new Leaderboard.Policy(
                standard.order(),
                standard.accuracyFloor(),
                standard.minCoverage(),
                standard.bootstrapReplicates(),
                seed);
        return LeaderboardCalculator.of(plans, records, policy, Instant.now());
    }

    /** How far the votes of judges agree, where there are several on an answer; figures do not hold them. */
    static List<Leaderboard.Warning> agreement(RunPlan plan, RunRecords records) {
        if (plan.tasks().stream()
                .noneMatch(task -> task.grader().provider().equals("judge") && JudgePanel.calls(task.grader()) > 1)) {
            return List.of();
        }
        try (Stream<TrialRecord> read = records.read(ResultStore.Projection.WITHOUT_RAW)) {
            return JudgeAgreement.ofTrials(read)
                    .map(agreement -> new Leaderboard.Warning(
                            AGREEMENT,
                            "Votes of the judges: " + agreement.summary() + " (Krippendorff's alpha, nominal)."))
                    .stream()
                    .toList();
        }
    }

    static List<Reporter> reporters() {
        Components components = Toolbox.components();
        List<Reporter> all = new ArrayList<>();
        components
                .reporters()
                .providers()
                .forEach(p -> all.add(components.create(components.reporters(), ComponentSpec.of(p.name()))));
        return all;
    }
}
