package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import dev.rtel.spi.Grader;
import dev.rtel.spi.Task;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A task with what is needed to check it.
 *
 * @param task the task
 * @param grader its grader, made of the task's settings
 * @param chances how often a guesser is right, by sample id, twins considered; what is missing is unknown
 * @param stated what the sample's author says of that, by sample id
 * @param alone the same as {@code chances}, twins not considered
 */
public record CheckedTask(
        Task task,
        Grader grader,
        Map<String, OptionalDouble> chances,
        Map<String, OptionalDouble> stated,
        Map<String, OptionalDouble> alone) {
    /** Copies the maps. */
    public CheckedTask {
        chances = Map.copyOf(chances);
        stated = Map.copyOf(stated);
        alone = Map.copyOf(alone);
    }

    String graderName() {
        return task.grader().provider();
    }

    OptionalDouble chance(Sample sample) {
        return chances.getOrDefault(sample.id(), OptionalDouble.empty());
    }

    /** What is appended to the sample's input; empty for nothing. */
    String format(Sample sample) {
        return switch (task.answerFormat()) {
            case Task.NO_FORMAT -> "";
            case Task.AUTO_FORMAT -> grader.answerFormat(sample).orElse("");
            default -> task.answerFormat();
        };
    }
}
