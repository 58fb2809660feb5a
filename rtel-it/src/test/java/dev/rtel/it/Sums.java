package dev.rtel.it;

import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.spi.Task;
import java.util.List;
import java.util.stream.IntStream;

/** Sums that all have the same answer. */
record Sums(List<Sample> samples) implements Task {
    static Sums of(int count) {
        return new Sums(IntStream.range(0, count)
                .mapToObj(i -> Sample.of("s" + i, "What is 30 + 12? (" + i + ")", Target.of("42")))
                .toList());
    }

    @Override
    public String name() {
        return "sums";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public ComponentSpec grader() {
        return ComponentSpec.of("exact-numeric");
    }
}
