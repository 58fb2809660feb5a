package dev.rtel.graders.answer;

import java.util.Set;

/** Tells whether the text behind a number is a unit or plain words, which are dropped (rule C5). */
final class Units {
    private static final int MOST_WORDS = 12;
    private static final Set<String> SHORT = Set.of(
            "cm", "mm", "km", "dm", "kg", "mg", "ml", "min", "sec", "hr", "hrs", "ms", "ft", "in", "yd", "mi", "lb",
            "oz", "hz", "kw", "mph", "units", "unit", "deg", "rad", "degrees", "percent", "eur", "usd");

    private Units() {}

    /** Whether all of it can be dropped. */
    static boolean unit(String text, Set<String> refused, String letters, String scales, boolean bare) {
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == ' ' || c == '.' || c == '/' || c == '\u00B7' || c == ')' || c == ',') {
                i++;
                continue;
            }
            if (!Character.isLetter(c) || scales.indexOf(c) >= 0 || ++count > MOST_WORDS) {
                return false;
            }
            int end = i;
            while (end < text.length()
                    && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '\'' || text.charAt(end) == '-')) {
                if (scales.indexOf(text.charAt(end)) >= 0) {
                    return false;
                }
                end++;
            }
            String word = text.substring(i, end);
            boolean known = SHORT.contains(Fold.of(word)) || (word.length() == 1 && letters.indexOf(c) >= 0);
            if (word.length() == 1 && !known && !Text.ideographic(c)) {
                if (count == 1 || !"aI\u00E0y".contains(word)) {
                    return false;
                }
            }
            if (refused.contains(Fold.of(word)) || (bare && !known)) {
                return false;
            }
            i = exponent(text, end);
            if (count == 1 && i < text.length() && "^_({[+*=".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return count > 0;
    }

    private static int exponent(String text, int at) {
        if (at < text.length() && (text.charAt(at) == '\u00B2' || text.charAt(at) == '\u00B3')) {
            return at + 1;
        }
        for (String power : new String[] {"^2", "^3", "^{2}", "^{3}", "^{-1}", "^-1"}) {
            if (text.startsWith(power, at)) {
                return at + power.length();
            }
        }
        return at;
    }
}
