package dev.rtel.cli;

import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.spi.ResultStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rtel runs}. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "List the stored runs, newest first.",
        footer = {"", "Examples:", "  rtel runs", "  rtel runs --json"})
final class RunsCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    RunsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ResultStore store = stores.openExisting(session)) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (StoredRun run : store.runs()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("run_id", run.plan().runId());
                row.put("state", run.state().word());
                row.put("simulated", run.plan().simulated());
                row.put("created_at", run.plan().createdAt().toString());
                row.put("summary", run.plan().summary());
                row.put(RunPlan.REGRADED_FROM, run.plan().regradedFrom().orElse(null));
                rows.add(row);
                session.print(String.format(
                        Locale.ROOT,
                        "%-44s %-12s %s%s%s",
                        run.plan().runId(),
                        run.state().word(),
                        run.plan().summary(),
                        run.plan()
                                .regradedFrom()
                                .map(source -> "  regraded from " + source)
                                .orElse(""),
                        run.plan().simulated() ? "  [SIMULATED]" : ""));
            }
            session.document(Map.of("schema", "rtel.runs/1", "runs", rows));
            return ExitCode.DONE.code();
        }
    }
}
