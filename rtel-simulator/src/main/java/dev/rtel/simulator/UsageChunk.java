package dev.rtel.simulator;

/** The form of the last chunk of a stream, which carries the usage. */
public enum UsageChunk implements Shape {
    /** One choice with an empty delta that repeats the finish reason, as in nearly all recorded streams. */
    REPEATED_FINISH,
    /** No choices, as documented. */
    EMPTY_CHOICES,
    /** There is no such chunk. */
    ABSENT
}
