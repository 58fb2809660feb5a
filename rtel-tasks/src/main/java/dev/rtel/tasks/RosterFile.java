package dev.rtel.tasks;

import dev.rtel.config.ConfigException;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.tasks.internal.Components;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Place;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads roster files (contracts, roster file) and the rosters that come with this module. Thread-safe. */
public final class RosterFile {
    private static final List<String> NAMES = List.of("default", "current");
    private static final List<String> KEYS = List.of("roster", "defaults", "roles", "models");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Problems problems = new Problems();
    private final Map<String, Place> names = new HashMap<>();

    private RosterFile() {}

    /** Returns the names of the bundled rosters: {@code default}, {@code current}. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Reads a bundled roster.
     *
     * @throws ConfigException if there is none of that name; the message lists those there are
     */
    public static Roster bundled(String name) {
        if (!NAMES.contains(name)) {
            throw new ConfigException(Components.unknown("bundled roster", name, NAMES) + "; or give a path");
        }
        return parse(name + ".yaml", BundledResource.text("rosters/" + name + ".yaml"));
    }

    /**
     * Reads a roster from a YAML or JSON file.
     *
     * @throws ConfigException with file, line and key of up to 20 problems
     */
    public static Roster read(Path file) {
        return new RosterFile().roster(DocumentReader.group(file));
    }

    /**
     * Reads a roster from text.
     *
     * @param name stands for the file in messages
     * @throws ConfigException with name, line and key of up to 20 problems
     */
    public static Roster parse(String name, String text) {
        return new RosterFile().roster(DocumentReader.group(name, text));
    }

    private Roster roster(SourceNode.Group root) {
        Fields fields = new Fields(root, problems).known(KEYS);
        Optional<String> name = fields.requiredText("roster");
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            fields.problem("roster", "is '" + name.get() + "', expected lower-case letters, digits and hyphens");
        }
        EntryReader reader = new EntryReader(RosterDefaults.read(fields, problems), problems);
        List<ModelEntry> models = new ArrayList<>();
        if (!fields.has("models")) {
            fields.problem("models", "is missing, expected a list of entries such as {id: openai/gpt-5.2}");
        }
        List<SourceNode> items = fields.items("models", "a list of entries such as {id: openai/gpt-5.2}");
        if (root.members().get("models") instanceof SourceNode.Items && items.isEmpty()) {
            fields.problem("models", "holds no entry, expected at least one");
        }
        for (SourceNode item : items) {
            fields.fields(item, "an entry such as {id: openai/gpt-5.2}")
                    .ifPresent(entry -> reader.models(entry).forEach(model -> add(model, entry.place(), models)));
        }
        Map<String, ModelEntry> roles = new LinkedHashMap<>();
        fields.fields("roles")
                .ifPresent(all -> all.group()
                        .members()
                        .forEach((role, node) -> all.fields(node, "an entry such as {id: mistralai/mistral-medium-3-5}")
                                .flatMap(reader::role)
                                .ifPresent(entry -> roles.put(role, entry))));
        problems.throwIfAny();
        return new Roster(name.orElseThrow(), models, roles);
    }

    private void add(ModelEntry model, Place place, List<ModelEntry> models) {
        Place first = names.putIfAbsent(model.name(), place);
        if (first != null) {
            problems.add(
                    place,
                    "the name '" + model.name() + "' is that of another entry too, on line " + first.line()
                            + "; give one of them a 'name' of its own");
        }
        models.add(model);
    }
}
