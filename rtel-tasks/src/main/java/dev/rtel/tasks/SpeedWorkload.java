package dev.rtel.tasks;

import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.spi.Task;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Prompts of about 2,000 tokens that ask for more than 400 tokens of output. No two begin alike, so that no prompt cache
 * makes the second faster than the first.
 */
final class SpeedWorkload implements Task {
    private static final int LINES = 100;
    private static final List<String> PLACES = List.of(
            "harbour", "mill", "market hall", "north gate", "observatory", "library", "tram depot", "botanical garden");
    private static final List<String> THINGS = List.of(
            "the clock", "a lantern", "the weather vane", "a row of bicycles", "the notice board", "a fountain");
    private static final List<String> STATES = List.of(
            "stands still", "was repaired this week", "is out of order", "looks freshly painted", "needs a new screw");

    private final List<Sample> samples;

    SpeedWorkload(int count) {
        samples =
                IntStream.rangeClosed(1, count).mapToObj(SpeedWorkload::sample).toList();
    }

    private static Sample sample(int number) {
        var random = new SplittableRandom(number);
        StringBuilder report = new StringBuilder("Inspection report ")
                .append(Long.toHexString(random.nextLong()))
                .append(".\n");
        for (int line = 1; line <= LINES; line++) {
            report.append(line)
                    .append(". At the ")
                    .append(pick(PLACES, random))
                    .append(", ")
                    .append(pick(THINGS, random))
                    .append(' ')
                    .append(pick(STATES, random))
                    .append("; checked at ")
                    .append(random.nextInt(8, 18))
                    .append(" o'clock.\n");
        }
        report.append("\nContinue this report in the same style with lines ")
                .append(LINES + 1)
                .append(" to ")
                .append(2 * LINES)
                .append(". Write every line in full and do not stop early.");
        return Sample.builder("run-" + number)
                .input(report.toString())
                .target(new Target.None())
                .build();
    }

    private static String pick(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }

    @Override
    public String name() {
        return SpeedTaskProvider.NAME;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Sample> samples() {
        return samples;
    }

    @Override
    public ComponentSpec grader() {
        return ComponentSpec.of("none");
    }

    @Override
    public String answerFormat() {
        return NO_FORMAT;
    }
}
