package dev.rtel.cli;

import dev.rtel.analysis.JudgeWarnings;
import dev.rtel.common.PlainJson;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.Fingerprints;
import dev.rtel.plan.RunSpec;
import dev.rtel.spi.Components;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What calibrations of judges showed, a file a judge beside the store: the latest counts. */
final class Calibrations {
    private static final String GRADER = "judge";
    private static final List<String> KEPT = List.of(
            "key",
            "passed",
            "judge",
            "prompt_version",
            "votes",
            "finished_at",
            "corpus",
            "correct",
            "flawed",
            "hostile",
            "agreement");
    private final Optional<Path> folder;
    private final String version;

    /** Those beside a store; a store in memory has none. */
    Calibrations(Session session, StoreOptions stores, Components components) {
        this.folder = stores.beside(session, "judges");
        this.version = components
                .create(components.graders(), ComponentSpec.of(GRADER))
                .version();
    }

    /** Version of the judge's prompt and of what is made of the answer. */
    String version() {
        return version;
    }

    /** What a judge is known by: its id, parameters, routing and client, and the version of the prompt. */
    String key(PlannedModel judge) {
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        identity.put("id", judge.id());
        identity.put("params", judge.params());
        identity.put("routing", judge.routing());
        identity.put("client", judge.identity().client());
        identity.put("simulated", judge.identity().simulated());
        identity.put("version", version);
        return Fingerprints.sha256(PlainJson.canonical(identity)).substring(0, 16);
    }

    /** Keeps a result; returns where, or nothing when the store is in memory. */
    Optional<Path> keep(String key, Map<String, ? extends @Nullable Object> document) {
        return folder.map(there -> {
            Path file = file(there, key);
            try {
                Files.createDirectories(there);
                Path unfinished = Files.createTempFile(there, key, ".tmp");
                Files.writeString(unfinished, PlainJson.writePretty(document) + "\n");
                return Files.move(
                        unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new ConfigException("the calibration cannot be kept at '" + file + "': " + e, e);
            }
        });
    }

    /** Makes sure, before money is spent, that a result can be kept. */
    void prepare() {
        folder.ifPresent(there -> {
            try {
                Files.createDirectories(there);
            } catch (IOException e) {
                throw new ConfigException("'" + there + "', where calibrations are kept, cannot be made: " + e, e);
            }
        });
    }

    /** The specification with what is known of its judges, if anything in it is judged. */
    RunSpec noted(RunSpec spec, RunPlan plan) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>(spec.details());
        details.put(JudgeWarnings.CALIBRATIONS, facts(plan));
        return spec.withDetails(details);
    }

    /** Whether a specification has anything to judge. */
    static boolean needed(RunSpec spec) {
        return spec.tasks().stream().anyMatch(t -> t.task().grader().provider().equals(GRADER));
    }

    private Map<String, @Nullable Object> facts(RunPlan plan) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        plan.roles().forEach((role, judge) -> facts.put(role, known(key(judge))));
        return facts;
    }

    private @Nullable Map<String, @Nullable Object> known(String key) {
        if (folder.isEmpty()) {
            return null;
        }
        Path file = file(folder.get(), key);
        try {
            Map<String, @Nullable Object> all = PlainJson.readObject(Files.readString(file));
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            KEPT.forEach(name -> kept.put(name, all.get(name)));
            return kept;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | PlainJson.MalformedJsonException e) {
            throw new ConfigException(
                    "'" + file + "', a calibration, cannot be read: " + e.getMessage()
                            + "; delete it and calibrate again",
                    e);
        }
    }

    private static Path file(Path folder, String key) {
        return folder.resolve(key + ".json");
    }
}
