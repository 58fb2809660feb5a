package dev.rtel.tasks.internal;

import dev.rtel.config.Config;
import java.time.Duration;
import java.util.Optional;

/** Reads durations such as {@code 90s} or {@code 10m}. */
public final class Durations {
    private Durations() {}

    /** Reads a duration above zero; what is none is noted. */
    public static Optional<Duration> read(Fields fields, String key) {
        Optional<SourceNode> node = fields.node(key, "a duration such as 90s or 10m");
        Optional<Duration> duration = node.map(SourceNode::plain)
                .filter(String.class::isInstance)
                .flatMap(text -> Config.parseDuration(text.toString()))
                .filter(d -> !d.isZero());
        if (node.isPresent() && duration.isEmpty()) {
            fields.problem(key, "is " + node.get().describe() + ", expected a duration such as 90s, 10m or PT10M");
        }
        return duration;
    }
}
