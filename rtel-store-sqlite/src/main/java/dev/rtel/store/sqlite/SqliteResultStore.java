package dev.rtel.store.sqlite;

import dev.rtel.common.RtelException;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps results in one SQLite file. Every writing method returns only when its change is on disk (write-ahead log,
 * synced at each commit). Thread-safe; other processes may read the file, or write other runs, at the same time. A run's
 * lease holds 60 s from {@link #begin} or {@link #renewLease}; writing to a run that another writer has taken over is
 * refused. Preview: may change until a second implementation of {@link ResultStore} has proved it.
 */
public final class SqliteResultStore implements ResultStore {
    private final StoreOptions options;
    private final Database database;
    private final StoreErrors errors;
    private final String owner = Lease.newOwner();
    /** Of the runs begun here and not ended: each trial's place in the plan. */
    private final Map<String, Map<TrialKey, Integer>> places = new ConcurrentHashMap<>();

    private SqliteResultStore(StoreOptions options) {
        this.options = options;
        this.database = new Database(options);
        this.errors = database.errors();
    }

    /**
     * Opens a store for reading and writing; creates the file and its folder where they are missing, and brings a file
     * of an earlier version up to date.
     *
     * @param path the file, on a local disk
     * @throws StoreException if it cannot be opened, is damaged, of another program or of a newer version; such a file
     *     stays as it is
     */
    public static SqliteResultStore open(Path path) {
        return open(StoreOptions.of(path, false, Clock.systemUTC()));
    }

    /**
     * Opens a store for reading only; another process may be writing it. Writing methods throw.
     *
     * @param path an existing file
     * @throws StoreException if there is no store, or it is damaged, of another program or of another version
     */
    public static SqliteResultStore openReadOnly(Path path) {
        return open(StoreOptions.of(path, true, Clock.systemUTC()));
    }

    static SqliteResultStore open(StoreOptions options) {
        SqliteResultStore store = new SqliteResultStore(options);
        store.database.open();
        return store;
    }

    /** A store that touches nothing before its first use. */
    static SqliteResultStore lazily(Path path, Clock clock) {
        return new SqliteResultStore(StoreOptions.of(path, false, clock));
    }

    @Override
    public void begin(RunPlan plan) {
        String runId = plan.runId();
        Map<TrialKey, Integer> ordinals = RunTable.ordinals(plan);
        database.write("begin run '" + runId + "'", handle -> {
            RunTable.lease(handle, runId).ifPresent(lease -> refuseOther(runId, lease));
            RunTable.put(handle, plan, newLease());
            RunTable.reorder(handle, runId, ordinals);
            return runId;
        });
        places.put(runId, ordinals);
    }

    @Override
    public void renewLease(String runId) {
        database.write("renew the lease of run '" + runId + "'", handle -> {
            requireRun(handle, runId);
            Optional<Lease> held = RunTable.lease(handle, runId);
            if (held.filter(lease -> lease.owner().equals(owner)).isEmpty()) {
                throw errors.refused("the lease of run '" + runId + "' is lost"
                        + held.map(lease -> " to " + lease.owner()).orElse("; begin the run again"));
            }
            RunTable.lease(handle, runId, newLease());
            return runId;
        });
    }

    @Override
    public void attemptStarted(Attempt attempt) {
        database.write("note attempt '" + attempt.id() + "' of run '" + attempt.runId() + "'", handle -> {
            requireWritable(handle, attempt.runId());
            AttemptTable.insert(handle, attempt);
            return attempt;
        });
    }

    @Override
    public void attemptIdentified(String attemptId, String generationId) {
        database.write("note the generation id of attempt '" + attemptId + "'", handle -> {
            requireAttempt(attemptId, AttemptTable.identify(handle, attemptId, generationId));
            return attemptId;
        });
    }

    @Override
    public void attemptEnded(String attemptId, Attempt.End end) {
        database.write("note the end of attempt '" + attemptId + "'", handle -> {
            requireAttempt(attemptId, AttemptTable.end(handle, attemptId, end));
            return attemptId;
        });
    }

    @Override
    public void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
        String runId = record.runId();
        database.write("record trial " + record.key() + " of run '" + runId + "'", handle -> {
            requireWritable(handle, runId);
            TrialTable.upsert(handle, record, place(handle, record));
            if (attemptId.isPresent() && end.isPresent()) {
                requireAttempt(attemptId.get(), AttemptTable.end(handle, attemptId.get(), end.get()));
            }
            return record;
        });
    }

    @Override
    public void end(String runId, RunState state, Instant at) {
        database.write("end run '" + runId + "'", handle -> {
            requireWritable(handle, runId);
            RunTable.end(handle, runId, state, at);
            return runId;
        });
        places.remove(runId);
    }

    @Override
    public Optional<StoredRun> run(String runId) {
        return database.read("read run '" + runId + "'", handle -> RunTable.find(handle, runId));
    }

    @Override
    public List<StoredRun> runs() {
        return database.read("list the runs", RunTable::newestFirst);
    }

    @Override
    public Stream<TrialRecord> trials(String runId, Projection projection) {
        String doing = "read the trials of run '" + runId + "'";
        Handle handle = database.startReading(doing);
        return closingOnFailure(handle, doing, () -> {
            handle.execute("BEGIN"); // plan and records of the same moment; ends with the connection
            RunPlan plan =
                    RunTable.find(handle, runId).orElseThrow(() -> noRun(runId)).plan();
            return TrialCursor.stream(handle, plan, projection, errors);
        });
    }

    @Override
    public List<Attempt> attempts(String runId) {
        return database.read("read the attempts of run '" + runId + "'", handle -> AttemptTable.inOrder(handle, runId));
    }

    /** Gives up the leases held, ends open reads, moves the log into the file and closes it. */
    @Override
    public void close() {
        try {
            if (!places.isEmpty() && !options.readOnly()) {
                database.write("release leases", handle -> {
                    RunTable.releaseAll(handle, owner);
                    return owner;
                });
                places.clear();
            }
        } finally {
            database.close();
        }
    }

    private <T> T closingOnFailure(Handle handle, String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            handle.close();
            throw e;
        } catch (JdbiException | RtelException e) {
            handle.close();
            throw errors.failed(doing, e);
        }
    }

    private Lease newLease() {
        return new Lease(owner, options.clock().instant().plus(options.lease()));
    }

    private void requireWritable(Handle handle, String runId) {
        Optional<Lease> lease = RunTable.lease(handle, runId);
        if (lease.isEmpty()) {
            requireRun(handle, runId);
        } else if (places.containsKey(runId) && !lease.get().owner().equals(owner)) {
            throw errors.refused("run '" + runId + "' was taken over by "
                    + lease.get().owner() + " after its lease had ended; nothing more is written from here");
        } else {
            refuseOther(runId, lease.get());
        }
    }

    private void refuseOther(String runId, Lease lease) {
        if (!lease.owner().equals(owner) && lease.live(options.clock().instant())) {
            throw errors.leased("run '" + runId + "' is being written by " + lease.owner()
                    + " (host:process:id) until at least "
                    + lease.until().truncatedTo(ChronoUnit.SECONDS)
                    + "; wait for it or stop that process, then try again");
        }
    }

    private void requireRun(Handle handle, String runId) {
        if (!RunTable.exists(handle, runId)) {
            throw noRun(runId);
        }
    }

    private StoreException noRun(String runId) {
        return errors.refused("there is no run '" + runId + "'; 'rtel runs' lists those there are");
    }

    private void requireAttempt(String attemptId, boolean found) {
        if (!found) {
            throw errors.refused("there is no attempt '" + attemptId + "'; an attempt is noted before it is sent");
        }
    }

    /** The trial's place in the plan; null when the plan no longer has it. */
    private @Nullable Integer place(Handle handle, TrialRecord record) {
        Map<TrialKey, Integer> begun = places.get(record.runId());
        if (begun != null) {
            return begun.get(record.key());
        }
        Optional<TrialTable.Place> stored = TrialTable.place(handle, record);
        if (stored.isPresent()) {
            return stored.get().ordinal();
        }
        return RunTable.find(handle, record.runId())
                .map(run -> RunTable.ordinals(run.plan()).get(record.key()))
                .orElse(null);
    }
}
