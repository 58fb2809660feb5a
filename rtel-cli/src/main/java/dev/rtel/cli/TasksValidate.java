package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.analysis.ChanceLevel;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Sample;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.NothingSelectedException;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.Task;
import dev.rtel.tasks.BundledTasks;
import dev.rtel.tasks.check.CheckedTask;
import dev.rtel.tasks.check.Finding;
import dev.rtel.tasks.check.TaskCheck;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rtel tasks validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Check tasks: can a run use them, are their answers hard to guess, do their cases find wrong code out?",
            "With --run also: which samples look odd in that run's answers?"
        },
        footer = {
            "",
            "Examples:",
            "  rtel tasks validate my-task.yaml",
            "  rtel tasks validate logic my-task.yaml --strict",
            "  rtel tasks validate my-task.yaml --run 7f3a"
        })
final class TasksValidate implements Callable<Integer> {
    private static final Pattern PLACED = Pattern.compile("(?<place>.+?:[0-9]+): (?<what>.*)");
    private static final String LATEST = "";
    private final Session session;

    @Parameters(
            arity = "0..*",
            paramLabel = "TASK",
            description = "Paths of task files, bundled names, or provider:arguments.")
    private List<String> words = List.of();

    @Option(
            names = "--run",
            arity = "0..1",
            fallbackValue = LATEST,
            paramLabel = "RUN",
            description = "Run id, or its start or end, alone the latest run: look at its answers, sample by sample.")
    private @Nullable String run;

    @Option(names = "--strict", fallbackValue = "true", description = "Warnings are errors.")
    private boolean strict;

    @Option(
            names = "--code-sandbox",
            defaultValue = "auto",
            paramLabel = "KIND",
            description = "What runs reference code, as of rtel run (default: ${DEFAULT-VALUE}).")
    private String codeSandbox = "auto";

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    TasksValidate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (words.isEmpty() && run == null) {
            throw new NothingSelectedException("no task is named; give files or names of tasks, or --run");
        }
        Rtel rtel = Toolbox.builder(session, null, codeSandbox).build();
        List<CheckedTask> tasks = new ArrayList<>();
        List<Finding> unreadable = new ArrayList<>();
        for (String word : words) {
            read(rtel, word, tasks, unreadable);
        }
        Optional<ItemReport> items = run == null ? Optional.empty() : Optional.of(items(run, tasks));
        var report = new ValidationReport(TaskCheck.of(tasks), unreadable, items, strict);
        report.print(session);
        session.document(report.document());
        return report.valid() ? ExitCode.DONE.code() : ExitCode.USAGE.code();
    }

    /** What is wrong inside a file is a finding; a task that is not there is an error of the command line. */
    private void read(Rtel rtel, String word, List<CheckedTask> tasks, List<Finding> unreadable) {
        boolean there = BundledTasks.names().contains(word)
                || Files.isRegularFile(session.surroundings().resolve(word));
        try {
            Task task = new SpecAssembler(session, rtel.components()).task(word).task();
            tasks.add(checked(rtel, task));
        } catch (ConfigException e) {
            boolean ofTheFile = there && !String.valueOf(e.getMessage()).startsWith("code-sandbox");
            if (!ofTheFile) {
                throw e;
            }
            String.valueOf(e.getMessage()).lines().forEach(line -> unreadable.add(unreadable(word, line)));
        }
    }

    private static Finding unreadable(String word, String line) {
        Matcher placed = PLACED.matcher(line);
        boolean known = placed.matches();
        return new Finding(
                Finding.Severity.ERROR,
                "schema",
                known ? placed.group("place") : word,
                Optional.empty(),
                known ? placed.group("what") : line,
                "a task file as docs/files.md describes it",
                "Correct the file; nothing else of it was checked");
    }

    private static CheckedTask checked(Rtel rtel, Task task) {
        String grader = task.grader().provider();
        return new CheckedTask(
                task,
                rtel.components().create(rtel.components().graders(), task.grader()),
                ChanceLevel.of(task.samples(), grader),
                each(task, ChanceLevel::stated),
                each(task, sample -> ChanceLevel.alone(sample, grader)));
    }

    private static Map<String, OptionalDouble> each(Task task, Function<Sample, OptionalDouble> figure) {
        Map<String, OptionalDouble> figures = new LinkedHashMap<>();
        task.samples().forEach(sample -> figures.put(sample.id(), figure.apply(sample)));
        return figures;
    }

    /** The run's samples of the tasks that are validated; all of them when none is. */
    private ItemReport items(String word, List<CheckedTask> tasks) {
        List<String> names = tasks.stream().map(t -> t.task().name()).toList();
        try (ResultStore store = stores.openExisting(session)) {
            StoredRun found = RunLookup.find(store, word.equals(LATEST) ? null : word);
            List<TrialRecord> records = Results.records(store, found.plan().runId());
            ItemReport report =
                    ItemReport.of(found.plan(), records, words.isEmpty() ? Optional.empty() : Optional.of(names));
            if (report.items().isEmpty()) {
                throw new ConfigException("run " + found.plan().runId() + " has none of the tasks " + names
                        + "; it has "
                        + found.plan().tasks().stream().map(t -> t.name()).toList());
            }
            return report;
        }
    }
}
