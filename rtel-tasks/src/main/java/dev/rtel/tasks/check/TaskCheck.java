package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import dev.rtel.tasks.check.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether tasks are sound. That a file has the right keys and types is seen when it is read. Stateless; blocks
 * while code is run.
 */
public final class TaskCheck {
    private TaskCheck() {}

    /**
     * Checks tasks that belong together.
     *
     * @return one report a task, in the order given
     * @throws InterruptedException if interrupted while code is run
     */
    public static List<TaskReport> of(List<CheckedTask> tasks) throws InterruptedException {
        var duplicates = new DuplicateChecks();
        Set<String> names = new HashSet<>();
        List<TaskReport> reports = new ArrayList<>();
        for (CheckedTask task : tasks) {
            var findings = new Findings(task.task());
            if (!names.add(task.task().name())) {
                findings.ofTask(
                        Severity.ERROR,
                        "task-name",
                        "two tasks are named '" + task.task().name() + "'",
                        "a name of its own",
                        "Rename one of them: a run takes each name once");
            }
            reports.add(report(task, duplicates, findings));
        }
        return reports;
    }

    private static TaskReport report(CheckedTask task, DuplicateChecks duplicates, Findings findings)
            throws InterruptedException {
        var code = new CodeChecks(task, findings);
        Map<String, String> remarks = new HashMap<>();
        for (Sample sample : task.task().samples()) {
            Optional<String> problem = task.grader().check(sample);
            problem.ifPresent(what -> findings.error(
                    "grader",
                    sample,
                    key(what),
                    what,
                    "what the grader " + task.graderName() + " needs",
                    "Correct it: a run would refuse the task"));
            AnswerChecks.check(task, sample, findings);
            PromptChecks.check(task, sample, findings);
            duplicates.check(task, sample, findings);
            ProofChecks.check(sample, findings);
            if (problem.isEmpty()) {
                remarks.put(sample.id(), code.check(sample));
            }
        }
        TwinChecks.check(task, findings);
        Guessing guessing = new GuessingChecks(task, findings).check();
        List<SampleRow> rows = task.task().samples().stream()
                .map(sample -> row(task, sample, remarks.getOrDefault(sample.id(), ""), findings))
                .toList();
        return new TaskReport(task.task(), rows, guessing, findings.all());
    }

    /** A grader's message begins with the key it is about. */
    private static String key(String message) {
        return message.split("[ :\\[]", 2)[0];
    }

    private static SampleRow row(CheckedTask task, Sample sample, String remark, Findings findings) {
        List<String> rules = findings.all().stream()
                .filter(f -> f.severity() != Severity.NOTE && f.sample().equals(Optional.of(sample.id())))
                .map(Finding::rule)
                .distinct()
                .toList();
        return new SampleRow(
                sample.id(),
                rules,
                remark,
                task.chance(sample),
                sample.workload(),
                PromptChecks.licence(sample),
                PromptChecks.words(task, sample));
    }
}
