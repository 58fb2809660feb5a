package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.analysis.SpeedSummary;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.RunSpec;
import dev.rtel.spi.ResultStore;
import dev.rtel.tasks.SpeedTaskProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

/** {@code rtel speed}. */
@Command(
        name = "speed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure output tokens per second and time to the first token with a workload of its own: one streamed",
            "request at a time, about 2,000 prompt tokens, at most 400 output tokens, provider pinned, reasoning off.",
            "The medians stand in the leaderboards of all runs in the same store."
        },
        footer = {
            "",
            "Examples:",
            "  rtel speed --roster current --max-cost 0.5",
            "  rtel speed --model openai/gpt-5.2 --runs 9",
            "  rtel speed --base-url http://127.0.0.1:8000/v1 --model local/my-model"
        })
final class SpeedCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ModelOptions who = new ModelOptions();

    @Option(
            names = "--runs",
            defaultValue = "5",
            paramLabel = "N",
            description = "Requests a model (default: ${DEFAULT-VALUE}).")
    private int runs = 5;

    @Option(
            names = "--max-cost",
            defaultValue = "5",
            paramLabel = "USD",
            description = "Spending limit of the measurement, or \"none\" (default: ${DEFAULT-VALUE}).")
    private String maxCost = "5";

    @Option(
            names = "--timeout",
            defaultValue = "2m",
            paramLabel = "TIME",
            description = "Limit of one request, e.g. 90s or 10m (default: ${DEFAULT-VALUE}).")
    private String timeout = "2m";

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "File holding the OpenRouter key.")
    private @Nullable Path apiKeyFile;

    @Option(names = "--prices", paramLabel = "FILE", description = "Dated price book in place of the bundled one.")
    private @Nullable Path prices;

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    SpeedCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunFacts gathering = RunFacts.gathering();
        RunOptions options = new RunOptions();
        options.who = who;
        options.tasks = List.of(SpeedTaskProvider.NAME + ":" + runs);
        LimitOptions limits = limits();
        Rtel planning = Toolbox.builder(session, apiKeyFile, limits.codeSandbox).build();
        Map<String, @Nullable Object> facts = new HashMap<>(gathering.of(session, limits.limits(), options.seed));
        facts.put(SpeedRuns.KIND, SpeedRuns.SPEED);
        RunSpec spec = new SpecAssembler(session, planning.components())
                .assemble(options, limits)
                .details(facts)
                .build();
        RunPlan plan = planning.plan(spec);
        ApiKeys.require(session, plan, apiKeyFile, false);
        CheckedSpec checked = new Preflight(planning.components(), false, prices != null).check(spec, plan);
        RunSpec measuring = checked.orRefuse(session).withRoster(SpeedRoster.of(checked));
        return new RunExecution(session, limits, stores, this::show).execute(measuring, Optional.empty());
    }

    /** One request at a time, whatever else is said. */
    private LimitOptions limits() {
        LimitOptions limits = new LimitOptions();
        limits.concurrency = 1;
        limits.maxCost = maxCost;
        limits.timeout = timeout;
        limits.apiKeyFile = apiKeyFile;
        limits.prices = prices;
        return limits;
    }

    private double show(ResultStore store, RunPlan plan) {
        Map<String, SpeedSummary> summaries = SpeedRuns.summaries(store, plan);
        session.document(document(plan, summaries));
        session.print((plan.simulated() ? "[SIMULATED] " : "") + "Run " + plan.runId());
        session.print("");
        var table = new Columns(2, "model", "reasoning", "tok/s", "first token", "runs");
        for (PlannedModel model : plan.models()) {
            SpeedSummary summary = summaries.get(model.name());
            if (summary != null) {
                table.row(List.of(
                        model.name(),
                        SpeedRoster.reasoning(model),
                        Figures.rate(summary.medianTps()),
                        Figures.seconds(summary.medianTtft()),
                        summary.used() + "/" + summary.tps().size()));
            }
        }
        table.lines().forEach(session::print);
        session.print("");
        session.print("Medians. Reasoning that is forced, or on by default, is included.");
        return 0;
    }

    private static Map<String, @Nullable Object> document(RunPlan plan, Map<String, SpeedSummary> summaries) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.speed/1");
        document.put("run_id", plan.runId());
        document.put("simulated", plan.simulated());
        List<Object> rows = new ArrayList<>();
        for (PlannedModel model : plan.models()) {
            SpeedSummary summary = summaries.get(model.name());
            if (summary != null) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("model", model.name());
                row.put("model_id", model.id());
                row.put("reasoning", SpeedRoster.reasoning(model));
                row.put("routing", model.routing());
                row.put("tps", number(summary.medianTps(), 1));
                row.put("ttft_ms", number(summary.medianTtft(), 1_000));
                row.put("used", (long) summary.used());
                row.put("runs", (long) summary.tps().size());
                rows.add(row);
            }
        }
        document.put("models", rows);
        return document;
    }

    private static @Nullable Double number(OptionalDouble value, double factor) {
        return value.isPresent() ? value.getAsDouble() * factor : null;
    }
}
