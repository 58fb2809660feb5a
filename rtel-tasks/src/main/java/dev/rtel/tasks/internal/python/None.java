package dev.rtel.tasks.internal.python;

/** Python's {@code None}. */
public enum None {
    /** The only one. */
    NONE
}
