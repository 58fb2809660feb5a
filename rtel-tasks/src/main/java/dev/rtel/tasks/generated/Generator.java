package dev.rtel.tasks.generated;

import dev.rtel.tasks.internal.SplitMix;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws problems of one kind. A change of what any seed gives is a new version. Thread-safe. */
interface Generator {
    /** Name of the parameter that says how many claims are asked. */
    String CLAIMS = "claims";

    String name();

    default String version() {
        return "1";
    }

    /** One line for listings. */
    String about();

    String category();

    String grader();

    String workloadUnit();

    /** The two or more ways by which its answers were checked. */
    List<String> checks();

    /** Labels of every sample. */
    List<String> tags();

    List<Knob> knobs();

    /** The least number to draw for a parameter where others are given; 0 where they do not matter. */
    default int least(String knob, Map<String, Object> given) {
        return 0;
    }

    /** Draws a problem; empty if this draw is of no use and another is needed. */
    Optional<Draft> draw(Choices choices, SplitMix random);
}
