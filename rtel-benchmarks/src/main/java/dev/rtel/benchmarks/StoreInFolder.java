package dev.rtel.benchmarks;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import dev.rtel.store.sqlite.SqliteResultStore;
import dev.rtel.testkit.PlanFixtures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A store in a temporary folder with one run after the other, whose trials are handed out one by one. */
final class StoreInFolder implements AutoCloseable {
    private static final int MODELS = 2;
    private static final int EPOCHS = 30;

    private final Path folder;
    private final SqliteResultStore store;
    private final AtomicInteger next = new AtomicInteger();
    private RunPlan plan;
    private int runs;

    /**
     * Opens an empty store.
     *
     * @param trials of each run, rounded up to what models and epochs make of it
     */
    StoreInFolder(int trials) throws IOException {
        int perSample = MODELS * EPOCHS;
        plan = PlanFixtures.plan("20261120T140211Z-bench-0", MODELS, (trials + perSample - 1) / perSample, EPOCHS);
        folder = Files.createTempDirectory("rtel-store");
        store = SqliteResultStore.open(folder.resolve("rtel.db"));
    }

    /** Begins a run that has no records yet; not while trials are being handed out. */
    void beginRun() {
        runs++;
        plan = new RunPlan(
                "20261120T140211Z-bench-" + runs,
                plan.roster(),
                plan.createdAt(),
                plan.simulated(),
                plan.epochs(),
                plan.models(),
                plan.roles(),
                plan.tasks(),
                plan.trials(),
                plan.details());
        store.begin(plan);
        next.set(0);
    }

    /** Makes all durable that one trial leaves, in the order of a run. */
    void storeOneTrial() {
        int number = next.getAndIncrement();
        if (number >= plan.trials().size()) {
            throw new IllegalStateException("all " + plan.trials().size() + " trials of the run are stored; give more");
        }
        var trial = new TrialStates(plan, number);
        Attempt attempt = trial.attempt();
        store.attemptStarted(attempt);
        store.record(trial.completed(), Optional.of(attempt.id()), Optional.of(trial.end()));
        store.record(trial.scored(), Optional.empty(), Optional.empty());
        store.record(trial.settled(), Optional.empty(), Optional.empty());
    }

    @Override
    public void close() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
