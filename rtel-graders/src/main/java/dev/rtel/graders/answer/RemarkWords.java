package dev.rtel.graders.answer;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows the words with which a remark on a value gives a reason, sets a condition or takes the certainty away. */
final class RemarkWords {
    private static final Set<String> CAUSES = Set.of(
            "because",
            "since",
            "as",
            "which",
            "where",
            "given",
            "by",
            "from",
            "after",
            "via",
            "for",
            "thanks",
            "weil",
            "da",
            "denn",
            "parce",
            "car",
            "porque",
            "ya",
            "puisque",
            "checked",
            "verified",
            "so",
            "rather",
            "instead",
            "not",
            "nicht",
            "pas",
            "assuming",
            "with",
            "without");
    private static final Set<String> CONDITIONS =
            Set.of("if", "unless", "depending", "otherwise", "wenn", "falls", "sofern", "selon");
    private static final Set<String> DOUBTS = Set.of(
            "or",
            "oder",
            "ou",
            "o",
            "maybe",
            "perhaps",
            "possibly",
            "alternatively",
            "could",
            "might",
            "vielleicht",
            "eventuell",
            "peut",
            "quizas",
            "either",
            "beziehungsweise",
            "bzw");
    private static final Pattern SECOND_OFFER =
            Pattern.compile("(?<!\\p{L})(?:or|oder|ou|maybe|perhaps|possibly|alternatively)\\s+[^\\p{L}\\s]{0,3}\\d");

    private RemarkWords() {}

    /** Whether this folded word starts a reason. */
    static boolean reason(String word) {
        return CAUSES.contains(word);
    }

    /** Whether this folded word makes the value conditional or one of several. */
    static boolean unsettling(String word) {
        return CONDITIONS.contains(word) || DOUBTS.contains(word);
    }

    /** Whether the first word of this text starts a reason. */
    static boolean startsWithReason(String text) {
        List<String> words = Text.words(Fold.of(text));
        return !words.isEmpty() && reason(words.get(0));
    }

    /** Whether a doubt is among the first three words of this text. */
    static boolean startsWithDoubt(String text) {
        return Text.words(Fold.of(text)).stream().limit(3).anyMatch(DOUBTS::contains);
    }

    /** Whether a reason goes on to offer another number: "since it is even, or maybe 19". */
    static boolean offersAnother(String reason) {
        return SECOND_OFFER.matcher(Fold.of(reason)).find();
    }

    /** Index of the word behind a number that starts a reason, or -1: equations in the reason do not count. */
    static int reasonStart(String s) {
        String folded = Fold.of(s);
        for (int i = 1; i < folded.length(); i++) {
            if (Character.isLetter(folded.charAt(i)) && !Character.isLetterOrDigit(folded.charAt(i - 1))) {
                int end = i;
                while (end < folded.length() && Character.isLetter(folded.charAt(end))) {
                    end++;
                }
                if (reason(folded.substring(i, end)) && Text.digit(folded.substring(0, i))) {
                    return i;
                }
                i = end;
            }
        }
        return -1;
    }
}
