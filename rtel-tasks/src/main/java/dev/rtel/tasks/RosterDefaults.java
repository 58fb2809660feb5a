package dev.rtel.tasks;

import dev.rtel.tasks.internal.Durations;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What holds for every entry that says nothing else: limits, and any request parameter. */
record RosterDefaults(
        Map<String, @Nullable Object> params,
        Map<String, @Nullable Object> routing,
        Optional<Duration> timeout,
        OptionalInt maxConcurrency) {
    private static final List<String> LIMITS = List.of("timeout", "max_concurrency", "provider");
    private static final List<String> ENTRY_ONLY =
            List.of("name", "id", "client", "settings", "extractor", "sweep", "effort", "locked", "baseline");

    /** Reads {@code defaults} of a roster. */
    static RosterDefaults read(Fields roster, Problems problems) {
        Optional<Fields> found = roster.fields("defaults");
        if (found.isEmpty()) {
            return new RosterDefaults(Map.of(), Map.of(), Optional.empty(), OptionalInt.empty());
        }
        Fields fields = found.get();
        ENTRY_ONLY.stream()
                .filter(fields::has)
                .forEach(key -> fields.problem(key, "belongs to an entry of 'models', not to defaults"));
        if (fields.has("params")) {
            fields.problem("params", "is not needed here: request parameters stand directly under defaults");
        }
        Map<String, SourceNode> params = new LinkedHashMap<>(fields.group().members());
        LIMITS.forEach(params::remove);
        ENTRY_ONLY.forEach(params::remove);
        params.remove("params");
        SourceNode.Group group = new SourceNode.Group(fields.place(), params);
        return new RosterDefaults(
                RequestParams.read(new Fields(group, problems)),
                fields.plain("provider"),
                Durations.read(fields, "timeout"),
                fields.wholeNumber("max_concurrency", 1));
    }
}
