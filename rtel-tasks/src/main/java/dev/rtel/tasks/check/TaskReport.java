package dev.rtel.tasks.check;

import dev.rtel.spi.Task;
import dev.rtel.tasks.check.Finding.Severity;
import java.util.List;

/**
 * What checking found about one task.
 *
 * @param task the task
 * @param rows its samples, in order
 * @param guessing how far one gets without reading it
 * @param findings in order of the samples within each rule
 */
public record TaskReport(Task task, List<SampleRow> rows, Guessing guessing, List<Finding> findings) {
    /** Copies the lists. */
    public TaskReport {
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /** Returns how many findings there are of a severity. */
    public int count(Severity severity) {
        return (int) findings.stream().filter(f -> f.severity() == severity).count();
    }
}
