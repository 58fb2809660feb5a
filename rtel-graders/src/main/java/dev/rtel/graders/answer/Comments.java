package dev.rtel.graders.answer;

/** Cuts remarks in parentheses out of a value: {@code 36 (because 15 + 21 = 36)}. */
final class Comments {
    private Comments() {}

    /**
     * A value apart from its remarks.
     *
     * @param rest the value
     * @param comment the remarks, joined
     */
    record Split(String rest, String comment) {}

    static Split split(String text) {
        StringBuilder rest = new StringBuilder();
        StringBuilder comment = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int close = c == '(' ? Text.closing(text, i) : -1;
            if (c == '(' && close < 0) {
                close = text.length();
            }
            boolean apart = i == 0 || text.charAt(i - 1) == ' ' || Text.ideographic(text.charAt(i - 1));
            if (c == '(' && apart && remark(text, i + 1, close)) {
                comment.append(text, i + 1, close).append(' ');
                i = close + 1;
            } else {
                rest.append(c);
                i++;
            }
        }
        return new Split(rest.toString(), comment.toString());
    }

    /** Words, an equation, or a remark in a script without spaces; not a tuple, a factor or an option letter. */
    private static boolean remark(String text, int from, int to) {
        for (int i = from; i < Math.min(to, text.length()); i++) {
            char c = text.charAt(i);
            boolean word = Character.isLetter(c)
                    && i + 1 < to
                    && Character.isLetter(text.charAt(i + 1))
                    && (i == from || text.charAt(i - 1) != '\\');
            if (c == '\\') {
                while (i + 1 < to && Character.isLetter(text.charAt(i + 1))) {
                    i++;
                }
            } else if (c == '=' || Text.ideographic(c) || (word && i > from - 1)) {
                return true;
            }
        }
        return false;
    }
}
