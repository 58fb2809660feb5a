package dev.rtel.report.html;

import java.util.Locale;

/**
 * Text of unknown origin made safe to read: markup is escaped, and what would act unseen (control, direction and
 * zero-width characters, halves of surrogate pairs) is spelled out. The result is valid in HTML and XML, in elements and
 * in quoted attributes.
 */
final class VisibleText {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE = 0x7f;
    private static final int DELETE_PICTURE = 0x2421;

    private VisibleText() {}

    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(c, out));
        return out.toString();
    }

    /** The text with unseen characters spelled out, markup left as it is; for measuring. */
    static String spelled(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> spell(c, out));
        return out.toString();
    }

    /** Appends one code point as it is written into the page. */
    static void append(int c, StringBuilder out) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> spell(c, out);
        }
    }

    private static void spell(int c, StringBuilder out) {
        if (c == '\n' || c == '\t') {
            out.append((char) c);
        } else if (c < ' ') {
            out.appendCodePoint(CONTROL_PICTURES + c);
        } else if (c == DELETE) {
            out.appendCodePoint(DELETE_PICTURE);
        } else if (unseen(c)) {
            out.append(String.format(Locale.ROOT, "\u27e8U+%04X\u27e9", c));
        } else {
            out.appendCodePoint(c);
        }
    }

    private static boolean unseen(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (c & 0xfffe) == 0xfffe
                || c == 0x034f
                || c == 0x115f
                || c == 0x1160
                || c == 0x3164
                || c == 0xffa0;
    }
}
