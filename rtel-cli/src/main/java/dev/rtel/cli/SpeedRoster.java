package dev.rtel.cli;

import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.PlannedModel;
import dev.rtel.openrouter.CatalogEndpoint;
import dev.rtel.openrouter.CatalogModel;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.tasks.ModelSnapshot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the entries that speed is measured with: streamed, short, pinned, not thinking where that is possible. */
final class SpeedRoster {
    /** Limit of the output, in tokens. */
    static final long OUTPUT = 400;

    private final CheckedSpec checked;

    private SpeedRoster(CheckedSpec checked) {
        this.checked = checked;
    }

    /** One entry for each model and routing; entries that differ in their effort alone become one. */
    static Roster of(CheckedSpec checked) {
        var roster = new SpeedRoster(checked);
        Map<List<Object>, ModelEntry> entries = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (ModelEntry entry : checked.spec().roster().models()) {
            ModelEntry measured = roster.entry(entry);
            List<Object> what = List.of(measured.id(), measured.client(), measured.routing());
            if (!entries.containsKey(what)) {
                entries.put(what, names.add(measured.name()) ? measured : measured.withName(entry.name()));
            }
        }
        return new Roster("speed", List.copyOf(entries.values()), Map.of());
    }

    private enum Thinking {
        OFF,
        FORCED,
        UNTOUCHED
    }

    /** What the thinking of a measured model was: {@code off}, {@code forced}, or {@code default} when nothing is known. */
    static String reasoning(PlannedModel measured) {
        if (measured.params().get("reasoning") instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("enabled"))) {
            return "off";
        }
        return measured.locked() ? "forced" : "default";
    }

    private ModelEntry entry(ModelEntry entry) {
        Map<String, @Nullable Object> params = new LinkedHashMap<>(entry.params());
        params.remove("max_completion_tokens");
        params.put("max_tokens", OUTPUT);
        boolean router = entry.client().provider().equals("openrouter");
        Thinking thinking = router ? thinking(entry) : Thinking.UNTOUCHED;
        if (thinking == Thinking.OFF) {
            params.remove("reasoning_effort");
            params.remove("include_reasoning");
            params.put("reasoning", Map.of("enabled", false));
        }
        Map<String, @Nullable Object> routing = new LinkedHashMap<>(entry.routing());
        if (router && !routing.containsKey("only")) {
            host(entry).ifPresent(tag -> {
                routing.put("only", List.of(tag));
                routing.put("allow_fallbacks", false);
            });
        }
        return new ModelEntry(
                ModelEntry.defaultName(entry.id(), params),
                entry.id(),
                streamed(entry.client()),
                entry.extractor(),
                params,
                routing,
                entry.maxConcurrency(),
                entry.timeout(),
                thinking == Thinking.FORCED,
                entry.baseline());
    }

    /** Only a model that is known to allow it is asked not to think: others refuse the parameter. */
    private Thinking thinking(ModelEntry entry) {
        Optional<ModelSnapshot.Reasoning> snapshot =
                ModelSnapshot.bundled().find(entry.id()).map(ModelSnapshot.Facts::reasoning);
        @Nullable CatalogModel live = checked.listed().get(entry.id());
        boolean mandatory = live != null
                && live.reasoning().filter(CatalogModel.Reasoning::mandatory).isPresent();
        if (entry.locked() || mandatory || snapshot.equals(Optional.of(ModelSnapshot.Reasoning.ALWAYS))) {
            return Thinking.FORCED;
        }
        boolean optional = snapshot.equals(Optional.of(ModelSnapshot.Reasoning.OPTIONAL))
                || snapshot.isEmpty() && live != null && live.reasoning().isPresent();
        return optional && (live == null || live.reasons()) ? Thinking.OFF : Thinking.UNTOUCHED;
    }

    private static ComponentSpec streamed(ComponentSpec client) {
        return SpecAssembler.HTTP_CLIENTS.contains(client.provider())
                ? new ComponentSpec(client.provider(), SpecAssembler.with(client.config(), Map.of("stream", true)))
                : client;
    }

    /** The host that is listed first and works. */
    private Optional<String> host(ModelEntry entry) {
        return checked.hosts().getOrDefault(entry.id(), List.of()).stream()
                .filter(host -> host.status().orElse(0) >= 0)
                .map(CatalogEndpoint::tag)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
