package dev.rtel.tasks.generated;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Wording that several kinds of problems share. */
final class Prose {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final List<String> NUMBERS = List.of(
            "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
    /** Answers that are guessed without a thought. */
    private static final Set<Long> POPULAR = Set.of(100L, 1000L, 2024L, 2025L, 2026L, 2027L);

    static final List<String> NAMES = List.of(
            "Arno", "Bela", "Cleo", "Dora", "Emil", "Fred", "Gina", "Hugo", "Ines", "Jonas", "Karla", "Leo", "Mona",
            "Nils", "Olga", "Paul", "Rosa", "Sven", "Tilda", "Udo", "Vera", "Wanda");

    private Prose() {}

    static String number(int value) {
        return NUMBERS.get(value);
    }

    static String numbered(List<String> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> (i + 1) + ". " + lines.get(i))
                .collect(Collectors.joining("\n"));
    }

    /** {@code a, b and c}. */
    static String listed(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /** No example vector: one that is not the answer would be a hint, one that is would give it away. */
    static String askForTruths(int count) {
        return "Reply with exactly " + number(count)
                + " truth values, each `true` or `false`, in the order of the claims and separated by commas.";
    }

    /** Share of right guesses among equally likely vectors. */
    static String chanceOfTruths(int count) {
        return BigDecimal.ONE
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(count)))
                .toPlainString();
    }

    /** Whether a number may be a gold answer: at least 10, none that is guessed, not printed in the prompt. */
    static boolean mayBeGold(long gold, String prompt) {
        String digits = String.valueOf(gold);
        return gold >= 10
                && !POPULAR.contains(gold)
                && NUMBER.matcher(prompt)
                        .results()
                        .noneMatch(found -> found.group().equals(digits));
    }
}
