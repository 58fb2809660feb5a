package dev.rtel.store.sqlite;

import dev.rtel.eval.EvalJson;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of the tables run and plan. */
final class RunTable {
    private static final String SELECT = "SELECT run.*, plan.deflated FROM run JOIN plan USING (run_id)";

    private RunTable() {}

    /**
     * Who may write a run.
     *
     * @param known whether there is such a run
     * @param lease empty when nobody writes it
     */
    record Hold(boolean known, Optional<Lease> lease) {}

    private record Place(
            long trialId, TrialKey key, @Nullable Integer ordinal) {}

    /** Encodes a plan; what is returned writes it, with its run. */
    static Change put(RunPlan plan, Lease lease, Deflation deflation, PlanMemory plans) {
        byte[] deflated = deflation.of(out -> EvalJson.write(plan, out));
        return connection -> {
            connection.update(
                    """
                    INSERT INTO run (run_id, roster, created_at, state, simulated, lease_owner, lease_until)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (run_id) DO UPDATE SET
                      roster = excluded.roster, created_at = excluded.created_at, state = excluded.state,
                      finished_at = NULL, simulated = excluded.simulated, lease_owner = excluded.lease_owner,
                      lease_until = excluded.lease_until
                    """,
                    plan.runId(),
                    plan.roster(),
                    IsoTime.text(plan.createdAt()),
                    RunState.RUNNING.word(),
                    plan.simulated() ? 1 : 0,
                    lease.owner(),
                    IsoTime.text(lease.until()));
            connection.holds().put(plan.runId(), new Hold(true, Optional.of(lease)));
            connection.update(
                    "INSERT INTO plan (run_id, deflated) VALUES (?, ?)"
                            + " ON CONFLICT (run_id) DO UPDATE SET deflated = excluded.deflated"
                            + " WHERE deflated <> excluded.deflated",
                    plan.runId(),
                    deflated);
            plans.note(plan, deflated);
        };
    }

    /** Gives stored records the places of the new plan; those it no longer has lose theirs. */
    static void reorder(WritingConnection connection, String runId, Map<TrialKey, Integer> ordinals)
            throws SQLException {
        List<Place> places = connection.query(
                RunTable::place,
                "SELECT trial_id, model, task, sample, epoch, ordinal FROM trial WHERE run_id = ?",
                runId);
        for (Place place : places) {
            Integer ordinal = ordinals.get(place.key());
            if (!Objects.equals(ordinal, place.ordinal())) {
                connection.update("UPDATE trial SET ordinal = ? WHERE trial_id = ?", ordinal, place.trialId());
            }
        }
    }

    /** Reads who holds the run, once a transaction. */
    static Hold hold(WritingConnection connection, String runId) throws SQLException {
        Hold known = connection.holds().get(runId);
        if (known != null) {
            return known;
        }
        List<Hold> found = connection.query(
                row -> new Hold(true, lease(row)), "SELECT lease_owner, lease_until FROM run WHERE run_id = ?", runId);
        Hold hold = found.isEmpty() ? new Hold(false, Optional.empty()) : found.get(0);
        connection.holds().put(runId, hold);
        return hold;
    }

    static void lease(WritingConnection connection, String runId, Lease lease) throws SQLException {
        connection.update(
                "UPDATE run SET lease_owner = ?, lease_until = ? WHERE run_id = ?",
                lease.owner(),
                IsoTime.text(lease.until()),
                runId);
        connection.holds().put(runId, new Hold(true, Optional.of(lease)));
    }

    static void releaseAll(WritingConnection connection, String owner) throws SQLException {
        connection.update("UPDATE run SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?", owner);
        connection.holds().clear();
    }

    static void end(WritingConnection connection, String runId, RunState state, Instant at) throws SQLException {
        connection.update(
                "UPDATE run SET state = ?, finished_at = ? WHERE run_id = ?", state.word(), IsoTime.text(at), runId);
        if (state != RunState.RUNNING) {
            connection.update("UPDATE run SET lease_owner = NULL, lease_until = NULL WHERE run_id = ?", runId);
            connection.holds().put(runId, new Hold(true, Optional.empty()));
        }
    }

    static Optional<StoredRun> find(Handle handle, String runId, PlanMemory plans) {
        return handle.createQuery(SELECT + " WHERE run_id = :run")
                .bind("run", runId)
                .map((row, context) -> stored(row, plans))
                .findOne();
    }

    static List<StoredRun> newestFirst(Handle handle, PlanMemory plans) {
        return handle.createQuery(SELECT + " ORDER BY created_at DESC, run_id DESC")
                .map((row, context) -> stored(row, plans))
                .list();
    }

    /** The place of a trial in the stored plan; null when it is not in it. */
    static @Nullable Integer ordinal(WritingConnection connection, String runId, TrialKey key, PlanMemory plans)
            throws SQLException {
        List<StoredRun> found = connection.query(row -> stored(row, plans), SELECT + " WHERE run_id = ?", runId);
        return found.isEmpty() ? null : ordinals(found.get(0).plan()).get(key);
    }

    static Map<TrialKey, Integer> ordinals(RunPlan plan) {
        Map<TrialKey, Integer> ordinals = new HashMap<>();
        plan.trials().forEach(trial -> ordinals.put(trial.key(), ordinals.size()));
        return ordinals;
    }

    private static Optional<Lease> lease(ResultSet row) throws SQLException {
        String owner = row.getString("lease_owner");
        return owner == null
                ? Optional.empty()
                : Optional.of(new Lease(owner, IsoTime.instant(row.getString("lease_until"))));
    }

    private static StoredRun stored(ResultSet row, PlanMemory plans) throws SQLException {
        try {
            return new StoredRun(
                    plans.read(row.getString("run_id"), row.getBytes("deflated")),
                    RunState.of(row.getString("state")),
                    Optional.ofNullable(row.getString("finished_at")).map(IsoTime::instant));
        } catch (DataFormatException e) {
            throw new SQLException("the plan of run '" + row.getString("run_id") + "' is damaged", e);
        }
    }

    private static Place place(ResultSet row) throws SQLException {
        int ordinal = row.getInt("ordinal");
        boolean none = row.wasNull();
        return new Place(row.getLong("trial_id"), TrialTable.key(row), none ? null : ordinal);
    }
}
