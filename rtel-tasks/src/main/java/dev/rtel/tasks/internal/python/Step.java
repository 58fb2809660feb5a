package dev.rtel.tasks.internal.python;

/** A statement. */
interface Step {
    /** How it goes on. */
    enum Next {
        GO_ON,
        BREAK,
        CONTINUE,
        RETURN
    }

    Next run(Frame frame);
}
