package dev.rtel.tasks;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Task;
import dev.rtel.spi.TaskProvider;

/**
 * Makes the workload that output speed is measured with: {@code speed:5} has five samples. Setting: {@value
 * TaskSources#ARGUMENTS}, their number; 5 when empty.
 */
public final class SpeedTaskProvider implements TaskProvider {
    /** Name of this provider and of the task it makes. */
    public static final String NAME = "speed";

    private static final int USUAL = 5;
    private static final int MOST = 1_000;

    /** Made by {@link java.util.ServiceLoader}. */
    public SpeedTaskProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Task create(ComponentContext context) {
        Config config = context.config().knownKeys(TaskSources.ARGUMENTS);
        String number = config.string(TaskSources.ARGUMENTS).orElse("");
        return new SpeedWorkload(number.isEmpty() ? USUAL : samples(config, number));
    }

    private static int samples(Config config, String number) {
        if (!number.matches("[1-9]\\d{0,3}") || Integer.parseInt(number) > MOST) {
            throw new ConfigException(config.at(TaskSources.ARGUMENTS) + " is '" + number
                    + "', expected the number of samples, 1 to " + MOST + ", e.g. speed:5");
        }
        return Integer.parseInt(number);
    }

    @Override
    public String description() {
        return "prompts of about 2,000 tokens that ask for a long answer, to measure speed; not graded";
    }
}
