package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.RunRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rtel report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Write a run's result folder again and print its leaderboard; several runs: print one leaderboard of all.",
        footer = {
            "",
            "Examples:",
            "  rtel report",
            "  rtel report 20261120T140211Z-current-7f3a --out site",
            "  rtel report --json"
        })
final class ReportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "RUN", description = "Run ids; by default the latest run.")
    private List<String> runs = List.of();

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of randomised procedures (default: ${DEFAULT-VALUE}).")
    private long seed;

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ResultStore store = stores.openExisting(session)) {
            var results = new Results(session, stores);
            if (runs.size() < 2) {
                StoredRun run = RunLookup.find(store, runs.isEmpty() ? null : runs.get(0));
                results.publish(store, run.plan().runId(), seed);
                return ExitCode.DONE.code();
            }
            List<StoredRun> found =
                    runs.stream().map(word -> RunLookup.find(store, word)).toList();
            if (found.stream().map(r -> r.plan().simulated()).distinct().count() > 1) {
                throw new ConfigException("simulated and real runs never share a leaderboard; give runs of one kind");
            }
            refuseRegraded(found);
            List<TrialRecord> records = new ArrayList<>();
            found.forEach(run -> records.addAll(RunRecords.stored(store, run).figures()));
            results.show(Results.leaderboard(found.stream().map(StoredRun::plan).toList(), records, seed));
            return ExitCode.DONE.code();
        }
    }

    /** The same completions would count twice. */
    private static void refuseRegraded(List<StoredRun> found) {
        List<String> ids = found.stream().map(run -> run.plan().runId()).toList();
        for (StoredRun run : found) {
            run.plan().regradedFrom().filter(ids::contains).ifPresent(source -> {
                throw new ConfigException(run.plan().runId() + " grades the completions of " + source
                        + " again; both in one leaderboard would count them twice. Give one of them.");
            });
        }
    }
}
