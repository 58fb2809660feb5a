package dev.rtel.plan;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.CatalogFacts;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.ModelIds;
import dev.rtel.eval.Origin;
import dev.rtel.eval.PlannedModel;
import dev.rtel.spi.Components;
import dev.rtel.spi.Lane;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelProvider;
import dev.rtel.spi.TokenExtractor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the models of a plan while it is made: contestants and those in roles. */
final class PlannedModels {
    private final Components components;
    private final Set<String> simulators;
    private final Limits limits;
    private final boolean known;
    private final Map<String, CatalogFacts> catalog;
    private final List<PlannedModel> planned = new ArrayList<>();
    private final Map<String, PlannedModel> plannedRoles = new LinkedHashMap<>();
    private final Map<String, Model> models = new HashMap<>();
    private final Map<String, Model> roles = new HashMap<>();
    private final Map<String, TokenExtractor> extractors = new HashMap<>();
    private final Map<String, Duration> timeouts = new HashMap<>();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Set<String> trusted = new LinkedHashSet<>();

    PlannedModels(Components components, Set<String> simulators, RunSpec spec) {
        this.components = components;
        this.simulators = simulators;
        this.limits = spec.limits();
        this.known = spec.runId().isPresent();
        this.catalog = spec.catalog();
    }

    void contestant(ModelEntry entry) {
        Model model = model(entry);
        // a stored plan's parameters are its own
        Map<String, @Nullable Object> params =
                known || model.playback() ? new LinkedHashMap<>(entry.params()) : limits.bounded(entry.params());
        limits.maxOutputTokens().ifPresent(max -> {
            params.remove("max_completion_tokens");
            params.put("max_tokens", (long) max);
        });
        PlannedModel plan = plan(entry.withParams(params), model);
        planned.add(plan);
        models.put(entry.name(), model);
        extractors.put(entry.name(), components.create(components.extractors(), plan.extractor()));
        timeouts.put(entry.name(), entry.timeout().orElse(limits.timeout()));
        lanes.put(entry.name(), lane(entry));
        if (simulated(entry)) {
            trusted.add(entry.name());
        }
    }

    void role(String role, RunSpec spec) {
        ModelEntry entry = spec.roster().roles().get(role);
        if (entry == null) {
            throw new ConfigException(
                    "a grader needs a model in the role '" + role + "' but none is bound; bound roles: "
                            + spec.roster().roles().keySet() + ". Bind one in the roster (roles: {" + role
                            + ": {id: …}})"
                            + (role.equals("judge")
                                    ? " or with --judge MODEL"
                                    : role.startsWith("judge-") ? " or with --judge MODEL once for each judge" : ""));
        }
        if (!spec.allowSelfJudging()) {
            refuseSelfJudging(role, entry);
        }
        Model model = model(entry);
        PlannedModel plan = plan(entry.withName(role), model);
        plannedRoles.put(role, plan);
        roles.put(role, model);
        timeouts.put("role:" + role, entry.timeout().orElse(limits.timeout()));
        lanes.put("role:" + role, lane(entry));
        extractors.put("role:" + role, components.create(components.extractors(), plan.extractor()));
    }

    /** Another variant, price or effort of a model is the same judge of its own answers. */
    private void refuseSelfJudging(String role, ModelEntry entry) {
        planned.stream().filter(m -> same(m, entry.id())).findFirst().ifPresent(contestant -> {
            throw new ConfigException("'" + entry.id() + "' is bound to the role '" + role
                    + "' and also a contestant"
                    + (contestant.name().equals(entry.id()) ? "" : " (as '" + contestant.name() + "')")
                    + "; bind another model, or allow self-judging explicitly (--allow-self-judging)");
        });
    }

    private boolean same(PlannedModel contestant, String judge) {
        Set<String> ids = new LinkedHashSet<>(contestant.facts().servedAs());
        ids.add(contestant.id());
        Set<String> judges = new LinkedHashSet<>(
                catalog.getOrDefault(judge, CatalogFacts.none()).servedAs());
        judges.add(judge);
        return ids.stream().anyMatch(id -> judges.stream().anyMatch(other -> ModelIds.same(id, other)));
    }

    private Model model(ModelEntry entry) {
        Map<String, @Nullable Object> settings =
                new LinkedHashMap<>(entry.client().config().values());
        settings.put(ModelProvider.MODEL_ID, entry.id());
        settings.put(ModelProvider.MODEL_NAME, entry.name());
        Config config = entry.client().config();
        return components.create(
                components.models(),
                new ComponentSpec(entry.client().provider(), new Config(config.path(), settings, config.locations())));
    }

    private PlannedModel plan(ModelEntry entry, Model model) {
        ModelProvider provider = components.models().provider(entry.client().provider());
        Origin own = new Origin(entry.client().provider(), simulated(entry));
        return new PlannedModel(
                entry.name(),
                entry.id(),
                entry.client(),
                entry.extractor()
                        .orElseGet(
                                () -> provider.defaultExtractor(entry.client().config())),
                entry.params(),
                entry.routing(),
                model.origin().orElse(own),
                entry.maxConcurrency(),
                entry.locked(),
                entry.baseline(),
                catalog.getOrDefault(entry.id(), CatalogFacts.none()));
    }

    private Lane lane(ModelEntry entry) {
        return components
                .models()
                .provider(entry.client().provider())
                .lane(entry.id(), entry.routing(), entry.client().config());
    }

    private boolean simulated(ModelEntry entry) {
        return entry.client()
                .config()
                .string("base_url")
                .filter(simulators::contains)
                .isPresent();
    }

    List<PlannedModel> planned() {
        return planned;
    }

    Map<String, PlannedModel> plannedRoles() {
        return plannedRoles;
    }

    Map<String, Model> models() {
        return models;
    }

    Map<String, Model> roles() {
        return roles;
    }

    Map<String, TokenExtractor> extractors() {
        return extractors;
    }

    Map<String, Duration> timeouts() {
        return timeouts;
    }

    Map<String, Lane> lanes() {
        return lanes;
    }

    Set<String> trusted() {
        return trusted;
    }
}
