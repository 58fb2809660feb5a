package dev.rtel.simulator;

/** What a reply gives as {@code model}. */
public enum ModelEcho implements Shape {
    /** The canonical slug. */
    CANONICAL,
    /** The id that the request asked for. */
    REQUESTED,
    /**
     * Another model: the first other known one of the request's {@code models}, which then answers and is billed; without one
     * an unknown name.
     */
    FALLBACK
}
