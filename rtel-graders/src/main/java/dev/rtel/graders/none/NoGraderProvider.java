package dev.rtel.graders.none;

import dev.rtel.eval.Score;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;

/** Makes {@code none}: leaves every completion unscored, for measuring and collecting. No settings. */
public final class NoGraderProvider implements GraderProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public NoGraderProvider() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String description() {
        return "leaves every completion unscored, for measuring and collecting";
    }

    @Override
    public Grader create(ComponentContext context) {
        context.config().knownKeys();
        return (submission, grading) -> Score.unscored("not-graded", "the task asks for no grading");
    }
}
