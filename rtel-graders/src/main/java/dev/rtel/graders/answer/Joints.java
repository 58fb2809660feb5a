package dev.rtel.graders.answer;

import java.util.List;
import java.util.Set;

/** Finds what joins a phrase to its value: "is therefore", a colon, an arrow, a dash. */
final class Joints {
    private static final Set<String> COPULAS =
            Set.of("is", "equals", "lautet", "ist", "betragt", "est", "es", "e", "is:", "jest", "ar", "er", "je", "be");
    private static final Set<String> ADVERBS = Set.of(
            "therefore",
            "thus",
            "then",
            "hence",
            "simply",
            "just",
            "indeed",
            "clearly",
            "exactly",
            "now",
            "so",
            "must",
            "here",
            "daher",
            "somit",
            "folglich",
            "donc",
            "entonces",
            "clairement",
            "dus",
            "daarom",
            "also",
            "ainsi",
            "alors",
            "pues",
            "luego",
            "quindi",
            "dunque",
            "pertanto",
            "portanto",
            "logo",
            "consequently",
            "accordingly",
            "finally",
            "definitely",
            "certainly");
    /** Adjectives that follow their noun: "la respuesta correcta es". */
    private static final Set<String> TRAILING_ADJECTIVES = Set.of(
            "correcta",
            "correcte",
            "corretta",
            "correta",
            "exacta",
            "exacte",
            "esatta",
            "exata",
            "buscada",
            "cherchee",
            "recherchee",
            "cercata",
            "procurada",
            "pedida",
            "final",
            "finale",
            "juste",
            "bonne");
    /** Negated forms of "to be"; they belong to the value. */
    private static final List<String> DENIALS =
            List.of("isn't ", "cannot be ", "can't be ", "n'est pas ", "n'est ", "no es ", "non e ", "nao e ");

    private static final List<String> ADDRESSEES = List.of(
            "to the question",
            "to this question",
            "to the problem",
            "to this problem",
            "to the puzzle",
            "to your question",
            "auf die frage",
            "a la question");
    private static final int LONGEST_WORD = 24;
    private final String text;
    private final String folded;
    private final Lines lines;

    Joints(CleanText reply, Lines lines) {
        this.text = reply.text();
        this.folded = reply.folded();
        this.lines = lines;
    }

    /** Index after blanks, a remark in parentheses, "to the question", an opening quotation mark. */
    int afterRemark(int from, Phrases.Role role) {
        int i = lines.blanks(from);
        if (role != Phrases.Role.CLAIM && i < text.length() && text.charAt(i) == '(') {
            int close = i;
            while (close < text.length() && close - i < 80 && ")\n".indexOf(text.charAt(close)) < 0) {
                close++;
            }
            if (close < text.length() && text.charAt(close) == ')') {
                i = lines.blanks(close + 1);
            }
        }
        int end = i;
        while (end < text.length() && end - i < LONGEST_WORD && Character.isLetter(folded.charAt(end))) {
            end++;
        }
        if (role != Phrases.Role.CLAIM && end > i && TRAILING_ADJECTIVES.contains(folded.substring(i, end))) {
            i = lines.blanks(end);
        }
        for (String of : ADDRESSEES) {
            if (folded.startsWith(of, i)) {
                i = lines.blanks(i + of.length());
            }
        }
        return i < text.length() && Text.quote(text.charAt(i)) ? lines.blanks(i + 1) : i;
    }

    /** Index after the sign here that announces a value, or this index when there is none. */
    int afterSign(int at) {
        if (arrow(at)) {
            return at + 2;
        }
        boolean sign = at < text.length() && (":=\u2192\u21D2\u2794".indexOf(text.charAt(at)) >= 0 || dash(at));
        return sign ? at + 1 : at;
    }

    /** Whether a negated form of "to be" stands here: of a claim may be said that it is not true. */
    boolean denial(int at) {
        return DENIALS.stream().anyMatch(denial -> folded.startsWith(denial, at));
    }

    /** Index after a form of "to be" and adverbs around it, or this index when there is none. */
    int afterCopula(int from) {
        int i = from;
        boolean seen = false;
        for (int words = 0; words < 5 && i < text.length(); words++) {
            if ("\u662F\u4E3A\u70BA\u306F\u7B49".indexOf(folded.charAt(i)) >= 0) {
                boolean equal = i + 1 < text.length() && "\u4E8E\u65BC".indexOf(text.charAt(i + 1)) >= 0;
                return equal ? i + 2 : i + 1;
            }
            int end = i;
            while (end < text.length() && end - i < LONGEST_WORD && Character.isLetter(folded.charAt(end))) {
                end++;
            }
            String word = folded.substring(i, end);
            boolean is = COPULAS.contains(word);
            if (end == i || !(is || ADVERBS.contains(word))) {
                break;
            }
            seen |= is;
            i = lines.blanks(end);
            if (seen && i < text.length() && (text.charAt(i) == ',' || text.charAt(i) == ':')) {
                i = lines.blanks(i + 1);
            }
        }
        return seen ? i : from;
    }

    private boolean arrow(int i) {
        return text.startsWith("->", i) || text.startsWith("=>", i);
    }

    /** A dash that separates: blanks around it, so that it is no minus. */
    private boolean dash(int i) {
        return Text.DASHES.indexOf(text.charAt(i)) >= 0
                && i + 1 < text.length()
                && text.charAt(i + 1) == ' '
                && i > 0
                && text.charAt(i - 1) == ' ';
    }
}
