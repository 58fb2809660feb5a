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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows of the tables trial and raw. */
final class TrialTable {
    private static final String BY_KEY = " WHERE run_id = ? AND model = ? AND task = ? AND sample = ? AND epoch = ?";

    /** Leaves the place in the plan as it is: {@link RunTable#reorder} has seen to it. */
    private static final String UPDATE = """
            UPDATE trial SET completion_fp = ?, grade_fp = ?, status = ?, attempts = ?, wasted_tokens = ?,
              wasted_cost_usd = ?, started_at = ?, finished_at = ?, quarantined = ?, score = ?, passed = ?,
              prompt_tokens = ?, response_tokens = ?, reasoning_tokens = ?, completion_tokens = ?, cost_usd = ?,
              finish_reason = ?, generation_id = ?, error_type = ?, outcome = ?
            """ + BY_KEY;

    private static final String INSERT = """
            INSERT INTO trial (completion_fp, grade_fp, status, attempts, wasted_tokens, wasted_cost_usd, started_at,
              finished_at, quarantined, score, passed, prompt_tokens, response_tokens, reasoning_tokens,
              completion_tokens, cost_usd, finish_reason, generation_id, error_type, outcome,
              run_id, model, task, sample, epoch, ordinal)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (run_id, model, task, sample, epoch) DO NOTHING
            """;

    private static final String PUT_RAW = "INSERT INTO raw (kind, belongs_to, deflated, trial_id)"
            + " SELECT ?, ?, ?, trial_id FROM trial" + BY_KEY
            + " ON CONFLICT (trial_id, kind) DO UPDATE SET deflated = excluded.deflated"
            + " WHERE deflated <> excluded.deflated";

    private static final String DROP_OTHER_RAW =
            "DELETE FROM raw WHERE trial_id = (SELECT trial_id FROM trial" + BY_KEY + ") AND belongs_to NOT IN (";

    private TrialTable() {}

    /** Finds the place in the plan of a trial that is not stored yet; null = not in it. */
    @FunctionalInterface
    interface Ordinal {
        @Nullable
        Integer of(WritingConnection connection, String runId, TrialKey key) throws SQLException;
    }

    /** Encodes a record; what is returned writes it. */
    static Change upsert(TrialRecord record, Ordinal ordinal, Deflation deflation) {
        TrialKey key = record.key();
        @Nullable Object[] keys = {record.runId(), key.model(), key.task(), key.sample(), key.epoch()};
        @Nullable Object[] row = concat(columns(record), keys);
        List<Verbatim> places = Verbatim.of(record);
        @Nullable Object[] staying = places.stream().map(Verbatim::belongsTo).toArray();
        // A text stays when its completion comes back without it: re-grading reads records without their verbatim
        // replies, which must not cost what was paid for.
        String dropOthers = DROP_OTHER_RAW + String.join(", ", Collections.nCopies(staying.length, "?")) + ")";
        List<@Nullable Object[]> texts = new ArrayList<>();
        for (Verbatim place : places) {
            if (place.text().isPresent()) {
                byte[] deflated = deflation.of(place.text().get());
                texts.add(concat(new @Nullable Object[] {place.kind(), place.belongsTo(), deflated}, keys));
            }
        }
        boolean probablyNew = record.outcome() instanceof Outcome.Completed; // then an update would be in vain
        return connection -> {
            if (!(probablyNew && insert(connection, record, row, ordinal))) {
                if (connection.update(UPDATE, row) > 0) {
                    connection.update(dropOthers, concat(keys, staying));
                } else {
                    insert(connection, record, row, ordinal);
                }
            }
            for (@Nullable Object[] text : texts) {
                connection.update(PUT_RAW, text);
            }
        };
    }

    /** Returns whether there was no such trial yet. */
    private static boolean insert(
            WritingConnection connection, TrialRecord record, @Nullable Object[] row, Ordinal ordinal)
            throws SQLException {
        Integer place = ordinal.of(connection, record.runId(), record.key());
        return connection.update(INSERT, concat(row, place)) > 0;
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
            EvalJson.write(outcome)
        };
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
