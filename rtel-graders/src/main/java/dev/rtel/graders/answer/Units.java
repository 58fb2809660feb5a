package dev.rtel.graders.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Tells whether the text behind a number is a unit or plain words, which are dropped (rule C5). */
final class Units {
    private static final int MOST_WORDS = 12;
    private static final Set<String> SHORT = Set.of(
            "cm", "mm", "km", "dm", "kg", "mg", "ml", "min", "sec", "hr", "hrs", "ms", "ft", "in", "yd", "mi", "lb",
            "oz", "hz", "kw", "mph", "units", "unit", "deg", "rad", "degrees", "percent", "eur", "usd");

    /** Words that change the number or belong to it, folded. */
    private static final Set<String> REFUSED = Set.copyOf(Arrays.asList(Fold.of(
                    "times plus minus over divided multiplied squared cubed factorial choose mod modulo raised power point"
                            + " pi sqrt root log ln sin cos tan exp nor und et and"
                            + " hundred hundreds thousand thousands million millions billion billions trillion dozen score"
                            + " tens lakh crore bn mn half halves third thirds quarter quarters fourth fourths fifth fifths"
                            + " sixth sixths seventh sevenths eighth eighths ninth ninths tenth tenths twelfths hundredths"
                            + " thousandths"
                            + " hundert tausend million millionen milliarde milliarden mio mrd dutzend drittel viertel funftel"
                            + " sechstel achtel zehntel halb halbe mal hoch durch geteilt"
                            + " cent mille milliers millier milliard milliards demi tiers quart quarts cinquiemes fois"
                            + " puissance sur moins"
                            + " mil miles cien cientos millon millones tercio tercios cuarto cuartos quinto quintos medio"
                            + " medios mitad por veces mas menos entre elevado dividido"
                            + " mila cento milione milioni miliardo miliardi terzo terzi quarti mezzo meta volte piu meno"
                            + " diviso elevato milhao milhoes bilhao bilhoes terco tercos quartos metade vezes mais"
                            + " honderd duizend miljoen miljard derde kwart vierde keer maal gedeeld macht"
                            + " сто умножить разделить")
            .split(" ")));

    private static final List<String> REFUSED_STEMS =
            List.of("миллион", "миллиард", "тысяч", "трет", "четверт", "половин");
    /** Right behind digits they make an ordinal of them. */
    private static final Set<String> ORDINALS =
            Set.of("st", "nd", "rd", "th", "te", "ter", "er", "eme", "\u00BA", "\u00AA");

    private static final String LETTERS = "msghlLJWVKCFNAT";
    /** Ten, hundred, thousand and so on in Chinese, Japanese and Korean. */
    private static final String SCALES = "\u5341\u767E\u5343\u4E07\u842C\u4EBF\u5104\u5146\u534A\uB9CC\uC5B5\uCC9C";

    private Units() {}

    /** Whether a folded word behind a number changes it: a scale, a fraction, an operation. */
    static boolean refused(String word) {
        return REFUSED.contains(word) || REFUSED_STEMS.stream().anyMatch(word::startsWith);
    }

    /** Whether the letters right behind digits make an ordinal of them: "3rd". */
    static boolean ordinal(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return ORDINALS.contains(Fold.of(text.substring(0, end)));
    }

    /** Whether all of it can be dropped; {@code bare} says that only known units can. */
    static boolean unit(String text, boolean bare) {
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == ' ' || c == '.' || c == '/' || c == '\u00B7' || c == ')' || c == ',') {
                i++;
                continue;
            }
            if (!Character.isLetter(c) || SCALES.indexOf(c) >= 0 || ++count > MOST_WORDS) {
                return false;
            }
            int end = i;
            while (end < text.length()
                    && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '\'' || text.charAt(end) == '-')) {
                if (SCALES.indexOf(text.charAt(end)) >= 0) {
                    return false;
                }
                end++;
            }
            String word = text.substring(i, end);
            boolean known = SHORT.contains(Fold.of(word)) || (word.length() == 1 && LETTERS.indexOf(c) >= 0);
            if (word.length() == 1 && !known && !Text.ideographic(c)) {
                if (count == 1 || !"aI\u00E0y".contains(word)) {
                    return false;
                }
            }
            if (refused(Fold.of(word)) || (bare && !known) || (count == 1 && NumberTail.range(word))) {
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
