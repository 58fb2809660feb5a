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
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Rows of the tables run and plan. */
final class RunTable {
    private static final String SELECT = "SELECT run.*, plan.deflated FROM run JOIN plan USING (run_id)";

    private RunTable() {}

    private record Place(
            long trialId, TrialKey key, @Nullable Integer ordinal) {}

    static void put(Handle handle, RunPlan plan, Lease lease) {
        handle.createUpdate("""
                        INSERT INTO run (run_id, roster, created_at, state, simulated, lease_owner, lease_until)
                        VALUES (:run, :roster, :createdAt, :state, :simulated, :owner, :until)
                        ON CONFLICT (run_id) DO UPDATE SET
                          roster = excluded.roster, created_at = excluded.created_at, state = excluded.state,
                          finished_at = NULL, simulated = excluded.simulated, lease_owner = excluded.lease_owner,
                          lease_until = excluded.lease_until
                        """)
                .bind("run", plan.runId())
                .bind("roster", plan.roster())
                .bind("createdAt", IsoTime.text(plan.createdAt()))
                .bind("state", RunState.RUNNING.word())
                .bind("simulated", plan.simulated() ? 1 : 0)
                .bind("owner", lease.owner())
                .bind("until", IsoTime.text(lease.until()))
                .execute();
        handle.createUpdate("INSERT INTO plan (run_id, deflated) VALUES (:run, :deflated)"
                        + " ON CONFLICT (run_id) DO UPDATE SET deflated = excluded.deflated"
                        + " WHERE deflated <> excluded.deflated")
                .bind("run", plan.runId())
                .bind("deflated", JsonText.deflate(EvalJson.write(plan)))
                .execute();
    }

    /** Gives stored records the places of the new plan; those it no longer has lose theirs. */
    static void reorder(Handle handle, String runId, Map<TrialKey, Integer> ordinals) {
        List<Place> places = handle.createQuery(
                        "SELECT trial_id, model, task, sample, epoch, ordinal FROM trial WHERE run_id = :run")
                .bind("run", runId)
                .map((row, context) -> place(row))
                .list();
        PreparedBatch batch = handle.prepareBatch("UPDATE trial SET ordinal = :ordinal WHERE trial_id = :trial");
        for (Place place : places) {
            Integer ordinal = ordinals.get(place.key());
            if (!Objects.equals(ordinal, place.ordinal())) {
                batch.bind("ordinal", ordinal).bind("trial", place.trialId()).add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    static Optional<Lease> lease(Handle handle, String runId) {
        return handle.createQuery(
                        "SELECT lease_owner, lease_until FROM run" + " WHERE run_id = :run AND lease_owner IS NOT NULL")
                .bind("run", runId)
                .map((row, context) ->
                        new Lease(row.getString("lease_owner"), IsoTime.instant(row.getString("lease_until"))))
                .findOne();
    }

    static void lease(Handle handle, String runId, Lease lease) {
        handle.createUpdate("UPDATE run SET lease_owner = :owner, lease_until = :until WHERE run_id = :run")
                .bind("run", runId)
                .bind("owner", lease.owner())
                .bind("until", IsoTime.text(lease.until()))
                .execute();
    }

    static void releaseAll(Handle handle, String owner) {
        handle.createUpdate("UPDATE run SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = :owner")
                .bind("owner", owner)
                .execute();
    }

    static void end(Handle handle, String runId, RunState state, Instant at) {
        handle.createUpdate("UPDATE run SET state = :state, finished_at = :at WHERE run_id = :run")
                .bind("run", runId)
                .bind("state", state.word())
                .bind("at", IsoTime.text(at))
                .execute();
        if (state != RunState.RUNNING) {
            handle.createUpdate("UPDATE run SET lease_owner = NULL, lease_until = NULL WHERE run_id = :run")
                    .bind("run", runId)
                    .execute();
        }
    }

    static boolean exists(Handle handle, String runId) {
        return handle.createQuery("SELECT count(*) FROM run WHERE run_id = :run")
                        .bind("run", runId)
                        .mapTo(long.class)
                        .one()
                > 0;
    }

    static Optional<StoredRun> find(Handle handle, String runId) {
        return handle.createQuery(SELECT + " WHERE run_id = :run")
                .bind("run", runId)
                .map((row, context) -> stored(row))
                .findOne();
    }

    static List<StoredRun> newestFirst(Handle handle) {
        return handle.createQuery(SELECT + " ORDER BY created_at DESC, run_id DESC")
                .map((row, context) -> stored(row))
                .list();
    }

    static Map<TrialKey, Integer> ordinals(RunPlan plan) {
        Map<TrialKey, Integer> ordinals = new HashMap<>();
        plan.trials().forEach(trial -> ordinals.put(trial.key(), ordinals.size()));
        return ordinals;
    }

    private static StoredRun stored(ResultSet row) throws SQLException {
        try {
            return new StoredRun(
                    EvalJson.readPlan(JsonText.inflate(row.getBytes("deflated"))),
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
