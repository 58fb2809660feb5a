package dev.rtel.tasks.internal.python;

/** Something with a value. */
interface Expression {
    Object value(Frame frame);

    /** Gives the place that this names another value. */
    default void assign(Frame frame, Object value) {
        throw new UnsupportedScriptException("nothing can be assigned to this");
    }
}
