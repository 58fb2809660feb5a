package dev.rtel.tasks;

import dev.rtel.config.Config;
import dev.rtel.config.Suggestions;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.plan.ModelEntry;
import dev.rtel.tasks.ModelSnapshot.Reasoning;
import dev.rtel.tasks.internal.Components;
import dev.rtel.tasks.internal.Durations;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads entries of a roster, of models under test and of roles. Not thread-safe. */
final class EntryReader {
    static final List<String> ROLE_KEYS = List.of(
            "name",
            "id",
            "client",
            "settings",
            "extractor",
            "params",
            "provider",
            "max_concurrency",
            "timeout",
            "effort",
            "locked",
            "baseline");
    static final String SWEEP = "sweep";
    private static final List<String> EFFORTS =
            List.of("none", "minimal", "low", "medium", "high", "xhigh", "max", "minimal-where-supported");
    private static final String MINIMAL = "minimal-where-supported";
    private static final String DEFAULT_CLIENT = "openrouter";

    private final RosterDefaults defaults;
    private final Problems problems;
    private final ModelSnapshot snapshot = ModelSnapshot.bundled();

    EntryReader(RosterDefaults defaults, Problems problems) {
        this.defaults = defaults;
        this.problems = problems;
    }

    /** Reads an entry of {@code models}: one model, or one for each value of its sweep; none if it cannot be read. */
    List<ModelEntry> models(Fields entry) {
        List<String> keys = new ArrayList<>(ROLE_KEYS);
        keys.add(SWEEP);
        entry.known(keys);
        Optional<ModelEntry> model = entry(entry);
        if (!entry.has(SWEEP)) {
            return model.stream().toList();
        }
        return model.map(m -> sweep(entry, m)).orElse(List.of());
    }

    /** Reads an entry of {@code roles}. */
    Optional<ModelEntry> role(Fields entry) {
        return entry(entry.known(ROLE_KEYS));
    }

    private Optional<ModelEntry> entry(Fields entry) {
        Optional<String> id = entry.requiredText("id");
        Optional<String> name = entry.text("name");
        Optional<String> client = entry.text("client");
        Config settings = settings(entry);
        Optional<ComponentSpec> extractor = Components.read(entry, "extractor", List.of());
        Map<String, @Nullable Object> own =
                entry.fields("params").map(RequestParams::read).orElse(Map.of());
        Map<String, @Nullable Object> effort = id.map(i -> effort(entry, i)).orElse(Map.of());
        Map<String, @Nullable Object> params = RequestParams.merge(RequestParams.merge(defaults.params(), own), effort);
        Map<String, @Nullable Object> routing = RequestParams.merge(defaults.routing(), entry.plain("provider"));
        OptionalInt concurrency = entry.wholeNumber("max_concurrency", 1);
        Optional<Reasoning> known = id.flatMap(snapshot::find).map(ModelSnapshot.Facts::reasoning);
        boolean locked = entry.bool("locked")
                .orElse(known.filter(Reasoning.ALWAYS::equals).isPresent());
        boolean baseline = entry.bool("baseline")
                .orElse(known.filter(Reasoning.NONE::equals).isPresent());
        var timeout = Durations.read(entry, "timeout").or(defaults::timeout);
        return id.map(i -> new ModelEntry(
                name.orElse(ModelEntry.defaultName(i, params)),
                i,
                new ComponentSpec(client.orElse(DEFAULT_CLIENT), settings),
                extractor,
                params,
                routing,
                concurrency.isPresent() ? concurrency : defaults.maxConcurrency(),
                timeout,
                locked,
                baseline));
    }

    private static Config settings(Fields entry) {
        Optional<Fields> settings = entry.fields("settings");
        settings.ifPresent(RequestParams::refuseSecrets);
        SourceNode named = entry.group().members().getOrDefault("client", entry.group());
        return settings.map(s -> new Config(
                        s.place().path(),
                        SourceNode.plain(s.group()),
                        Components.named(named, s.group().locations())))
                .orElseGet(() ->
                        new Config(entry.place().path() + ".settings", Map.of(), Components.named(named, Map.of())));
    }

    private Map<String, @Nullable Object> effort(Fields entry, String id) {
        Optional<String> effort = entry.text("effort");
        if (effort.isEmpty()) {
            return Map.of();
        }
        if (!EFFORTS.contains(effort.get())) {
            entry.problem(
                    "effort",
                    "is '" + effort.get() + "'"
                            + Suggestions.hint(effort.get(), EFFORTS)
                            + "; expected one of " + EFFORTS);
            return Map.of();
        }
        return effort.get().equals(MINIMAL) ? minimal(entry, id) : RequestParams.at("reasoning.effort", effort.get());
    }

    /** The weakest effort there is; off where there is only a switch; as it is where there is nothing to set. */
    private Map<String, @Nullable Object> minimal(Fields entry, String id) {
        Optional<ModelSnapshot.Facts> facts = snapshot.find(id);
        if (facts.isEmpty()) {
            List<String> ids =
                    snapshot.models().stream().map(ModelSnapshot.Facts::id).toList();
            entry.problem(
                    "effort",
                    "the model list of " + snapshot.date() + " does not know '" + id + "'"
                            + Suggestions.nearest(id, ids)
                                    .map(n -> " (the nearest is '" + n + "')")
                                    .orElse("")
                            + "; say what to send instead, e.g. params: {reasoning: {effort: low}}");
            return Map.of();
        }
        Optional<String> weakest = facts.get().weakestEffort();
        if (weakest.isPresent()) {
            return RequestParams.at("reasoning.effort", weakest.get());
        }
        return facts.get().reasoning() == Reasoning.OPTIONAL ? RequestParams.at("reasoning.enabled", false) : Map.of();
    }

    private List<ModelEntry> sweep(Fields entry, ModelEntry model) {
        Optional<Fields> sweep = entry.fields(SWEEP);
        if (sweep.isEmpty()) {
            return List.of();
        }
        Map<String, SourceNode> members = sweep.get().group().members();
        if (members.size() != 1) {
            entry.problem(SWEEP, "has " + members.size() + " keys, expected one, e.g. {reasoning.effort: [low, high]}");
            return List.of();
        }
        String path = members.keySet().iterator().next();
        if (path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
            entry.problem(SWEEP, "sweeps '" + path + "', expected a dotted path such as reasoning.effort");
            return List.of();
        }
        if (entry.has("effort") && path.startsWith("reasoning")) {
            entry.problem("effort", "is given beside a sweep of " + path + "; keep one of them");
        }
        List<SourceNode> values = sweep.get().items(path, "a list of values");
        if (members.get(path) instanceof SourceNode.Items && values.isEmpty()) {
            sweep.get().problem(path, "holds no value, expected at least one");
        }
        String base = entry.has("name") ? model.name() : model.id();
        List<ModelEntry> models = new ArrayList<>();
        for (SourceNode value : values) {
            if (!(value instanceof SourceNode.Scalar scalar) || scalar.value() == null) {
                problems.add(value.place(), "is " + value.describe() + ", expected a single value such as low or 4000");
            } else {
                models.add(model.withParams(RequestParams.merge(model.params(), RequestParams.at(path, scalar.value())))
                        .withName(base + "@" + scalar.text()));
            }
        }
        return models;
    }
}
