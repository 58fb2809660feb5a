package dev.rtel.report.html;

import java.util.Locale;

/**
 * A text of any length as the page shows it: whole, or its beginning and its end, because answers stand at the end.
 *
 * @param head the text, or its beginning
 * @param note says how much is left out; empty when nothing is
 * @param tail the end; empty when nothing is left out
 */
record Excerpt(String head, String note, String tail) {
    private static final double HEAD_SHARE = 0.6;
    private static final int NAME_CHARACTERS = 80;

    /**
     * Cuts a text.
     *
     * @param limit bytes the shown text may take in the page
     * @param whole where the whole text is to be found
     */
    static Excerpt of(String text, int limit, String whole) {
        String clean = text.replace("\r\n", "\n");
        if (clean.length() <= limit && bytes(clean) <= limit) {
            return new Excerpt(clean, "", "");
        }
        int headEnd = forward(clean, (int) (limit * HEAD_SHARE));
        int tailStart = Math.max(headEnd, backward(clean, limit - (int) (limit * HEAD_SHARE)));
        String note = String.format(
                Locale.ROOT, "cut: %,d of %,d characters left out; %s", tailStart - headEnd, clean.length(), whole);
        return new Excerpt(clean.substring(0, headEnd), note, clean.substring(tailStart));
    }

    /** The beginning of a text on one line, with an ellipsis where something is left out. */
    static String line(String text, int characters) {
        String flat = text.strip().replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
        if (flat.codePointCount(0, flat.length()) <= characters) {
            return flat;
        }
        return flat.substring(0, flat.offsetByCodePoints(0, characters - 1)) + "\u2026";
    }

    /** A name of a model or sample as the page shows it. */
    static String name(String name) {
        return line(name, NAME_CHARACTERS);
    }

    private static int bytes(String text) {
        return text.codePoints().map(Excerpt::bytes).sum();
    }

    private static int bytes(int codePoint) {
        StringBuilder escaped = new StringBuilder(8);
        VisibleText.append(codePoint, escaped);
        return escaped.codePoints().map(Excerpt::utf8).sum();
    }

    private static int utf8(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    private static int forward(String text, int budget) {
        int at = 0;
        for (int left = budget; at < text.length(); ) {
            int c = text.codePointAt(at);
            left -= bytes(c);
            if (left < 0) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static int backward(String text, int budget) {
        int at = text.length();
        for (int left = budget; at > 0; ) {
            int c = text.codePointBefore(at);
            left -= bytes(c);
            if (left < 0) {
                break;
            }
            at -= Character.charCount(c);
        }
        return at;
    }
}
