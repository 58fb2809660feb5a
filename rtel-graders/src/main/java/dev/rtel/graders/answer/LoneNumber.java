package dev.rtel.graders.answer;

import dev.rtel.graders.internal.Rational;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads text that holds one number: words and a currency before it, the number, what {@link NumberTail} allows. */
final class LoneNumber {
    private static final Set<String> FILLERS = Set.of(
            "exactly",
            "precisely",
            "the",
            "number",
            "simply",
            "just",
            "equals",
            "equal",
            "is",
            "it",
            "there",
            "are",
            "value",
            "of",
            "total",
            "about",
            "approximately",
            "approx",
            "roughly",
            "circa",
            "genau",
            "die",
            "zahl",
            "ist",
            "eur",
            "usd",
            "chf",
            "gbp",
            "us",
            "integer",
            "answer",
            "therefore",
            "thus",
            "hence",
            "so",
            "then",
            "that",
            "le",
            "nombre");
    /** In brackets a comma that groups no thousands separates coordinates. */
    private static final Pattern PAIR = Pattern.compile("\\s*-?\\d+,-?(?!\\d{3}(?!\\d))\\d+\\s*");

    private final boolean decimalComma;

    LoneNumber(String locale) {
        this.decimalComma = NumberReader.decimalComma(locale);
    }

    /** Reads a number among fillers. */
    Reading among(String text) {
        return number(prefix(Text.trim(text, "")), false);
    }

    /** Reads a number with nothing around it but a known unit. */
    Reading bare(String text) {
        return number(text, true);
    }

    private Reading number(String s, boolean bare) {
        if (s.isEmpty()) {
            return Reading.NONE;
        }
        if ("([{".indexOf(s.charAt(0)) >= 0) {
            int close = Text.closing(s, 0);
            return close == s.length() - 1 && s.length() > 2 ? bracketed(s.substring(1, close)) : Reading.NONE;
        }
        var reader = new NumberReader(s, 0, decimalComma);
        Rational value = reader.read();
        if (reader.problem() != NumberReader.Problem.NONE) {
            return reader.problem() == NumberReader.Problem.SEVERAL ? Reading.SEVERAL : Reading.NONE;
        }
        return switch (NumberTail.judge(s.substring(reader.end()), bare)) {
            case ONE -> Reading.one(value.toString());
            case NONE -> Reading.NONE;
            case SEVERAL -> Reading.SEVERAL;
        };
    }

    private Reading bracketed(String inner) {
        if (inner.indexOf('(') >= 0 || inner.indexOf('[') >= 0) {
            return Reading.NONE;
        }
        return !decimalComma && PAIR.matcher(inner).matches() ? Reading.SEVERAL : among(inner);
    }

    /** Drops currency signs and fillers of two letters or more. */
    private static String prefix(String text) {
        String s = text;
        for (int rounds = 0; rounds < 12 && !s.isEmpty(); rounds++) {
            if ("$\u20AC\u00A3\u00A5\u20B9\u2248~=:,".indexOf(s.charAt(0)) >= 0) {
                s = s.substring(1).stripLeading();
                continue;
            }
            int end = 0;
            while (end < s.length() && Character.isLetter(s.charAt(end)) && !Text.ideographic(s.charAt(end))) {
                end++;
            }
            if (end < 2
                    || end == s.length()
                    || !FILLERS.contains(Fold.of(s.substring(0, end)))
                    || Character.isDigit(s.charAt(end))) {
                break;
            }
            s = s.substring(end).stripLeading();
        }
        return s;
    }
}
