package dev.rtel.store.sqlite;

import dev.rtel.common.RtelException;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Verbatim;
import dev.rtel.spi.ResultStore.Projection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.DataFormatException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run's records one by one, their verbatim texts beside them in the same order; frees its connection at the end
 * of the data or when closed.
 */
final class TrialCursor extends Spliterators.AbstractSpliterator<TrialRecord> {
    private static final String IN_PLAN_ORDER =
            "SELECT * FROM trial WHERE run_id = :run AND ordinal IS NOT NULL ORDER BY ordinal";
    private static final String TEXTS_IN_PLAN_ORDER = "SELECT ordinal, kind, deflated FROM trial"
            + " JOIN raw USING (trial_id) WHERE run_id = :run AND ordinal IS NOT NULL ORDER BY ordinal";

    private final Handle handle;
    private final RunPlan plan;
    private final Projection projection;
    private final StoreErrors errors;
    private final ResultIterator<TrialRecord> rows;
    private final @Nullable ResultIterator<Text> texts;
    /** The first text not yet given to a record. */
    private @Nullable Text ahead;

    /** A verbatim text of the trial at this place in the plan. */
    private record Text(int ordinal, String kind, byte[] deflated) {}

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
        this.texts = projection == Projection.FULL
                ? handle.createQuery(TEXTS_IN_PLAN_ORDER)
                        .bind("run", plan.runId())
                        .map((row, context) ->
                                new Text(row.getInt("ordinal"), row.getString("kind"), row.getBytes("deflated")))
                        .iterator()
                : null;
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
        int ordinal = row.getInt("ordinal");
        TrialRecord record =
                TrialTable.read(plan.runId(), plan.trials().get(ordinal), projection == Projection.FIGURES, row);
        return projection == Projection.FULL
                ? record.withOutcome(Verbatim.put(record.outcome(), textsOf(ordinal, record)))
                : record;
    }

    private Map<String, String> textsOf(int ordinal, TrialRecord record) throws SQLException {
        Map<String, String> byKind = new HashMap<>();
        try {
            for (Text text = next(); text != null && text.ordinal() == ordinal; text = next()) {
                byKind.put(text.kind(), JsonText.inflate(text.deflated()));
                ahead = null;
            }
            return byKind;
        } catch (DataFormatException e) {
            throw new SQLException("a verbatim text of trial " + record.key() + " is damaged", e);
        }
    }

    private @Nullable Text next() {
        if (ahead == null && texts != null && texts.hasNext()) {
            ahead = texts.next();
        }
        return ahead;
    }

    private void close() {
        rows.close();
        if (texts != null) {
            texts.close();
        }
        handle.close();
    }
}
