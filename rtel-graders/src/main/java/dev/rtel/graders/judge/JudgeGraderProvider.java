package dev.rtel.graders.judge;

import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;

/**
 * Makes {@code judge}: a proof checked against the sample's rubric by the model in the role {@code judge}. Settings:
 * {@code judges} (1 to 9, default 1; more than one means the roles {@code judge-1}, {@code judge-2} …), {@code votes} (1 to
 * 25, default 1; how often each is asked) and {@code injection} ({@code flag} by default; {@code fail} fails submissions
 * that judges say tried to steer them).
 */
public final class JudgeGraderProvider implements GraderProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public JudgeGraderProvider() {}

    @Override
    public String name() {
        return "judge";
    }

    @Override
    public String description() {
        return "models check a proof against a rubric; the verdict is computed from their checkpoints";
    }

    @Override
    public Grader create(ComponentContext context) {
        return new JudgeGrader(JudgeSettings.read(context.config()));
    }
}
