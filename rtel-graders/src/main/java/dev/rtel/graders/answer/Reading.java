package dev.rtel.graders.answer;

/**
 * What a piece of text says when read as a value.
 *
 * @param kind whether it is one value, none or several
 * @param value canonical form; empty unless one
 */
record Reading(Kind kind, String value) {
    /** How many values. */
    enum Kind {
        ONE,
        NONE,
        SEVERAL
    }

    static final Reading NONE = new Reading(Kind.NONE, "");
    static final Reading SEVERAL = new Reading(Kind.SEVERAL, "");

    static Reading one(String value) {
        return new Reading(Kind.ONE, value);
    }

    boolean isOne() {
        return kind == Kind.ONE;
    }
}
