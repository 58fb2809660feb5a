package dev.rtel.store.sqlite;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.testkit.PlanFixtures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The other process of the tests: writes until it is killed, or reads once. */
public final class StoreProcess {
    private static final int SAMPLES = 2_000;

    private StoreProcess() {}

    static RunPlan plan() {
        return PlanFixtures.plan(Stores.RUN, 1, SAMPLES, 1);
    }

    static Process start(String command, Path path, String... options) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(ProcessHandle.current().info().command().orElseThrow());
        line.add("-XX:TieredStopAtLevel=1");
        line.addAll(List.of(options));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), StoreProcess.class.getName()));
        line.addAll(List.of(command, path.toString()));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Prints what it did, one thing a line, only after it is done. */
    public static void main(String[] args) {
        Path path = Path.of(args[1]);
        PrintStream out = System.out;
        if (args[0].equals("read")) {
            try (SqliteResultStore store = SqliteResultStore.openReadOnly(path)) {
                out.println(
                        store.runs().size() + " runs, " + Stores.records(store).size() + " records");
            }
            return;
        }
        SqliteResultStore store = SqliteResultStore.open(path);
        RunPlan plan = plan();
        store.begin(plan);
        for (Trial trial : plan.trials()) {
            Attempt attempt = PlanFixtures.attempt(plan, trial, 1);
            store.attemptStarted(attempt);
            store.record(
                    PlanFixtures.scored(plan, trial),
                    Optional.of(attempt.id()),
                    Optional.of(Attempt.End.succeeded(PlanFixtures.CREATED_AT, Optional.empty(), Optional.empty())));
            out.println(trial.key());
            out.flush();
        }
        out.println("done");
    }
}
