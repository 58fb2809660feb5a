package dev.rtel.graders.judge;

import java.text.Normalizer;

/** Tells whether what a judge quotes stands in the submission; white space and the form of quotation marks do not matter. */
final class Quotes {
    /** A shorter quote stands in any text and proves nothing. */
    private static final int SHORTEST = 3;

    private Quotes() {}

    /**
     * Whether the quote occurs.
     *
     * @param submission as it was handed in
     * @param shown as the judge saw it
     */
    static boolean occurs(String quote, String submission, String shown) {
        String wanted = plain(quote);
        return wanted.length() >= SHORTEST
                && (plain(submission).contains(wanted) || plain(shown).contains(wanted));
    }

    private static String plain(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> switch (c) {
                    case '\u2018', '\u2019', '\u201A', '`' -> '\'';
                    case '\u201C', '\u201D', '\u201E', '\u00AB', '\u00BB' -> '"';
                    default -> c;
                })
                .forEach(out::appendCodePoint);
        return out.toString().replaceAll("\\s+", " ").strip();
    }
}
