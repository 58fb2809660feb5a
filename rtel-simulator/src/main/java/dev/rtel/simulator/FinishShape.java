package dev.rtel.simulator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The finish reason that a reply gives. */
public enum FinishShape implements Shape {
    /** That of the answer: {@code stop}, {@code length} or {@code content_filter}. */
    OF_ANSWER(null),
    /** {@code stop}, whatever happened. */
    STOP("stop"),
    /** {@code length}, although nothing was cut. */
    LENGTH("length"),
    /** {@code content_filter}, although the answer is there. */
    CONTENT_FILTER("content_filter"),
    /** {@code tool_calls}, with a call beside the answer. */
    TOOL_CALLS("tool_calls"),
    /** {@code error} without an error object; nothing is charged. */
    ERROR("error"),
    /** Null. */
    NULL(null),
    /** A word that no documentation knows. */
    UNKNOWN_WORD("tired");

    private final @Nullable String word;

    FinishShape(@Nullable String word) {
        this.word = word;
    }

    /** Returns the word to send for an answer that ended with the given one; empty = null. */
    Optional<String> word(String ofAnswer) {
        return this == OF_ANSWER ? Optional.of(ofAnswer) : Optional.ofNullable(word);
    }
}
