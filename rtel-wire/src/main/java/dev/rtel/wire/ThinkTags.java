package dev.rtel.wire;

/**
 * Parts a text into answer and inline thinking.
 *
 * @param answer what stands outside {@code <think>…</think>}
 * @param thinking what stands inside; empty when nothing does
 */
record ThinkTags(String answer, String thinking) {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    /**
     * Takes all closed blocks out, and one that was opened first thing and never closed (the reply was cut off).
     *
     * @param orphanCloses whether a closing tag without an opening one ends a block begun before the text: some chat
     *     templates put the opening tag into the prompt
     */
    static ThinkTags part(String text, boolean orphanCloses) {
        if (!text.contains(OPEN) && !text.contains(CLOSE)) {
            return new ThinkTags(text, "");
        }
        StringBuilder answer = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        int at = 0;
        int firstClose = text.indexOf(CLOSE);
        int firstOpen = text.indexOf(OPEN);
        if (orphanCloses && firstClose >= 0 && (firstOpen < 0 || firstClose < firstOpen)) {
            add(thinking, text.substring(0, firstClose));
            at = firstClose + CLOSE.length();
        }
        while (true) {
            int open = text.indexOf(OPEN, at);
            int close = open < 0 ? -1 : text.indexOf(CLOSE, open + OPEN.length());
            if (open >= 0
                    && close < 0
                    && answer.toString().isBlank()
                    && text.substring(at, open).isBlank()) {
                add(thinking, text.substring(open + OPEN.length()));
                return new ThinkTags("", thinking.toString());
            }
            if (close < 0) {
                answer.append(text, at, text.length());
                return new ThinkTags(
                        thinking.isEmpty()
                                ? answer.toString()
                                : answer.toString().strip(),
                        thinking.toString());
            }
            answer.append(text, at, open);
            add(thinking, text.substring(open + OPEN.length(), close));
            at = close + CLOSE.length();
        }
    }

    private static void add(StringBuilder thinking, String block) {
        String stripped = block.strip();
        if (!stripped.isEmpty()) {
            thinking.append(thinking.isEmpty() ? "" : "\n\n").append(stripped);
        }
    }
}
