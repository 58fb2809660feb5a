package dev.rtel.tasks;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import dev.rtel.spi.Task;
import dev.rtel.tasks.internal.Components;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads task files (contracts, task file). Whether targets, cases and rubrics suit the grader is the grader's own
 * check while planning. Thread-safe.
 */
public final class TaskFile {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String PASS_AT = "pass_at";
    private static final List<String> KEYS =
            List.of("task", "version", "category", "grader", PASS_AT, "answer_format", "samples");

    private final Folder folder;
    private final Problems problems = new Problems();
    private final Map<String, SourceNode> idPlaces = new HashMap<>();
    private final Map<String, Map<String, String>> places = new HashMap<>();

    private TaskFile(Folder folder) {
        this.folder = folder;
    }

    /**
     * Reads a task from a YAML or JSON file; files it names ({@code samples}, {@code tests_file}) are relative to it.
     *
     * @throws ConfigException with file, line and key of up to 20 problems
     */
    public static Task read(Path file) {
        return new TaskFile(Folder.of(file)).task(DocumentReader.group(file));
    }

    /**
     * Reads a task from text that names no other file.
     *
     * @param name stands for the file in messages
     * @throws ConfigException with name, line and key of up to 20 problems
     */
    public static Task parse(String name, String text) {
        return new TaskFile(Folder.none()).task(DocumentReader.group(name, text));
    }

    private Task task(SourceNode.Group root) {
        Fields fields = new Fields(root, problems).known(KEYS);
        Optional<String> name = fields.requiredText("task");
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            fields.problem("task", "is '" + name.get() + "', expected lower-case letters, digits and hyphens");
        }
        Optional<String> version = fields.requiredText("version");
        Optional<String> category = fields.text("category");
        if (!fields.has("grader")) {
            fields.problem("grader", "is missing, expected a grader such as {name: exact-numeric}");
        }
        Optional<Fields> graderFields =
                root.members().get("grader") instanceof SourceNode.Group ? fields.fields("grader") : Optional.empty();
        Optional<ComponentSpec> grader = Components.read(fields, "grader", List.of(PASS_AT));
        Optional<BigDecimal> passAt = passAt(fields, graderFields);
        Optional<String> format = fields.text("answer_format");
        List<Sample> samples = samples(fields);
        problems.throwIfAny();
        return new LoadedTask(
                name.orElseThrow(),
                version.orElseThrow(),
                category.orElse(name.orElseThrow()),
                samples,
                grader.orElseThrow(),
                passAt.map(BigDecimal::doubleValue).orElse(1.0),
                format.orElse(Task.AUTO_FORMAT),
                new TaskPlaces(Optional.of(root.place().fileAndLine()), places));
    }

    /** The places of a sample's keys, named from the sample on. */
    private static Map<String, String> places(Fields sample) {
        String here = sample.place().path();
        Map<String, String> found = new HashMap<>();
        sample.group().locations().forEach((path, place) -> {
            String own = path.startsWith(here + ".") ? path.substring(here.length() + 1) : path;
            found.put(path.equals(here) ? "" : own, place);
        });
        found.putIfAbsent("", sample.place().fileAndLine());
        return found;
    }

    /** The pass mark may stand beside the grader or among its settings. */
    private Optional<BigDecimal> passAt(Fields task, Optional<Fields> grader) {
        boolean inGrader = grader.filter(g -> g.has(PASS_AT)).isPresent();
        if (inGrader && task.has(PASS_AT)) {
            task.problem(PASS_AT, "is given here and in the grader; keep one of them");
        }
        Fields holder = inGrader ? grader.orElseThrow() : task;
        return holder.number(PASS_AT).filter(value -> {
            boolean inRange = value.signum() > 0 && value.compareTo(BigDecimal.ONE) <= 0;
            if (!inRange) {
                holder.problem(PASS_AT, "is " + value + ", expected a score above 0, at most 1");
            }
            return inRange;
        });
    }

    private List<Sample> samples(Fields task) {
        if (!task.has("samples")) {
            task.problem("samples", "is missing, expected a list of samples or the name of a .jsonl file");
            return List.of();
        }
        Optional<SourceNode> node = task.node("samples", "a list of samples or the name of a .jsonl file");
        if (node.isEmpty()) {
            return List.of();
        }
        List<SourceNode> items = List.of();
        if (node.get() instanceof SourceNode.Items list) {
            items = list.items();
        } else if (node.get().plain() instanceof String file) {
            items = jsonLines(task, file);
        } else {
            task.problem("samples", "is " + node.get().describe() + ", expected a list or the name of a .jsonl file");
            return List.of();
        }
        if (items.isEmpty() && problems.none()) {
            task.problem("samples", "holds no sample, expected at least one");
        }
        return samples(task, items);
    }

    private List<Sample> samples(Fields task, List<SourceNode> items) {
        SampleReader reader = new SampleReader(folder, problems);
        List<Sample> samples = new ArrayList<>();
        List<Fields> sources = new ArrayList<>();
        for (SourceNode item : items) {
            Optional<Fields> fields = task.fields(item, "a sample: a group of keys");
            fields.ifPresent(sources::add);
            fields.flatMap(reader::read).ifPresent(sample -> {
                samples.add(sample);
                places.put(sample.id(), places(fields.orElseThrow()));
            });
        }
        sources.forEach(this::checkId);
        sources.forEach(this::checkTwin);
        return samples;
    }

    private void checkId(Fields sample) {
        if (sample.group().members().get("id") instanceof SourceNode.Scalar id && id.value() instanceof String text) {
            SourceNode first = idPlaces.putIfAbsent(text, id);
            if (first != null) {
                sample.problem(
                        "id",
                        "'" + text + "' is the id of another sample too, at "
                                + first.place().fileAndLine());
            }
        }
    }

    private void checkTwin(Fields sample) {
        if (!(sample.group().members().get("twin_of") instanceof SourceNode.Scalar twin)
                || !(twin.value() instanceof String text)) {
            return;
        }
        SourceNode id = sample.group().members().get("id");
        if (id != null && text.equals(id.plain())) {
            sample.problem("twin_of", "names the sample itself, expected the id of another sample");
        } else if (!idPlaces.containsKey(text)) {
            sample.problem("twin_of", Components.unknown("sample", text, idPlaces.keySet()));
        }
    }

    private List<SourceNode> jsonLines(Fields task, String file) {
        Folder.Neighbour neighbour;
        try {
            neighbour = folder.read(file);
        } catch (ConfigException e) {
            task.problem("samples", String.valueOf(e.getMessage()));
            return List.of();
        }
        List<SourceNode> items = new ArrayList<>();
        String[] lines = neighbour.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                items.add(DocumentReader.jsonLine(neighbour.name(), i + 1, lines[i]));
            }
        }
        return items;
    }
}
