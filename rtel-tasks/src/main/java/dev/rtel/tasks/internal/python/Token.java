package dev.rtel.tasks.internal.python;

/**
 * A word of a script.
 *
 * @param kind what it is
 * @param text as written; empty for {@link Kind#INDENT}, {@link Kind#DEDENT} and {@link Kind#END}
 * @param start where it starts in the script
 */
public record Token(Kind kind, String text, int start) {
    /** Kinds of words. */
    public enum Kind {
        /** A name or keyword. */
        NAME,
        /** A whole number. */
        NUMBER,
        /** Text in quotes. */
        TEXT,
        /** An operator or bracket. */
        SIGN,
        /** End of a line. */
        LINE,
        /** Start of a block. */
        INDENT,
        /** End of a block. */
        DEDENT,
        /** End of the script. */
        END
    }

    /** Returns where it ends. */
    public int end() {
        return start + text.length();
    }

    /** Returns whether it is this operator, bracket, name or keyword. */
    public boolean is(String word) {
        return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(word);
    }
}
