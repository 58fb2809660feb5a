package com.example;

import dev.rtel.Rtel;
import dev.rtel.analysis.LeaderboardCalculator;
import dev.rtel.eval.Leaderboard;
import dev.rtel.plan.RunSpec;
import dev.rtel.report.TerminalTable;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.ResultStore;
import dev.rtel.tasks.TaskFile;
import dev.rtel.tasks.replay.CompletionsFile;
import java.nio.file.Path;
import java.time.Instant;

/** Grades completions that were recorded before; calls no model and needs no key. */
public final class ReplayRun {
    private ReplayRun() {}

    /** Grades the file's completions on the task and returns the leaderboard. */
    public static Leaderboard grade(Path completions, Path task) throws InterruptedException {
        try (Rtel rtel = Rtel.builder().discoverProviders().build()) {
            RunSummary summary = rtel.run(RunSpec.builder()
                    .roster(CompletionsFile.read(completions).roster("replay"))
                    .task(TaskFile.read(task))
                    .build());
            try (var records = rtel.store().trials(summary.plan().runId(), ResultStore.Projection.WITHOUT_RAW)) {
                return LeaderboardCalculator.of(
                        summary.plan(), records.toList(), Leaderboard.Policy.standard(), Instant.now());
            }
        }
    }

    public static void main(String[] args) throws InterruptedException {
        System.out.print(TerminalTable.render(grade(Path.of(args[0]), Path.of(args[1]))));
    }
}
