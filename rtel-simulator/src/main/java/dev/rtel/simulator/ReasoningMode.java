package dev.rtel.simulator;

/** Whether a model thinks before it answers. */
public enum ReasoningMode {
    /** The model never thinks; reasoning parameters are dropped silently. */
    NONE,
    /** The model thinks unless the request switches it off. */
    OPTIONAL,
    /** The model always thinks; a request to switch it off is answered with status 400. */
    MANDATORY
}
