package dev.rtel.tasks.replay;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Origin;
import dev.rtel.eval.TrialKey;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.tasks.ModelSnapshot;
import dev.rtel.tasks.ModelSnapshot.Reasoning;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.replay.CompletionLine.RoleCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A file of recorded completions (contracts, completions file), one JSON object a line. Checked whole when opened;
 * answers are read from the file when asked for, so that its size does not matter. Thread-safe.
 */
public final class CompletionsFile {
    private record Span(long offset, int length, int line) {}

    private final Path file;
    private final Map<TrialKey, Span> index;
    private final Map<String, RecordedModel> models;
    private final Map<String, RoleCall> firstCalls;

    private CompletionsFile(
            Path file, Map<TrialKey, Span> index, Map<String, RecordedModel> models, Map<String, RoleCall> firstCalls) {
        this.file = file;
        this.index = Collections.unmodifiableMap(index);
        this.models = Collections.unmodifiableMap(models);
        this.firstCalls = Collections.unmodifiableMap(firstCalls);
    }

    /**
     * Opens and checks a file; blank lines are skipped, keys nobody knows are ignored.
     *
     * @throws ConfigException with file and line of what cannot be read, of a trial recorded twice, or of lines of one
     *     model that disagree about what it is
     */
    public static CompletionsFile read(Path file) {
        Map<TrialKey, Span> index = new LinkedHashMap<>();
        Map<String, RecordedModel> models = new LinkedHashMap<>();
        Map<String, RoleCall> firstCalls = new LinkedHashMap<>();
        try (LineScanner lines = new LineScanner(file)) {
            while (lines.next()) {
                String text = lines.text();
                if (text.isBlank()) {
                    continue;
                }
                CompletionLine line = CompletionLine.read(file.toString(), lines.number(), text);
                Span span = new Span(lines.offset(), lines.length(), lines.number());
                Span first = index.putIfAbsent(line.key(), span);
                if (first != null) {
                    throw new ConfigException(line.place()
                            .say("the completion of " + line.key() + " is recorded twice, first on line " + first.line()
                                    + "; keep one of them"));
                }
                models.computeIfAbsent(line.key().model(), RecordedModel::new).add(line);
                line.calls().forEach(call -> firstCalls.putIfAbsent(call.role(), call));
            }
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e, e);
        }
        if (index.isEmpty()) {
            throw new ConfigException(file + ": holds no completion, expected one JSON object a line");
        }
        return new CompletionsFile(file, index, models, firstCalls);
    }

    /** Returns the trials there is a completion of, in file order. */
    public Set<TrialKey> trials() {
        return index.keySet();
    }

    /** Returns the names of the models, in order of appearance. */
    public List<String> models() {
        return List.copyOf(models.keySet());
    }

    /** Returns the names of the roles that were called, in order of appearance; usually none or {@code judge}. */
    public List<String> roles() {
        return List.copyOf(firstCalls.keySet());
    }

    /**
     * Makes a roster that plays the file back: an entry for each model, and a role for each that was called.
     *
     * @param name of the roster
     */
    public Roster roster(String name) {
        List<ModelEntry> entries = new ArrayList<>();
        models.values().forEach(model -> entries.add(entry(model.name(), model)));
        Map<String, ModelEntry> roles = new LinkedHashMap<>();
        firstCalls.forEach((role, call) -> {
            String id = call.modelId().orElse("replay/" + role);
            roles.put(role, entry(id, new RecordedModel(id)).withParams(call.params()));
        });
        return new Roster(name, entries, roles);
    }

    /** Returns who produced a model's completions. */
    Origin origin(String model) {
        return Optional.ofNullable(models.get(model)).map(RecordedModel::origin).orElseGet(this::commonOrigin);
    }

    /** Reads the line of a trial; empty when nothing was recorded. */
    Optional<CompletionLine> find(TrialKey key) throws IOException {
        Span span = index.get(key);
        if (span == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(span.length());
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(span.offset());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
        }
        String text = DocumentReader.decode(file.toString(), span.line(), bytes.array());
        CompletionLine line = CompletionLine.read(file.toString(), span.line(), text);
        return line.key().equals(key) ? Optional.of(line) : Optional.empty();
    }

    /** Roles were served by the same kind of client as the models, or nothing certain is known. */
    private Origin commonOrigin() {
        List<Origin> origins =
                models.values().stream().map(RecordedModel::origin).distinct().toList();
        boolean simulated = origins.stream().anyMatch(Origin::simulated);
        return origins.size() == 1 ? origins.get(0) : new Origin(ReplayModelProvider.NAME, simulated);
    }

    private ModelEntry entry(String name, RecordedModel model) {
        Optional<Reasoning> known = ModelSnapshot.bundled().find(model.id()).map(ModelSnapshot.Facts::reasoning);
        Config settings = Config.of("replay of " + file, Map.of(ReplayModelProvider.FILE, file.toString()));
        return new ModelEntry(
                name,
                model.id(),
                new ComponentSpec(ReplayModelProvider.NAME, settings),
                Optional.empty(),
                model.params(),
                model.routing(),
                OptionalInt.empty(),
                Optional.empty(),
                known.filter(Reasoning.ALWAYS::equals).isPresent(),
                known.filter(Reasoning.NONE::equals).isPresent());
    }
}
