package dev.rtel.simulator;

import java.util.List;

/** Filler and thinking texts. They hold no numbers, no yes or no, no choice letters and no code, so graders skip them. */
final class Texts {
    private static final int CHARACTERS_PER_TOKEN = 4;

    private static final List<String> FILLER = List.of(
            "We start from the given statement and restate what is asked.",
            "We go through the conditions in their order.",
            "We keep only what the conditions force.",
            "We compare the remaining cases with each other.",
            "We check the result against every condition.");

    private static final List<String> THINKING = List.of(
            "Okay, the task is stated above, so first collect what is given.",
            "Wait, look at the conditions again before going on.",
            "Try the direct way first and see how far it carries.",
            "That seems to fit, but it has to be checked against the rest.",
            "Hmm, another way would be to work backwards from the result.",
            "Both ways lead to the same place, which is reassuring.");

    private Texts() {}

    /** Returns the number of tokens of a text: one for every four characters begun. */
    static long tokens(String text) {
        return (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    /** Returns the part of a text that has at most the given number of tokens. */
    static String head(String text, long tokens) {
        int end = (int) Math.min(text.length(), tokens * CHARACTERS_PER_TOKEN);
        boolean splitsPair = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end);
    }

    /** Returns filler sentences, each on its own line, followed by an empty line; nothing if there are none. */
    static String filler(Dice dice, double verbosity) {
        long sentences = Math.round(verbosity * (1 + 3 * dice.roll("filler")));
        if (sentences == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append(FILLER.get(i % FILLER.size())).append('\n');
        }
        return text.append('\n').toString();
    }

    /** Returns a thinking text of exactly the given number of tokens. */
    static String thinking(Dice dice, long tokens) {
        int length = (int) Math.min(tokens * CHARACTERS_PER_TOKEN, 4_000_000);
        StringBuilder text = new StringBuilder(length + 100);
        for (int i = dice.pick("thinking", THINKING.size()); text.length() < length; i++) {
            text.append(THINKING.get(i % THINKING.size())).append(' ');
        }
        text.setLength(length);
        return text.toString();
    }
}
