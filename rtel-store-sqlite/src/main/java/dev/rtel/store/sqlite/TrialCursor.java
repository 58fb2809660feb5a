package dev.rtel.store.sqlite;

import dev.rtel.common.RtelException;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore.Projection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.DataFormatException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterator;

/** Reads a run's records one by one; frees its connection at the end of the data or when closed. */
final class TrialCursor extends Spliterators.AbstractSpliterator<TrialRecord> {
    private static final String IN_PLAN_ORDER =
            "SELECT * FROM trial WHERE run_id = :run AND ordinal IS NOT NULL ORDER BY ordinal";

    private final Handle handle;
    private final RunPlan plan;
    private final Projection projection;
    private final StoreErrors errors;
    private final ResultIterator<TrialRecord> rows;

    private TrialCursor(Handle handle, RunPlan plan, Projection projection, StoreErrors errors) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.handle = handle;
        this.plan = plan;
        this.projection = projection;
        this.errors = errors;
        this.rows = handle.createQuery(IN_PLAN_ORDER)
                .bind("run", plan.runId())
                .map((row, context) -> read(row))
                .iterator();
    }

    /** Starts on a handle that this takes over; the handle's read transaction fits the plan. */
    static Stream<TrialRecord> stream(Handle handle, RunPlan plan, Projection projection, StoreErrors errors) {
        TrialCursor cursor = new TrialCursor(handle, plan, projection, errors);
        return StreamSupport.stream(cursor, false).onClose(cursor::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super TrialRecord> action) {
        TrialRecord next;
        try {
            if (!rows.hasNext()) {
                close();
                return false;
            }
            next = rows.next();
        } catch (JdbiException | RtelException e) {
            throw errors.failed("read the trials of run '" + plan.runId() + "'", e);
        }
        action.accept(next);
        return true;
    }

    private TrialRecord read(ResultSet row) throws SQLException {
        Trial planned = plan.trials().get(row.getInt("ordinal"));
        TrialRecord record = TrialTable.read(plan.runId(), planned, row);
        if (projection == Projection.WITHOUT_RAW) {
            return record;
        }
        try {
            return record.withOutcome(
                    Replies.withRaw(record.outcome(), TrialTable.replies(handle, row.getLong("trial_id"))));
        } catch (DataFormatException e) {
            throw new SQLException("the verbatim reply of trial " + record.key() + " is damaged", e);
        }
    }

    private void close() {
        rows.close();
        handle.close();
    }
}
