package dev.rtel.report.html;

/** Estimates how wide a line of sans-serif text will be, rather too wide than too narrow. */
final class TextWidth {
    private TextWidth() {}

    /** Width in the units of the font size. */
    static double of(String text, double fontSize) {
        return text.codePoints().mapToDouble(TextWidth::em).sum() * fontSize;
    }

    private static double em(int c) {
        if (c > 0x2e7f) {
            return 1.1;
        }
        if (c > 0x24f) {
            return 0.8;
        }
        if ("ijl.,:;'|!()[]".indexOf(c) >= 0) {
            return 0.4;
        }
        if ("frt- /\"".indexOf(c) >= 0) {
            return 0.44;
        }
        if ("mwMW@%\u2026".indexOf(c) >= 0) {
            return 1.02;
        }
        return Character.isUpperCase(c) || c > 0x7f ? 0.78 : 0.65;
    }
}
