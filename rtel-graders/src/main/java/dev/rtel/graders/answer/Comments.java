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
            boolean open = c == '(' || (c == '[' && i > 0);
            int close = open ? Text.closing(text, i) : -1;
            if (open && close < 0) {
                close = text.length();
            }
            if (open && apart(text, i, close) && remark(text, i + 1, close)) {
                comment.append(text, i + 1, close).append(' ');
                i = close + 1;
            } else {
                rest.append(c);
                i++;
            }
        }
        return new Split(rest.toString(), comment.toString());
    }

    /** A blank or another script before the parenthesis; right behind a number only a reason is no factor. */
    private static boolean apart(String text, int open, int close) {
        if (open == 0 || text.charAt(open - 1) == ' ' || Text.ideographic(text.charAt(open - 1))) {
            return true;
        }
        String inner = text.substring(open + 1, Math.min(close, text.length()));
        if (!Character.isDigit(text.charAt(open - 1))) {
            return false;
        }
        return RemarkWords.startsWithReason(inner) || (!inner.isEmpty() && Text.ideographic(inner.charAt(0)));
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
            } else if (c == '=' || c == '%' || c == '\u2248' || Text.ideographic(c) || (word && i > from - 1)) {
                return true;
            }
        }
        return false;
    }
}
