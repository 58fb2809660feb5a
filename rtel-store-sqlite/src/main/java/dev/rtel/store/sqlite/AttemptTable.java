package dev.rtel.store.sqlite;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.EvalJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of the table attempt. */
final class AttemptTable {
    private static final String INSERT = """
            INSERT INTO attempt (attempt_id, run_id, model, task, sample, epoch, role, number, sent_at, generation_id,
              ended_at, ending)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String IDENTIFY = "UPDATE attempt SET generation_id = ? WHERE attempt_id = ?";

    private static final String END = "UPDATE attempt SET ended_at = ?, ending = ?,"
            + " generation_id = COALESCE(?, generation_id) WHERE attempt_id = ?";

    private AttemptTable() {}

    static Change insert(Attempt attempt) {
        @Nullable
        Object[] row = {
            attempt.id(),
            attempt.runId(),
            attempt.trial().model(),
            attempt.trial().task(),
            attempt.trial().sample(),
            attempt.trial().epoch(),
            attempt.role(),
            attempt.number(),
            IsoTime.text(attempt.sentAt()),
            attempt.generationId().orElse(null),
            attempt.end().map(e -> IsoTime.text(e.at())).orElse(null),
            attempt.end().map(EvalJson::write).orElse(null)
        };
        return connection -> connection.update(INSERT, row);
    }

    static Change identify(String attemptId, String generationId, StoreErrors errors) {
        return update(attemptId, errors, IDENTIFY, generationId, attemptId);
    }

    static Change end(String attemptId, Attempt.End end, StoreErrors errors) {
        return update(
                attemptId,
                errors,
                END,
                IsoTime.text(end.at()),
                EvalJson.write(end),
                end.generationId().orElse(null),
                attemptId);
    }

    private static Change update(String attemptId, StoreErrors errors, String sql, @Nullable Object... values) {
        return connection -> {
            if (connection.update(sql, values) == 0) {
                throw errors.refused("there is no attempt '" + attemptId + "'; an attempt is noted before it is sent");
            }
        };
    }

    static List<Attempt> inOrder(Handle handle, String runId) {
        return handle.createQuery("SELECT * FROM attempt WHERE run_id = :run ORDER BY sent_at, sequence")
                .bind("run", runId)
                .map((row, context) -> attempt(row))
                .list();
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getString("attempt_id"),
                row.getString("run_id"),
                TrialTable.key(row),
                row.getString("role"),
                row.getInt("number"),
                IsoTime.instant(row.getString("sent_at")),
                Optional.ofNullable(row.getString("generation_id")),
                Optional.ofNullable(row.getString("ending")).map(EvalJson::readEnd));
    }
}
