package dev.rtel.graders.answer;

/** Steps along the lines of a cleaned reply. Remembers the last line end; used by one thread. */
final class Lines {
    private final String text;
    private final String folded;
    private int knownFrom = -1;
    private int knownEnd = -1;

    Lines(CleanText reply) {
        this.text = reply.text();
        this.folded = reply.folded();
    }

    /** End of the line; remembered, because markers come in order and lines may be long. */
    int end(int from) {
        if (from < knownFrom || from > knownEnd) {
            knownFrom = from;
            knownEnd = Text.lineEnd(text, Math.min(from, text.length()));
        }
        return knownEnd;
    }

    /** Index of the next character that is no blank, or the end. */
    int blanks(int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    /** The folded line up to this index, its last 40 characters at most. */
    String before(int at) {
        int start = at;
        while (start > 0 && at - start < 40 && text.charAt(start - 1) != '\n') {
            start--;
        }
        return folded.substring(start, at);
    }
}
