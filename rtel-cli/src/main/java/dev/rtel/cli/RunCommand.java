package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.RunSpec;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        RunSpec spec = new SpecAssembler(session, planning.components())
                .assemble(options, limits)
                .details(facts.of(session, limits.limits(), options.seed))
                .build();
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

    private RunSpec checked(Rtel planning, RunSpec spec) throws InterruptedException {
        RunPlan plan = planning.plan(spec);
        ApiKeys.require(session, plan, limits.apiKeyFile, false);
        return new Preflight(planning.components(), false, limits.prices != null)
                .check(spec, plan)
                .orRefuse(session);
    }
}
