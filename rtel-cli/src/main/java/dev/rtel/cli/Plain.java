package dev.rtel.cli;

/** Makes foreign text safe for a terminal: control characters, escape sequences and direction marks become visible. */
final class Plain {
    private Plain() {}

    static String text(String foreign) {
        StringBuilder safe = new StringBuilder();
        foreign.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (c == '\n' || c == '\t') {
                safe.append(' ');
            } else if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE) {
                safe.append(String.format(java.util.Locale.ROOT, "<U+%04X>", c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /** The same, line breaks kept. */
    static String lines(String foreign) {
        return String.join("\n", foreign.lines().map(Plain::text).toList());
    }
}
