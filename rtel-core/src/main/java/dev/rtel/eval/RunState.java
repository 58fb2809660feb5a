package dev.rtel.eval;

import java.util.Locale;

/** State of a run (contracts: {@code queued|running|finished|failed|cancelled|interrupted}). */
public enum RunState {
    /** Waiting for its turn. */
    QUEUED,
    /** Being worked on, or broken off without a word. */
    RUNNING,
    /** Every trial has an outcome. */
    FINISHED,
    /** Broken off by an error; resumable. */
    FAILED,
    /** Stopped on request. */
    CANCELLED,
    /** Stopped by a signal, a limit or a lost key; resumable. */
    INTERRUPTED;

    /** Returns the word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a state by its word. */
    public static RunState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
