package dev.rtel.cli;

import dev.rtel.eval.Sample;
import dev.rtel.spi.Task;
import dev.rtel.tasks.BundledTasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rtel tasks}. */
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        description = "List, show, validate and generate tasks.",
        subcommands = {TasksValidate.class, TasksGenerate.class},
        footer = {
            "",
            "Examples:",
            "  rtel tasks list",
            "  rtel tasks show aime-math",
            "  rtel tasks validate my-task.yaml",
            "  rtel tasks validate my-task.yaml --run 7f3a",
            "  rtel tasks generate knights --seed 7"
        })
final class TasksCommand {
    private final Session session;

    TasksCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the bundled tasks.",
            footer = {"", "Example:", "  rtel tasks list"})
    int list() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String name : BundledTasks.names()) {
            Task task = BundledTasks.task(name);
            rows.add(summary(task));
            session.print(String.format(
                    Locale.ROOT,
                    "%-18s version %-4s %-8s %2d samples  grader %s",
                    task.name(),
                    task.version(),
                    task.category(),
                    task.samples().size(),
                    task.grader().provider()));
        }
        session.document(Map.of("schema", "rtel.tasks/1", "tasks", rows));
        return ExitCode.DONE.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a task's samples.",
            footer = {"", "Example:", "  rtel tasks show logic"})
    int show(@Parameters(paramLabel = "TASK", description = "Bundled name, path or provider:arguments.") String word) {
        Task task = task(word);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Sample sample : task.samples()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("id", sample.id());
            row.put("input", sample.input().get(sample.input().size() - 1).content());
            row.put("target", sample.target().display());
            row.put("tags", sample.tags());
            rows.add(row);
            session.print("== " + Plain.text(sample.id()) + "   target: "
                    + (sample.target().display().isEmpty()
                            ? "–"
                            : Plain.text(sample.target().display())));
            session.print(
                    Plain.lines(sample.input().get(sample.input().size() - 1).content()));
            session.print("");
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.task/1");
        document.putAll(summary(task));
        document.put("samples", rows);
        session.document(document);
        return ExitCode.DONE.code();
    }

    private Task task(String word) {
        return new SpecAssembler(session, Toolbox.components()).task(word).task();
    }

    static Map<String, @Nullable Object> summary(Task task) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("task", task.name());
        row.put("version", task.version());
        row.put("category", task.category());
        row.put("sample_count", (long) task.samples().size());
        row.put("grader", task.grader().provider());
        return row;
    }
}
