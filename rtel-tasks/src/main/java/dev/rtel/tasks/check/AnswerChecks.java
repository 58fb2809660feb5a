package dev.rtel.tasks.check;

import dev.rtel.eval.Message;
import dev.rtel.eval.Sample;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gold answers that need no thinking: those that stand in the prompt, and numbers that everybody tries first. */
final class AnswerChecks {
    private static final BigInteger SMALL = BigInteger.TEN;
    private static final Set<String> POPULAR = Set.of("10", "100", "1000", "2024", "2025", "2026", "2027");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,60}");

    private AnswerChecks() {}

    static void check(CheckedTask task, Sample sample, Findings findings) {
        Set<String> gold = Answers.numbers(sample, task.graderName());
        if (gold.isEmpty()) {
            return;
        }
        Set<String> named = Numbers.in(text(sample));
        gold.stream()
                .filter(named::contains)
                .findFirst()
                .ifPresent(value -> findings.error(
                        "gold-in-prompt",
                        sample,
                        "target",
                        "the gold answer '" + value + "' stands in the prompt",
                        "a prompt that does not name its answer",
                        "Change the numbers of the problem: echoing the prompt would pass"));
        gold.stream()
                .filter(AnswerChecks::guessable)
                .findFirst()
                .ifPresent(value -> findings.warning(
                        "guessable",
                        sample,
                        "target",
                        "the gold answer '" + value + "' is a number that a guesser tries first",
                        "an integer of at least 10 that is neither a round number nor a year",
                        "Ask for another quantity, or change the numbers of the problem"));
    }

    private static boolean guessable(String value) {
        return POPULAR.contains(value)
                || INTEGER.matcher(value).matches()
                        && new BigInteger(value).abs().compareTo(SMALL) < 0;
    }

    /** The whole conversation of a sample. */
    static String text(Sample sample) {
        return sample.input().stream().map(Message::content).collect(Collectors.joining("\n"));
    }

    /** What stands under a key of the metadata, as text; empty when it is blank. */
    static Optional<String> metadata(Sample sample, String key) {
        return Optional.ofNullable(sample.metadata().get(key))
                .map(String::valueOf)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
