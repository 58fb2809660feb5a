package dev.rtel.graders.answer;

import java.util.List;
import java.util.Set;

/** Tells what the text behind a number makes of it: a unit, a reason, a range, a condition. */
final class NumberTail {
    private static final Set<String> RANGES = Set.of("to", "bis", "through", "tot", "до", "至", "到");

    private NumberTail() {}

    /** Judges the text; {@code bare} says that nothing but a known unit may be there. */
    static Reading.Kind judge(String text, boolean bare) {
        String t = text.strip();
        for (int rounds = 0;
                rounds < 2 && !t.isEmpty() && "%\u2030\u00B0\u20AC\u00A3\u00A5$\u20B9".indexOf(t.charAt(0)) >= 0;
                rounds++) {
            t = t.substring(1).stripLeading();
        }
        if (t.isEmpty()) {
            return Reading.Kind.ONE;
        }
        if (Units.ordinal(text) || RemarkWords.deniedBehind(t)) {
            return Reading.Kind.NONE;
        }
        char first = t.charAt(0);
        String rest = t.substring(1);
        if (Text.DASHES.indexOf(first) >= 0 && !rest.isEmpty()) {
            boolean range = Character.isDigit(
                    rest.strip().isEmpty() ? ' ' : rest.strip().charAt(0));
            if (!rest.isEmpty() && "\\({".indexOf(rest.charAt(0)) >= 0) {
                return Reading.Kind.NONE;
            }
            if (range) {
                return text.charAt(0) == ' ' ? Reading.Kind.NONE : Reading.Kind.SEVERAL;
            }
            return remark(rest, bare);
        }
        if (first == ',' || first == ';' || first == ':' || first == '/' || first == '?') {
            return remark(rest, bare);
        }
        Reading.Kind plain = words(t, bare);
        return plain == Reading.Kind.NONE && Units.unit(t, bare) && !dismissed(t) ? Reading.Kind.ONE : plain;
    }

    /** Whether a word between two numbers makes a range of them. */
    static boolean range(String word) {
        return RANGES.contains(Fold.of(word));
    }

    private static boolean dismissed(String t) {
        return Text.words(Fold.of(t)).stream().anyMatch(RemarkWords::dismissal);
    }

    private static Reading.Kind words(String t, boolean bare) {
        List<String> words = Text.words(Fold.of(t));
        if (bare || words.isEmpty() || words.stream().limit(4).anyMatch(Units::refused)) {
            return Reading.Kind.NONE;
        }
        if (words.stream().anyMatch(RemarkWords::unsettling)) {
            return Reading.Kind.SEVERAL;
        }
        boolean range = range(words.get(0));
        return range && Text.digit(t) ? Reading.Kind.SEVERAL : Reading.Kind.NONE;
    }

    private static Reading.Kind remark(String rest, boolean bare) {
        List<String> words = Text.words(Fold.of(rest));
        if (words.isEmpty()) {
            return Reading.Kind.ONE;
        }
        if (bare) {
            return Reading.Kind.NONE;
        }
        for (String word : words) {
            if (RemarkWords.unsettling(word)) {
                return Reading.Kind.SEVERAL;
            }
        }
        if (Text.digit(rest)) {
            return RemarkWords.reason(words.get(0)) ? Reading.Kind.ONE : Reading.Kind.SEVERAL;
        }
        return Reading.Kind.ONE;
    }
}
