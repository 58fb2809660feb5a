package dev.rtel.wire;

/**
 * Parts a text into answer and inline thinking.
 *
 * @param answer what stands outside {@code <think>…</think>}
 * @param thinking what stands inside; empty when nothing does
 * @param start index in the text at which the answer begins; -1 when there is none
 */
record ThinkTags(String answer, String thinking, int start) {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    /**
     * Takes all closed blocks out, and one that was opened first thing and never closed (the reply was cut off).
     *
     * @param orphanCloses whether a closing tag without an opening one ends a block begun before the text: some chat
     *     templates put the opening tag into the prompt
     */
    static ThinkTags part(String text, boolean orphanCloses) {
        int firstClose = text.indexOf(CLOSE);
        int firstOpen = text.indexOf(OPEN);
        if (firstOpen < 0 && firstClose < 0) {
            return new ThinkTags(text, "", text.isBlank() ? -1 : 0);
        }
        StringBuilder answer = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        int start = -1;
        int at = 0;
        if (orphanCloses && firstClose >= 0 && (firstOpen < 0 || firstClose < firstOpen)) {
            add(thinking, text.substring(0, firstClose));
            at = firstClose + CLOSE.length();
        }
        while (true) {
            int open = text.indexOf(OPEN, at);
            int close = open < 0 ? -1 : text.indexOf(CLOSE, open + OPEN.length());
            if (open >= 0 && close < 0 && start < 0 && visible(text, at, open) < 0) {
                add(thinking, text.substring(open + OPEN.length()));
                return new ThinkTags("", thinking.toString(), -1);
            }
            int end = close < 0 ? text.length() : open;
            answer.append(text, at, end);
            start = start < 0 ? visible(text, at, end) : start;
            if (close < 0) {
                String whole = answer.toString();
                return new ThinkTags(thinking.isEmpty() ? whole : whole.strip(), thinking.toString(), start);
            }
            add(thinking, text.substring(open + OPEN.length(), close));
            at = close + CLOSE.length();
        }
    }

    /** Returns the index of the first character that is no white space, or -1. */
    private static int visible(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static void add(StringBuilder thinking, String block) {
        String stripped = block.strip();
        if (!stripped.isEmpty()) {
            thinking.append(thinking.isEmpty() ? "" : "\n\n").append(stripped);
        }
    }
}
