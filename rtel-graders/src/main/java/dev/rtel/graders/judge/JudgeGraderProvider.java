package dev.rtel.graders.judge;

import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;

/** Makes {@code judge}: a proof checked by the model in the role {@code judge} against the sample's rubric. No settings. */
public final class JudgeGraderProvider implements GraderProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public JudgeGraderProvider() {}

    @Override
    public String name() {
        return "judge";
    }

    @Override
    public String description() {
        return "a model checks a proof against a rubric; the verdict is computed from its checkpoints";
    }

    @Override
    public Grader create(ComponentContext context) {
        context.config().knownKeys();
        return new JudgeGrader();
    }
}
