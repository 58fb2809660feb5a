package dev.rtel.spi;

import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import java.util.List;

/** A named, versioned set of samples that share one grader. Immutable, thread-safe. */
public interface Task {
    /** Answer format: the grader's own line is appended to each input. */
    String AUTO_FORMAT = "auto";

    /** Answer format: inputs are sent as they stand. */
    String NO_FORMAT = "none";

    /** Returns the name: lower-case letters, digits and hyphens. */
    String name();

    /** Returns the version; it changes whenever a prompt, a target or the order changes. */
    String version();

    /** Returns the category, e.g. {@code math}; the name unless told otherwise. */
    default String category() {
        return name();
    }

    /** Returns the samples: never empty, ids unique within the task, the same list on every call. */
    List<Sample> samples();

    /** Returns the grader by name and settings; looked up by the planner. */
    ComponentSpec grader();

    /** Returns the score from which a sample is passed, 0..1. */
    default double passAt() {
        return 1.0;
    }

    /** Returns {@link #AUTO_FORMAT}, {@link #NO_FORMAT} or the text to append to each input. */
    default String answerFormat() {
        return AUTO_FORMAT;
    }
}
