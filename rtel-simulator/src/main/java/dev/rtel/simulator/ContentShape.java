package dev.rtel.simulator;

/** The form of {@code message.content}. */
public enum ContentShape implements Shape {
    /** A string. */
    STRING,
    /** Null. */
    NULL,
    /** The empty string. */
    EMPTY,
    /** An array of two text parts. */
    PARTS,
    /** No such field. */
    ABSENT;

    /** Tells whether the text of the answer is sent. */
    boolean isText() {
        return this == STRING || this == PARTS;
    }
}
