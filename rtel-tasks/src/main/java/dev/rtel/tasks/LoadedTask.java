package dev.rtel.tasks;

import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import dev.rtel.spi.Task;
import java.util.List;

/** A task as its file states it. */
record LoadedTask(
        String name,
        String version,
        String category,
        List<Sample> samples,
        ComponentSpec grader,
        double passAt,
        String answerFormat,
        TaskPlaces places)
        implements Task {
    LoadedTask {
        samples = List.copyOf(samples);
    }
}
