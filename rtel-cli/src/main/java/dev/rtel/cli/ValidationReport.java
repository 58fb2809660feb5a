package dev.rtel.cli;

import dev.rtel.tasks.check.Finding;
import dev.rtel.tasks.check.Finding.Severity;
import dev.rtel.tasks.check.Guessing;
import dev.rtel.tasks.check.SampleRow;
import dev.rtel.tasks.check.TaskReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code rtel tasks validate} found, as a table and as {@code rtel.validation/1}.
 *
 * @param tasks reports of the tasks that could be read
 * @param unreadable what is wrong with the files that could not
 * @param items what a run says about the samples
 * @param strict whether warnings are errors
 */
record ValidationReport(List<TaskReport> tasks, List<Finding> unreadable, Optional<ItemReport> items, boolean strict) {
    private static final String UNKNOWN = "–";

    boolean valid() {
        return errors() == 0;
    }

    private Stream<Finding> findings() {
        return Stream.concat(unreadable.stream(), tasks.stream().flatMap(task -> task.findings().stream()));
    }

    private boolean isError(Finding finding) {
        return finding.severity() == Severity.ERROR || strict && finding.severity() == Severity.WARNING;
    }

    private long errors() {
        return findings().filter(this::isError).count();
    }

    private long warnings() {
        return findings()
                .filter(f -> f.severity() == Severity.WARNING && !isError(f))
                .count();
    }

    void print(Session session) {
        tasks.forEach(task -> table(session, task));
        findings()
                .forEach(finding -> session.print(
                        (isError(finding) ? "error" : finding.severity().word()) + "  " + Plain.text(finding.text())));
        items.ifPresent(report -> report.print(session));
        String told = Stream.of(count(errors(), "error"), count(warnings(), "warning"))
                .filter(text -> !text.isEmpty())
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        if (!tasks.isEmpty() || !unreadable.isEmpty()) {
            session.print(told.isEmpty() ? "ok" : told);
        }
        findings()
                .filter(this::isError)
                .findFirst()
                .ifPresent(first ->
                        session.surroundings().err().println("rtel: " + told + "; the first: " + named(first)));
    }

    private String named(Finding finding) {
        String task = tasks.stream()
                .filter(report -> report.findings().contains(finding))
                .map(report -> "task '" + report.task().name() + "': ")
                .findFirst()
                .orElse("");
        return Plain.text(task + finding.text());
    }

    private static String count(long n, String what) {
        return n == 0 ? "" : n + " " + what + (n == 1 ? "" : "s");
    }

    private static void table(Session session, TaskReport report) {
        var task = report.task();
        session.print(Plain.text(task.name()) + "  version " + Plain.text(task.version()) + ", "
                + Plain.text(task.category()) + ", " + report.rows().size() + " samples, grader "
                + Plain.text(task.grader().provider()));
        int width = Math.max(
                6,
                report.rows().stream().mapToInt(row -> row.id().length()).max().orElse(0));
        String format = "  %-" + width + "s  %7s  %8s  %-12s  %5s  %s";
        session.print(String.format(Locale.ROOT, format, "sample", "chance", "workload", "licence", "words", "checks"));
        for (SampleRow row : report.rows()) {
            String checks = row.rules().isEmpty() ? "ok" : String.join(", ", row.rules());
            session.print(Plain.text(String.format(
                    Locale.ROOT,
                    format,
                    row.id(),
                    percent(row.chance()),
                    row.workload().isPresent()
                            ? BigDecimal.valueOf(row.workload().getAsDouble())
                                    .stripTrailingZeros()
                                    .toPlainString()
                            : UNKNOWN,
                    row.licence().orElse(UNKNOWN),
                    row.words(),
                    checks + (row.remark().isEmpty() ? "" : " (" + row.remark() + ")"))));
        }
        Guessing guessing = report.guessing();
        session.print("  guessing scores " + percent(guessing.random())
                + guessing.constant()
                        .map(answer -> ", always '" + Plain.text(answer) + "' " + guessing.constantRight() + " of "
                                + guessing.of())
                        .orElse(""));
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble()) : UNKNOWN;
    }

    /** One task's facts stand at the top as well, where scripts looked for them first. */
    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.validation/1");
        document.put("valid", valid());
        document.put("errors", errors());
        document.put("warnings", warnings());
        if (tasks.size() == 1) {
            document.putAll(TasksCommand.summary(tasks.get(0).task()));
        }
        List<Object> reports = new ArrayList<>();
        tasks.forEach(task -> reports.add(document(task)));
        document.put("tasks", reports);
        List<Object> unread = new ArrayList<>();
        unreadable.forEach(finding -> unread.add(document(finding)));
        document.put("unreadable", unread);
        document.put("run", items.map(ItemReport::document).orElse(null));
        return document;
    }

    private Map<String, @Nullable Object> document(TaskReport report) {
        Map<String, @Nullable Object> task = new LinkedHashMap<>(TasksCommand.summary(report.task()));
        Guessing guessing = report.guessing();
        Map<String, @Nullable Object> strategies = new LinkedHashMap<>();
        strategies.put("random", number(guessing.random()));
        strategies.put("constant", guessing.constant().orElse(null));
        strategies.put("constant_right", (long) guessing.constantRight());
        strategies.put("of", (long) guessing.of());
        task.put("guessing", strategies);
        List<Object> rows = new ArrayList<>();
        for (SampleRow row : report.rows()) {
            Map<String, @Nullable Object> sample = new LinkedHashMap<>();
            sample.put("id", row.id());
            sample.put("ok", row.rules().isEmpty());
            sample.put("rules", row.rules());
            sample.put("remark", row.remark());
            sample.put("chance", number(row.chance()));
            sample.put("workload", number(row.workload()));
            sample.put("licence", row.licence().orElse(null));
            sample.put("words", (long) row.words());
            rows.add(sample);
        }
        task.put("samples", rows);
        List<Object> findings = new ArrayList<>();
        report.findings().forEach(finding -> findings.add(document(finding)));
        task.put("findings", findings);
        return task;
    }

    private Map<String, @Nullable Object> document(Finding finding) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("severity", isError(finding) ? "error" : finding.severity().word());
        map.put("rule", finding.rule());
        map.put("where", finding.where());
        map.put("sample", finding.sample().orElse(null));
        map.put("what", finding.what());
        map.put("expected", finding.expected());
        map.put("todo", finding.todo());
        return map;
    }

    private static @Nullable Object number(OptionalDouble value) {
        return value.isPresent() ? BigDecimal.valueOf(value.getAsDouble()) : null;
    }
}
