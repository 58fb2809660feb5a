package dev.rtel.store.sqlite;

import dev.rtel.eval.Completion;
import dev.rtel.eval.EvalJson;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.Score;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Verbatim;
import dev.rtel.eval.Waste;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows of the tables trial and raw. */
final class TrialTable {
    private static final String STORED = """
            SELECT trial_id, kind, belongs_to FROM trial LEFT JOIN raw USING (trial_id)
            WHERE run_id = ? AND model = ? AND task = ? AND sample = ? AND epoch = ?
            """;

    private static final String INSERT = """
            INSERT INTO trial (completion_fp, grade_fp, status, attempts, wasted_tokens, wasted_cost_usd, started_at,
              finished_at, quarantined, score, passed, prompt_tokens, response_tokens, reasoning_tokens,
              completion_tokens, cost_usd, finish_reason, generation_id, error_type, outcome,
              run_id, model, task, sample, epoch, ordinal)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING trial_id
            """;

    /** Leaves the place in the plan as it is: {@link RunTable#reorder} has seen to it. */
    private static final String UPDATE = """
            UPDATE trial SET completion_fp = ?, grade_fp = ?, status = ?, attempts = ?, wasted_tokens = ?,
              wasted_cost_usd = ?, started_at = ?, finished_at = ?, quarantined = ?, score = ?, passed = ?,
              prompt_tokens = ?, response_tokens = ?, reasoning_tokens = ?, completion_tokens = ?, cost_usd = ?,
              finish_reason = ?, generation_id = ?, error_type = ?, outcome = ?
            WHERE trial_id = ?
            """;

    private static final String PUT_RAW = """
            INSERT INTO raw (trial_id, kind, belongs_to, deflated) VALUES (?, ?, ?, ?)
            ON CONFLICT (trial_id, kind) DO UPDATE SET belongs_to = excluded.belongs_to, deflated = excluded.deflated
            WHERE belongs_to <> excluded.belongs_to OR deflated <> excluded.deflated
            """;

    private TrialTable() {}

    /** Finds the place in the plan of a trial that is not stored yet; null = not in it. */
    @FunctionalInterface
    interface Ordinal {
        @Nullable
        Integer of(WritingConnection connection, String runId, TrialKey key) throws SQLException;
    }

    /** A stored text; a trial without any has one row without kind. */
    private record Stored(long trialId, @Nullable String kind, long belongsTo) {}

    /** A verbatim text ready to be stored; null where the record came without it. */
    private record Packed(String kind, long belongsTo, byte @Nullable [] deflated) {}

    /** Encodes a record; what is returned writes it. */
    static Change upsert(TrialRecord record, Ordinal ordinal, Deflation deflation) {
        TrialKey key = record.key();
        @Nullable Object[] keys = {record.runId(), key.model(), key.task(), key.sample(), key.epoch()};
        @Nullable Object[] columns = columns(record);
        List<Packed> texts = Verbatim.of(record).stream()
                .map(v -> new Packed(
                        v.kind(), v.belongsTo(), v.text().map(deflation::of).orElse(null)))
                .toList();
        return connection -> {
            List<Stored> stored = connection.query(TrialTable::stored, STORED, keys);
            long trialId;
            if (stored.isEmpty()) {
                @Nullable Object[] row = concat(concat(columns, keys), ordinal.of(connection, record.runId(), key));
                trialId = connection.query(r -> r.getLong(1), INSERT, row).get(0);
            } else {
                trialId = stored.get(0).trialId();
                connection.update(UPDATE, concat(columns, trialId));
                dropOthers(connection, stored, texts);
            }
            for (Packed text : texts) {
                if (text.deflated() != null) {
                    connection.update(PUT_RAW, trialId, text.kind(), text.belongsTo(), text.deflated());
                }
            }
        };
    }

    /**
     * Drops verbatim texts that belong to completions no longer there. A text stays when its completion comes back
     * without it: re-grading reads records without their verbatim replies, which must not cost what was paid for.
     */
    private static void dropOthers(WritingConnection connection, List<Stored> stored, List<Packed> texts)
            throws SQLException {
        for (Stored old : stored) {
            boolean stays = texts.stream()
                    .anyMatch(t ->
                            t.kind().equals(old.kind()) && (t.deflated() != null || t.belongsTo() == old.belongsTo()));
            if (old.kind() != null && !stays) {
                connection.update("DELETE FROM raw WHERE trial_id = ? AND kind = ?", old.trialId(), old.kind());
            }
        }
    }

    private static @Nullable Object[] columns(TrialRecord record) {
        Trial trial = record.trial();
        Outcome outcome = record.outcome();
        Optional<TokenUsage> usage = record.usage();
        return new @Nullable Object[] {
            trial.completionFingerprint(),
            trial.gradeFingerprint(),
            status(outcome),
            record.attempts(),
            number(record.waste().tokens()),
            text(record.waste().costUsd()),
            IsoTime.text(record.startedAt()),
            IsoTime.text(record.finishedAt()),
            record.quarantined().orElse(null),
            record.graded().map(Score.Graded::value).orElse(null),
            record.graded().map(g -> record.passedAlone() ? 1 : 0).orElse(null),
            usage.map(u -> number(u.prompt().value())).orElse(null),
            usage.map(u -> number(u.response().value())).orElse(null),
            usage.map(u -> number(u.reasoning().value())).orElse(null),
            usage.map(u -> number(u.completion().value())).orElse(null),
            text(usage.flatMap(u -> u.cost().usd())),
            record.completion().flatMap(Completion::finishReason).orElse(null),
            record.completion().flatMap(Completion::generationId).orElse(null),
            outcome instanceof Outcome.Failed failed ? failed.failure().type() : null,
            JsonText.encodable(EvalJson.write(outcome))
        };
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(row.getLong(1), row.getString(2), row.getLong(3));
    }

    /** Maps the current row without verbatim texts; the fingerprints are those the record was made under. */
    static TrialRecord read(String runId, Trial planned, boolean figures, ResultSet row) throws SQLException {
        String completionFingerprint = row.getString("completion_fp");
        String gradeFingerprint = row.getString("grade_fp");
        boolean asPlanned = planned.completionFingerprint().equals(completionFingerprint)
                && planned.gradeFingerprint().equals(gradeFingerprint);
        Trial trial = asPlanned
                ? planned
                : new Trial(
                        planned.key(),
                        planned.model(),
                        planned.task(),
                        planned.sample(),
                        planned.messages(),
                        completionFingerprint,
                        gradeFingerprint);
        long wastedTokens = row.getLong("wasted_tokens");
        OptionalLong tokens = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(wastedTokens);
        String outcome = row.getString("outcome");
        return new TrialRecord(
                runId,
                trial,
                figures ? EvalJson.readFigures(outcome) : EvalJson.readOutcome(outcome),
                row.getInt("attempts"),
                new Waste(
                        tokens,
                        Optional.ofNullable(row.getString("wasted_cost_usd")).map(BigDecimal::new)),
                IsoTime.instant(row.getString("started_at")),
                IsoTime.instant(row.getString("finished_at")),
                Optional.ofNullable(row.getString("quarantined")));
    }

    static TrialKey key(ResultSet row) throws SQLException {
        return new TrialKey(
                row.getString("model"), row.getString("task"), row.getString("sample"), row.getInt("epoch"));
    }

    private static @Nullable Object[] concat(@Nullable Object[] first, @Nullable Object... second) {
        @Nullable Object[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static String status(Outcome outcome) {
        if (outcome instanceof Outcome.Scored scored) {
            return scored.score() instanceof Score.Graded ? "scored" : "unscored";
        }
        return outcome instanceof Outcome.Failed ? "failed" : "completed";
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static @Nullable String text(Optional<BigDecimal> amount) {
        return amount.map(BigDecimal::toString).orElse(null); // toString keeps the exact scale
    }
}
