package dev.rtel.cli;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.PriceBook;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.plan.TaskSource;
import dev.rtel.spi.Components;
import dev.rtel.tasks.BundledTasks;
import dev.rtel.tasks.PriceBooks;
import dev.rtel.tasks.RosterFile;
import dev.rtel.tasks.TaskSources;
import dev.rtel.tasks.replay.CompletionsFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns options into a specification. */
final class SpecAssembler {
    static final Set<String> HTTP_CLIENTS = Set.of("openrouter", "openai-compatible");
    static final String MODEL_ID = "[^/\\s]+/[^/\\s]+";
    private final Session session;
    private final Components components;

    SpecAssembler(Session session, Components components) {
        this.session = session;
        this.components = components;
    }

    RunSpec.Builder assemble(RunOptions options, LimitOptions limits) {
        if (options.epochs < 1) {
            throw new ConfigException("--epochs is " + options.epochs + ", expected at least 1");
        }
        Roster roster = options.replay == null ? roster(options) : replayed(options.replay, options);
        roster = JudgePanel.bind(roster, options.judges);
        JudgePanel panel = JudgePanel.of(roster, options.judges.size(), options.judgeVotes);
        if (options.who.baseUrl != null) {
            roster = at(roster, checked(options.who.baseUrl));
        }
        RunSpec.Builder spec = RunSpec.builder()
                .roster(roster)
                .samples(Set.copyOf(options.samples))
                .epochs(options.epochs)
                .limits(limits.limits())
                .allowSelfJudging(options.allowSelfJudging)
                .priceBook(prices(limits.prices));
        List<String> words = options.tasks.isEmpty() ? BundledTasks.names() : options.tasks;
        words.forEach(word -> spec.task(panel.seated(task(word))));
        return spec;
    }

    /** What a resumed run has to know of the options beside roster and tasks. */
    static Map<String, @Nullable Object> facts(RunOptions options, RunSpec spec) {
        Map<String, @Nullable Object> facts =
                new LinkedHashMap<>(JudgePanel.of(spec.roster(), options.judges.size(), options.judgeVotes)
                        .facts());
        if (options.allowSelfJudging) {
            facts.put(StoredSpec.SELF_JUDGING, true);
        }
        return facts;
    }

    static void requireModelId(String option, String value) {
        if (!value.matches(MODEL_ID)) {
            throw new ConfigException(option + " is '" + value + "', expected a model id, author/slug");
        }
    }

    PriceBook prices(@Nullable Path file) {
        return file == null
                ? PriceBooks.bundled()
                : PriceBooks.read(session.surroundings().directory().resolve(file));
    }

    /** A file is named by its full path, so that a resumed run finds it from anywhere. */
    TaskSource task(String word) {
        Path path = session.surroundings().resolve(word).normalize();
        boolean file = !BundledTasks.names().contains(word) && Files.isRegularFile(path);
        return TaskSources.resolve(file ? path.toString() : word, components.tasks(), components::context);
    }

    private Roster roster(RunOptions options) {
        Roster roster = named(options.who.roster);
        if (options.who.models.isEmpty()) {
            return roster;
        }
        Set<ModelEntry> chosen = new LinkedHashSet<>();
        for (String word : options.who.models) {
            List<ModelEntry> matches =
                    roster.models().stream().filter(m -> named(m, word)).toList();
            if (matches.isEmpty() && !word.matches(MODEL_ID)) {
                List<String> names =
                        roster.models().stream().map(ModelEntry::name).toList();
                throw new ConfigException("roster '" + roster.name() + "' has no model '" + word + "'"
                        + Suggestions.hint(word, names)
                        + "; it has " + names + "; any other model is given by its id, author/slug");
            }
            chosen.addAll(
                    matches.isEmpty()
                            ? List.of(ModelEntry.of(word, "openrouter", Map.of("max_tokens", 16_000L)))
                            : matches);
        }
        return roster.withModels(List.copyOf(chosen));
    }

    Roster named(String word) {
        if (RosterFile.names().contains(word)) {
            return RosterFile.bundled(word);
        }
        Path path = session.surroundings().resolve(word);
        if (Files.isRegularFile(path)) {
            return RosterFile.read(path);
        }
        throw new ConfigException("no roster '" + word + "'"
                + Suggestions.hint(word, RosterFile.names())
                + "; bundled: " + RosterFile.names() + ", or give the path of a roster file");
    }

    private Roster replayed(Path file, RunOptions options) {
        if (options.who.baseUrl != null) {
            throw new ConfigException("--replay and --base-url exclude each other: a replay calls no server");
        }
        Roster roster = CompletionsFile.read(session.surroundings().directory().resolve(file))
                .roster("replay");
        if (options.who.models.isEmpty()) {
            return roster;
        }
        for (String word : options.who.models) {
            List<String> names = roster.models().stream().map(ModelEntry::name).toList();
            if (roster.models().stream().noneMatch(m -> named(m, word))) {
                throw new ConfigException("no completion of model '" + word + "' is recorded"
                        + Suggestions.hint(word, names) + "; recorded: " + names);
            }
        }
        return roster.withModels(roster.models().stream()
                .filter(m -> options.who.models.stream().anyMatch(word -> named(m, word)))
                .toList());
    }

    private static boolean named(ModelEntry model, String word) {
        return model.name().equals(word) || model.id().equals(word);
    }

    static String checked(String baseUrl) {
        try {
            URI uri = new URI(baseUrl);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return baseUrl;
            }
        } catch (URISyntaxException e) {
            throw new ConfigException("--base-url is '" + baseUrl + "': " + e.getReason(), e);
        }
        throw new ConfigException("--base-url is '" + baseUrl + "', expected http://HOST… or https://HOST…");
    }

    /** The same roster with every HTTP client pointed at another server. */
    static Roster at(Roster roster, String baseUrl) {
        List<ModelEntry> models = new ArrayList<>();
        roster.models().forEach(m -> models.add(at(m, baseUrl)));
        Map<String, ModelEntry> roles = new LinkedHashMap<>();
        roster.roles().forEach((name, m) -> roles.put(name, at(m, baseUrl)));
        return new Roster(roster.name(), models, roles);
    }

    private static ModelEntry at(ModelEntry entry, String baseUrl) {
        ComponentSpec client = entry.client();
        if (!HTTP_CLIENTS.contains(client.provider())) {
            return entry;
        }
        return entry.withClient(client.provider(), with(client.config(), Map.of("base_url", baseUrl)));
    }

    static Config with(Config config, Map<String, ?> more) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(config.values());
        values.putAll(more);
        return new Config(config.path(), values, config.locations());
    }
}
