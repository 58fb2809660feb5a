package dev.rtel.run;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Verbatim;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps results as long as the object lives: the default of embedded runs. Thread-safe. */
public final class InMemoryResultStore implements ResultStore {
    private final Map<String, StoredRun> runs = new LinkedHashMap<>();
    private final Map<String, Map<TrialKey, TrialRecord>> records = new HashMap<>();
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    /** An empty store. */
    public InMemoryResultStore() {}

    @Override
    public synchronized void begin(RunPlan plan) {
        runs.put(plan.runId(), new StoredRun(plan, RunState.RUNNING, Optional.empty()));
        records.computeIfAbsent(plan.runId(), id -> new HashMap<>());
    }

    @Override
    public synchronized void attemptStarted(Attempt attempt) {
        attempts.put(attempt.id(), attempt);
    }

    @Override
    public synchronized void attemptIdentified(String attemptId, String generationId) {
        attempts.computeIfPresent(
                attemptId,
                (id, a) -> new Attempt(
                        id,
                        a.runId(),
                        a.trial(),
                        a.role(),
                        a.number(),
                        a.sentAt(),
                        Optional.of(generationId),
                        a.end()));
    }

    @Override
    public synchronized void attemptEnded(String attemptId, Attempt.End end) {
        attempts.computeIfPresent(
                attemptId,
                (id, a) -> new Attempt(
                        id,
                        a.runId(),
                        a.trial(),
                        a.role(),
                        a.number(),
                        a.sentAt(),
                        end.generationId().or(a::generationId),
                        Optional.of(end)));
    }

    @Override
    public synchronized void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
        known(record.runId());
        records.computeIfAbsent(record.runId(), id -> new HashMap<>())
                .merge(record.key(), record, InMemoryResultStore::keepingVerbatim);
        attemptId.ifPresent(id -> end.ifPresent(e -> attemptEnded(id, e)));
    }

    @Override
    public synchronized void end(String runId, RunState state, Instant at) {
        runs.put(runId, new StoredRun(known(runId).plan(), state, Optional.of(at)));
    }

    @Override
    public synchronized Optional<StoredRun> run(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    @Override
    public synchronized List<StoredRun> runs() {
        return runs.values().stream()
                .sorted(Comparator.comparing((StoredRun r) -> r.plan().createdAt())
                        .thenComparing(r -> r.plan().runId())
                        .reversed())
                .toList();
    }

    @Override
    public synchronized Stream<TrialRecord> trials(String runId, Projection projection) {
        Map<TrialKey, TrialRecord> stored = records.getOrDefault(runId, Map.of());
        List<TrialRecord> inOrder = new ArrayList<>();
        for (Trial trial : known(runId).plan().trials()) {
            TrialRecord found = stored.get(trial.key());
            if (found != null) {
                inOrder.add(found);
            }
        }
        return inOrder.stream().map(projection::of);
    }

    @Override
    public synchronized List<Attempt> attempts(String runId) {
        return attempts.values().stream().filter(a -> a.runId().equals(runId)).toList();
    }

    /** The new record with the verbatim texts of the stored one that still belong to it. */
    private static TrialRecord keepingVerbatim(TrialRecord stored, TrialRecord written) {
        Map<String, Verbatim> before = new HashMap<>();
        Verbatim.of(stored).forEach(v -> before.put(v.kind(), v));
        Map<String, String> texts = new HashMap<>();
        for (Verbatim place : Verbatim.of(written)) {
            Verbatim old = before.get(place.kind());
            Optional<String> kept = old != null && old.belongsTo() == place.belongsTo() ? old.text() : Optional.empty();
            place.text().or(() -> kept).ifPresent(text -> texts.put(place.kind(), text));
        }
        return written.withOutcome(Verbatim.put(written.outcome(), texts));
    }

    private StoredRun known(String runId) {
        StoredRun run = runs.get(runId);
        if (run == null) {
            throw new StoreException("no run '" + runId + "' in memory", null);
        }
        return run;
    }
}
