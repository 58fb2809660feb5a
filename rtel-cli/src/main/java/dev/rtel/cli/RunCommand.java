package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.RunSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rtel run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Run models on tasks: complete, account, grade, store, report.",
        footer = {
            "",
            "Examples:",
            "  rtel run --dry-run",
            "  rtel run --roster current --max-cost 2",
            "  rtel run --model openai/gpt-5.2 --task aime-math --epochs 3",
            "  rtel run --task formal-proofs --judge x-ai/grok-4.3 --judge mistralai/mistral-medium-3-5 --judge-votes 3",
            "  rtel run --replay completions.jsonl --task my-task.yaml --json",
            "  rtel run --base-url http://127.0.0.1:8000/v1 --model local/my-model"
        })
final class RunCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    @Option(
            names = {"-n", "--dry-run"},
            fallbackValue = "true",
            description = "Say what would be done and what it may cost; send nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            fallbackValue = "true",
            description = "Do not ask before spending.")
    private boolean yes;

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunFacts facts = RunFacts.gathering();
        Rtel.Builder builder = Toolbox.builder(session, limits.apiKeyFile, limits.codeSandbox);
        Rtel planning = builder.build();
        RunSpec spec = noted(
                planning,
                new SpecAssembler(session, planning.components())
                        .assemble(options, limits)
                        .build(),
                facts.of(session, limits.limits(), options.seed));
        if (dryRun) {
            new DryRun(session, limits.codeSandbox).print(planning.plan(spec), spec);
            return ExitCode.DONE.code();
        }
        RunSpec checked = options.replay == null ? checked(planning, spec) : spec;
        if (!yes && !new SpendingQuestion(session).agreed(planning.plan(checked), checked)) {
            session.remark("Nothing was sent.");
            return ExitCode.DONE.code();
        }
        return new RunExecution(session, limits, stores).execute(checked, Optional.empty());
    }

    /** The specification with the facts of its run, what is known of its judges among them. */
    private RunSpec noted(Rtel planning, RunSpec spec, Map<String, @Nullable Object> facts) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>(facts);
        details.putAll(SpecAssembler.facts(options, spec));
        RunSpec described = spec.withDetails(details);
        return Calibrations.needed(described)
                ? new Calibrations(session, stores, planning.components()).noted(described, planning.plan(described))
                : described;
    }

    private RunSpec checked(Rtel planning, RunSpec spec) throws InterruptedException {
        RunPlan plan = planning.plan(spec);
        ApiKeys.require(session, plan, limits.apiKeyFile, false);
        return new Preflight(planning.components(), false, limits.prices != null)
                .check(spec, plan)
                .orRefuse(session);
    }
}
