package dev.rtel.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rtel regrade}. */
@Command(
        name = "regrade",
        mixinStandardHelpOptions = true,
        description = {
            "Grade a run's stored completions again; no contestant is called, a judge is.",
            "The result is a run of its own: the earlier grades stay readable."
        },
        footer = {
            "",
            "Examples:",
            "  rtel regrade                                     the latest run",
            "  rtel regrade 20261120T140211Z-current-7f3a --judge openai/gpt-5.2",
            "  rtel regrade 7f3a --grader code-execution:timeout=20s --task code-debugging"
        })
final class RegradeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "Run id, or its start or end; by default the latest run.")
    private @Nullable String run;

    @Option(
            names = "--judge",
            paramLabel = "ID",
            description = "Another model for the role judge; several are a panel.")
    private List<String> judges = List.of();

    @Option(
            names = "--grader",
            paramLabel = "NAME[:KEY=VALUE,...]",
            description = "Another grader, with settings, in place of the tasks' own.")
    private @Nullable String grader;

    @Option(
            names = "--task",
            split = ",",
            paramLabel = "NAME",
            description = "Grade this task again and keep the other grades; repeatable (default: with --judge the tasks"
                    + " that are judged, else all).")
    private List<String> tasks = List.of();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    RegradeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new StoredRunExecution(session, limits, stores).regrade(run, new Regrading(grader, tasks, judges));
    }
}
