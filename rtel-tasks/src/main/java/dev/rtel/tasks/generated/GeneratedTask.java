package dev.rtel.tasks.generated;

import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import dev.rtel.spi.Task;
import java.util.List;

/** The samples of a request. */
record GeneratedTask(String name, String version, String category, List<Sample> samples, ComponentSpec grader)
        implements Task {
    static GeneratedTask of(Request request) {
        Generator generator = request.generator();
        return new GeneratedTask(
                "generated-" + generator.name(),
                generator.version() + "?"
                        + request.word().substring(request.word().indexOf('?') + 1),
                generator.category(),
                new SampleMaker(request).samples(),
                ComponentSpec.of(generator.grader()));
    }
}
