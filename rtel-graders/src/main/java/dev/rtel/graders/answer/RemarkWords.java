package dev.rtel.graders.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows the words with which a remark on a value gives a reason, sets a condition or takes the certainty away. */
final class RemarkWords {
    private static final Set<String> CAUSES = words(
            "because since as which where given by from after via for thanks checked verified so rather instead not"
                    + " assuming with without that using due hence therefore thus"
                    + " weil da denn nicht statt wobei also daher parce car puisque pas donc porque ya pues perche poiche"
                    + " quindi pois want omdat dus");
    private static final List<String> IDEOGRAPHIC_CAUSES =
            List.of("因为", "因為", "由于", "由於", "即", "因此", "所以", "理由", "なぜなら", "왜냐하면");
    private static final Set<String> CONDITIONS = words(
            "if unless depending otherwise provided wenn falls sofern sonst selon when sinon se sauf salvo tenzij если");
    private static final Set<String> DOUBTS = words(
            "or oder ou o oppure ovvero или maybe perhaps possibly alternatively could might vielleicht eventuell peut"
                    + " quizas forse talvez either beziehungsweise bzw vs versus sowie resp respectively alternativ");
    /** In front of two values: they are both named. */
    private static final Set<String> PAIRED =
            words("either both between entweder sowohl zwischen soit entre tra sia beide zowel или между");

    private static final Set<String> CONCLUSIONS =
            words("so hence therefore thus giving also daher somit donc ainsi dus");
    private static final Set<String> DISMISSALS = words(
            "not wrong incorrect false cannot can't isn't impossible excluded falsch nicht unmoglich faux fausse least most"
                    + " fewer more less mindestens hochstens");
    private static final Pattern DENIED_BEHIND = Pattern.compile("ない|ません|아니|아닙|不是|不对|错误");
    private static final Pattern SECOND_OFFER = Pattern.compile(
            "(?<!\\p{L})(?:or|oder|ou|maybe|perhaps|possibly|alternatively|as well as|sowie)\\s+[^\\p{L}\\s]{0,3}\\d"
                    + "|[,;]\\s*-?\\d+\\s+(?:for|if|when|fur|wenn|pour|si|para|per|se)(?!\\p{L})");

    private RemarkWords() {}

    private static Set<String> words(String joined) {
        return Set.copyOf(Arrays.asList(Fold.of(joined).split(" ")));
    }

    /** Whether a text of a script that denies behind the value does so. */
    static boolean deniedBehind(String text) {
        return Text.ideographs(text) && DENIED_BEHIND.matcher(text).find();
    }

    /** Whether this folded word announces two values. */
    static boolean paired(String word) {
        return PAIRED.contains(word);
    }

    /** Whether this folded word makes what follows the point of what precedes. */
    static boolean conclusion(String word) {
        return CONCLUSIONS.contains(word);
    }

    /** Whether this folded word takes a value back or makes a bound of it. */
    static boolean dismissal(String word) {
        return DISMISSALS.contains(word);
    }

    /** Whether this folded word starts a reason. */
    static boolean reason(String word) {
        return CAUSES.contains(word) || IDEOGRAPHIC_CAUSES.stream().anyMatch(word::startsWith);
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

    /** Whether a doubt is among the first three words of this text, or another number under a condition at its start. */
    static boolean doubts(String text) {
        List<String> words = Text.words(Fold.of(text));
        return words.stream().limit(3).anyMatch(DOUBTS::contains)
                || (words.size() > 1 && Text.digit(words.get(0)) && CONDITIONS.contains(words.get(1)));
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
