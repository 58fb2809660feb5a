package dev.rtel.store.sqlite;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.EvalJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of the table attempt. */
final class AttemptTable {
    private AttemptTable() {}

    static void insert(Handle handle, Attempt attempt) {
        handle.createUpdate("""
                        INSERT INTO attempt (attempt_id, run_id, model, task, sample, epoch, role, number, sent_at,
                          generation_id, ended_at, ending)
                        VALUES (:id, :run, :model, :task, :sample, :epoch, :role, :number, :sentAt, :generationId,
                          :endedAt, :ending)
                        """)
                .bind("id", attempt.id())
                .bind("run", attempt.runId())
                .bind("model", attempt.trial().model())
                .bind("task", attempt.trial().task())
                .bind("sample", attempt.trial().sample())
                .bind("epoch", attempt.trial().epoch())
                .bind("role", attempt.role())
                .bind("number", attempt.number())
                .bind("sentAt", IsoTime.text(attempt.sentAt()))
                .bind("generationId", attempt.generationId().orElse(null))
                .bind("endedAt", attempt.end().map(e -> IsoTime.text(e.at())).orElse(null))
                .bind("ending", attempt.end().map(AttemptTable::json).orElse(null))
                .execute();
    }

    /** Returns whether there is such an attempt. */
    static boolean identify(Handle handle, String attemptId, String generationId) {
        return handle.createUpdate("UPDATE attempt SET generation_id = :generationId WHERE attempt_id = :id")
                        .bind("id", attemptId)
                        .bind("generationId", generationId)
                        .execute()
                == 1;
    }

    /** Returns whether there is such an attempt. */
    static boolean end(Handle handle, String attemptId, Attempt.End end) {
        return handle.createUpdate("UPDATE attempt SET ended_at = :endedAt, ending = :ending,"
                                + " generation_id = COALESCE(:generationId, generation_id) WHERE attempt_id = :id")
                        .bind("id", attemptId)
                        .bind("endedAt", IsoTime.text(end.at()))
                        .bind("ending", json(end))
                        .bind("generationId", end.generationId().orElse(null))
                        .execute()
                == 1;
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

    private static String json(Attempt.End end) {
        return JsonText.encodable(EvalJson.write(end));
    }
}
