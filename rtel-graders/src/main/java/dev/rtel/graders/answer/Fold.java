package dev.rtel.graders.answer;

import java.text.Normalizer;

/** Lower case without accents, character by character, so that indices stay. */
final class Fold {
    private static final char[] TABLE = new char[0x530];

    static {
        for (char c = 0; c < TABLE.length; c++) {
            char lower = Character.toLowerCase(c);
            TABLE[c] = Character.isLetter(lower)
                    ? Normalizer.normalize(String.valueOf(lower), Normalizer.Form.NFD)
                            .charAt(0)
                    : lower;
        }
    }

    private Fold() {}

    static char of(char c) {
        if (c < TABLE.length) {
            return TABLE[c];
        }
        return c == '\u2019' || c == '\u2018' ? '\'' : Character.toLowerCase(c);
    }

    static String of(String text) {
        char[] folded = new char[text.length()];
        for (int i = 0; i < folded.length; i++) {
            folded[i] = of(text.charAt(i));
        }
        return new String(folded);
    }
}
