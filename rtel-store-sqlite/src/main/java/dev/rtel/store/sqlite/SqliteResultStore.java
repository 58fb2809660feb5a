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
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps results in one SQLite file. Every writing method returns only when its change is on disk (write-ahead log,
 * synced at each commit), but for {@link #attemptIdentified} of an attempt noted through this object. Changes asked for
 * at the same time share a commit, on a daemon thread that lives from the first write to {@link #close}; one that fails
 * fails alone, and a commit that fails fails all that shared it. Thread-safe, made for hundreds of writing threads;
 * other processes may read the file, or write other runs, at the same time. A run's lease holds 60 s from {@link #begin} or {@link #renewLease}; writing to a run that another writer has taken over is
 * refused. Preview: may change until a second implementation of {@link ResultStore} has proved it.
 */
public final class SqliteResultStore implements ResultStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteResultStore.class);

    private final StoreOptions options;
    private final Database database;
    private final StoreErrors errors;
    private final String owner = Lease.newOwner();
    /** Of the runs begun here and not ended: each trial's place in the plan. */
    private final Map<String, Map<TrialKey, Integer>> places = new ConcurrentHashMap<>();
    /** Attempts noted here whose end is not. */
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

    private final Deflation deflation = new Deflation();
    private final PlanMemory plans = new PlanMemory();

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
        Change put = RunTable.put(plan, newLease(), deflation, plans);
        database.write(() -> "begin run '" + runId + "'", connection -> {
            RunTable.hold(connection, runId).lease().ifPresent(lease -> refuseOther(runId, lease));
            put.apply(connection);
            RunTable.reorder(connection, runId, ordinals);
        });
        places.put(runId, ordinals);
    }

    @Override
    public void renewLease(String runId) {
        database.write(() -> "renew the lease of run '" + runId + "'", connection -> {
            RunTable.Hold hold = RunTable.hold(connection, runId);
            if (!hold.known()) {
                throw noRun(runId);
            }
            if (hold.lease().filter(lease -> lease.owner().equals(owner)).isEmpty()) {
                throw errors.refused("the lease of run '" + runId + "' is lost"
                        + hold.lease().map(lease -> " to " + lease.owner()).orElse("; begin the run again"));
            }
            RunTable.lease(connection, runId, newLease());
        });
    }

    @Override
    public void attemptStarted(Attempt attempt) {
        Change insert = AttemptTable.insert(attempt);
        database.write(() -> "note attempt '" + attempt.id() + "' of run '" + attempt.runId() + "'", connection -> {
            requireWritable(connection, attempt.runId());
            insert.apply(connection);
        });
        sent.add(attempt.id());
    }

    @Override
    public void attemptIdentified(String attemptId, String generationId) {
        Supplier<String> doing = () -> "note the generation id of attempt '" + attemptId + "'";
        Change identify = AttemptTable.identify(attemptId, generationId, errors);
        if (sent.contains(attemptId)) {
            // The caller is in the middle of a paid call, which must not wait for the disk.
            database.writeLater(
                    doing, identify, failure -> LOG.warn("{}; it comes again with the end", failure.getMessage()));
        } else {
            database.write(doing, identify);
        }
    }

    @Override
    public void attemptEnded(String attemptId, Attempt.End end) {
        database.write(() -> "note the end of attempt '" + attemptId + "'", AttemptTable.end(attemptId, end, errors));
        sent.remove(attemptId);
    }

    @Override
    public void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
        recordSoon(record, attemptId, end).await();
    }

    @Override
    public Pending recordSoon(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
        String runId = record.runId();
        Optional<Change> ending = attemptId.flatMap(id -> end.map(e -> AttemptTable.end(id, e, errors)));
        Change upsert = TrialTable.upsert(record, this::place, deflation);
        Pending write = database.begin(() -> "record trial " + record.key() + " of run '" + runId + "'", connection -> {
            requireWritable(connection, runId);
            upsert.apply(connection);
            if (ending.isPresent()) {
                ending.get().apply(connection);
            }
        });
        if (ending.isPresent()) {
            sent.remove(attemptId.get());
        }
        return write;
    }

    @Override
    public void end(String runId, RunState state, Instant at) {
        database.write(() -> "end run '" + runId + "'", connection -> {
            requireWritable(connection, runId);
            RunTable.end(connection, runId, state, at);
        });
        places.remove(runId);
    }

    @Override
    public Optional<StoredRun> run(String runId) {
        return database.read("read run '" + runId + "'", handle -> RunTable.find(handle, runId, plans));
    }

    @Override
    public List<StoredRun> runs() {
        return database.read("list the runs", handle -> RunTable.newestFirst(handle, plans));
    }

    @Override
    public Stream<TrialRecord> trials(String runId, Projection projection) {
        String doing = "read the trials of run '" + runId + "'";
        Handle handle = database.startReading(doing);
        return closingOnFailure(handle, doing, () -> {
            handle.execute("BEGIN"); // plan and records of the same moment; ends with the connection
            RunPlan plan = RunTable.find(handle, runId, plans)
                    .orElseThrow(() -> noRun(runId))
                    .plan();
            return TrialCursor.stream(handle, plan, projection, errors);
        });
    }

    @Override
    public List<Attempt> attempts(String runId) {
        return database.read("read the attempts of run '" + runId + "'", handle -> AttemptTable.inOrder(handle, runId));
    }

    /** Writes what was asked for, gives up the leases held, ends open reads, moves the log into the file and closes it. */
    @Override
    public void close() {
        try {
            if (!places.isEmpty() && !options.readOnly()) {
                database.write(() -> "release leases", connection -> RunTable.releaseAll(connection, owner));
                places.clear();
            }
        } finally {
            database.close();
            deflation.close();
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

    private void requireWritable(WritingConnection connection, String runId) throws SQLException {
        RunTable.Hold hold = RunTable.hold(connection, runId);
        if (!hold.known()) {
            throw noRun(runId);
        }
        if (hold.lease().isEmpty()) {
            return;
        }
        Lease lease = hold.lease().get();
        if (places.containsKey(runId) && !lease.owner().equals(owner)) {
            throw errors.refused("run '" + runId + "' was taken over by " + lease.owner()
                    + " after its lease had ended; nothing more is written from here");
        }
        refuseOther(runId, lease);
    }

    private void refuseOther(String runId, Lease lease) {
        if (!lease.owner().equals(owner) && lease.live(options.clock().instant())) {
            throw errors.leased("run '" + runId + "' is being written by " + lease.owner()
                    + " (host:process:id) until at least "
                    + lease.until().truncatedTo(ChronoUnit.SECONDS)
                    + "; wait for it or stop that process, then try again");
        }
    }

    private StoreException noRun(String runId) {
        return errors.refused("there is no run '" + runId + "'; 'rtel runs' lists those there are");
    }

    /** The place in the plan of a trial that is not stored yet; null when the plan does not have it. */
    private @Nullable Integer place(WritingConnection connection, String runId, TrialKey key) throws SQLException {
        Map<TrialKey, Integer> begun = places.get(runId);
        return begun == null ? RunTable.ordinal(connection, runId, key, plans) : begun.get(key);
    }
}
