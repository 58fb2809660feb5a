package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import dev.rtel.spi.Task;
import dev.rtel.tasks.TaskPlaces;
import dev.rtel.tasks.check.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is found about one task. Not thread-safe. */
final class Findings {
    private final Task task;
    private final TaskPlaces places;
    private final List<Finding> found = new ArrayList<>();

    Findings(Task task) {
        this.task = task;
        this.places = TaskPlaces.of(task);
    }

    void error(String rule, Sample sample, String key, String what, String expected, String todo) {
        add(Severity.ERROR, rule, sample, key, what, expected, todo);
    }

    void warning(String rule, Sample sample, String key, String what, String expected, String todo) {
        add(Severity.WARNING, rule, sample, key, what, expected, todo);
    }

    void ofTask(Severity severity, String rule, String what, String expected, String todo) {
        found.add(
                new Finding(severity, rule, places.file().orElse(task.name()), Optional.empty(), what, expected, todo));
    }

    private void add(
            Severity severity, String rule, Sample sample, String key, String what, String expected, String todo) {
        found.add(new Finding(severity, rule, place(sample, key), Optional.of(sample.id()), what, expected, todo));
    }

    /** Where a key of a sample stands. */
    String place(Sample sample, String key) {
        return places.of(task, sample.id(), key);
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
