package com.example;

import dev.rtel.Rtel;
import dev.rtel.analysis.LeaderboardCalculator;
import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.Progress;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.ResultStore;
import dev.rtel.tasks.BundledTasks;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs one model on one bundled task inside one's own program; no database, no report files. */
public final class EmbeddedRun {
    private EmbeddedRun() {}

    /** Asks the model at this server all problems of a bundled task and returns the leaderboard. */
    public static Leaderboard run(URI server, Secret key, String model, String task, Consumer<String> log)
            throws InterruptedException {
        RunListener listener = new RunListener() {
            @Override
            public void trialFinished(TrialRecord record, Progress progress) {
                log.accept(progress.done() + "/" + progress.total() + " " + record.key());
            }
        };
        ModelEntry entry = ModelEntry.of(model, "openrouter", Map.of("max_tokens", 8000))
                .withClient("openrouter", Config.of("models[0].settings", Map.of("base_url", server.toString())));
        try (Rtel rtel = Rtel.builder()
                .discoverProviders()
                .secrets(name -> Optional.of(key))
                .listener(listener)
                .build()) {
            RunSummary summary = rtel.run(RunSpec.builder()
                    .roster(Roster.of("embedded", entry))
                    .task(BundledTasks.task(task))
                    .build());
            String runId = summary.plan().runId();
            try (var records = rtel.store().trials(runId, ResultStore.Projection.WITHOUT_RAW)) {
                List<TrialRecord> all = records.toList();
                return LeaderboardCalculator.of(summary.plan(), all, Leaderboard.Policy.standard(), Instant.now());
            }
        }
    }
}
