package dev.rtel.store.sqlite;

import dev.rtel.eval.Completion;
import dev.rtel.eval.EvalJson;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.Score;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Waste;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Rows of the tables trial and raw. */
final class TrialTable {
    private static final String BY_KEY =
            " WHERE run_id = :run AND model = :model AND task = :task AND sample = :sample AND epoch = :epoch";

    private static final String UPSERT = """
            INSERT INTO trial (run_id, ordinal, model, task, sample, epoch, completion_fp, grade_fp, status, attempts,
              wasted_tokens, wasted_cost_usd, started_at, finished_at, quarantined, score, passed, prompt_tokens,
              response_tokens, reasoning_tokens, completion_tokens, cost_usd, finish_reason, generation_id, error_type,
              outcome)
            VALUES (:run, :ordinal, :model, :task, :sample, :epoch, :completionFp, :gradeFp, :status, :attempts,
              :wastedTokens, :wastedCost, :startedAt, :finishedAt, :quarantined, :score, :passed, :promptTokens,
              :responseTokens, :reasoningTokens, :completionTokens, :cost, :finishReason, :generationId, :errorType,
              :outcome)
            ON CONFLICT (run_id, model, task, sample, epoch) DO UPDATE SET
              ordinal = excluded.ordinal, completion_fp = excluded.completion_fp, grade_fp = excluded.grade_fp,
              status = excluded.status, attempts = excluded.attempts, wasted_tokens = excluded.wasted_tokens,
              wasted_cost_usd = excluded.wasted_cost_usd, started_at = excluded.started_at,
              finished_at = excluded.finished_at, quarantined = excluded.quarantined, score = excluded.score,
              passed = excluded.passed, prompt_tokens = excluded.prompt_tokens,
              response_tokens = excluded.response_tokens, reasoning_tokens = excluded.reasoning_tokens,
              completion_tokens = excluded.completion_tokens, cost_usd = excluded.cost_usd,
              finish_reason = excluded.finish_reason, generation_id = excluded.generation_id,
              error_type = excluded.error_type, outcome = excluded.outcome
            """;

    private TrialTable() {}

    /** What is stored under a key now. */
    private record Stored(String completionFingerprint, String outcome) {}

    /** Where a stored record stands; null = no longer in the plan. */
    record Place(@Nullable Integer ordinal) {}

    static Optional<Place> place(Handle handle, TrialRecord record) {
        return bindKey(handle.createQuery("SELECT ordinal FROM trial" + BY_KEY), record)
                .map((row, context) -> {
                    int ordinal = row.getInt("ordinal");
                    return new Place(row.wasNull() ? null : ordinal);
                })
                .findOne();
    }

    static void upsert(Handle handle, TrialRecord record, @Nullable Integer ordinal) {
        dropReplacedReplies(handle, record);
        Trial trial = record.trial();
        Outcome outcome = record.outcome();
        Optional<TokenUsage> usage = record.usage();
        bindKey(handle.createUpdate(UPSERT), record)
                .bind("ordinal", ordinal)
                .bind("completionFp", trial.completionFingerprint())
                .bind("gradeFp", trial.gradeFingerprint())
                .bind("status", status(outcome))
                .bind("attempts", record.attempts())
                .bind("wastedTokens", number(record.waste().tokens()))
                .bind("wastedCost", text(record.waste().costUsd()))
                .bind("startedAt", IsoTime.text(record.startedAt()))
                .bind("finishedAt", IsoTime.text(record.finishedAt()))
                .bind("quarantined", record.quarantined().orElse(null))
                .bind("score", record.graded().map(Score.Graded::value).orElse(null))
                .bind(
                        "passed",
                        record.graded().map(g -> record.passedAlone() ? 1 : 0).orElse(null))
                .bind("promptTokens", usage.map(u -> number(u.prompt().value())).orElse(null))
                .bind(
                        "responseTokens",
                        usage.map(u -> number(u.response().value())).orElse(null))
                .bind(
                        "reasoningTokens",
                        usage.map(u -> number(u.reasoning().value())).orElse(null))
                .bind(
                        "completionTokens",
                        usage.map(u -> number(u.completion().value())).orElse(null))
                .bind("cost", text(usage.flatMap(u -> u.cost().usd())))
                .bind(
                        "finishReason",
                        record.completion().flatMap(Completion::finishReason).orElse(null))
                .bind(
                        "generationId",
                        record.completion().flatMap(Completion::generationId).orElse(null))
                .bind(
                        "errorType",
                        outcome instanceof Outcome.Failed failed
                                ? failed.failure().type()
                                : null)
                .bind("outcome", JsonText.encodable(EvalJson.write(Replies.withRaw(outcome, Map.of()))))
                .execute();
        writeReplies(handle, record);
    }

    /** Maps the current row; the fingerprints are those the record was made under. */
    static TrialRecord read(String runId, Trial planned, ResultSet row) throws SQLException {
        Trial trial = new Trial(
                planned.key(),
                planned.model(),
                planned.task(),
                planned.sample(),
                planned.messages(),
                row.getString("completion_fp"),
                row.getString("grade_fp"));
        long wastedTokens = row.getLong("wasted_tokens");
        OptionalLong tokens = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(wastedTokens);
        return new TrialRecord(
                runId,
                trial,
                EvalJson.readOutcome(row.getString("outcome")),
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

    static Map<String, String> replies(Handle handle, long trialId) throws SQLException, DataFormatException {
        Map<String, byte[]> packed = new LinkedHashMap<>();
        handle.createQuery("SELECT kind, deflated FROM raw WHERE trial_id = :trial")
                .bind("trial", trialId)
                .map((row, context) -> packed.put(row.getString("kind"), row.getBytes("deflated")))
                .list();
        Map<String, String> byKind = new HashMap<>();
        for (Map.Entry<String, byte[]> reply : packed.entrySet()) {
            byKind.put(reply.getKey(), JsonText.inflate(reply.getValue()));
        }
        return byKind;
    }

    /**
     * Drops verbatim replies that belong to completions no longer there. A reply stays when its completion comes back
     * without it: re-grading reads records without their verbatim replies, which must not cost what was paid for.
     */
    private static void dropReplacedReplies(Handle handle, TrialRecord record) {
        Map<String, Completion> written = Replies.of(record.outcome());
        List<String> kinds = bindKey(
                        handle.createQuery("SELECT kind FROM raw JOIN trial USING (trial_id)" + BY_KEY), record)
                .mapTo(String.class)
                .list();
        kinds.removeIf(kind ->
                Optional.ofNullable(written.get(kind)).flatMap(Completion::raw).isPresent());
        if (kinds.isEmpty()) {
            return;
        }
        Stored stored = bindKey(handle.createQuery("SELECT completion_fp, outcome FROM trial" + BY_KEY), record)
                .map((row, context) -> new Stored(row.getString("completion_fp"), row.getString("outcome")))
                .one();
        boolean sameIdentity =
                stored.completionFingerprint().equals(record.trial().completionFingerprint());
        Map<String, Completion> before = Replies.of(EvalJson.readOutcome(stored.outcome()));
        for (String kind : kinds) {
            Completion old = before.get(kind);
            if (old == null || !sameIdentity || !Replies.same(old, Optional.ofNullable(written.get(kind)))) {
                bindKey(
                                handle.createUpdate("DELETE FROM raw WHERE kind = :kind AND trial_id ="
                                        + " (SELECT trial_id FROM trial" + BY_KEY + ")"),
                                record)
                        .bind("kind", kind)
                        .execute();
            }
        }
    }

    private static void writeReplies(Handle handle, TrialRecord record) {
        Replies.of(record.outcome())
                .forEach((kind, completion) -> completion
                        .raw()
                        .ifPresent(raw -> bindKey(
                                        handle.createUpdate("INSERT INTO raw (trial_id, kind, deflated)"
                                                + " SELECT trial_id, :kind, :deflated FROM trial" + BY_KEY
                                                + " ON CONFLICT (trial_id, kind) DO UPDATE SET deflated = excluded.deflated"
                                                + " WHERE deflated <> excluded.deflated"),
                                        record)
                                .bind("kind", kind)
                                .bind("deflated", JsonText.deflate(raw))
                                .execute()));
    }

    private static <S extends SqlStatement<S>> S bindKey(S statement, TrialRecord record) {
        TrialKey key = record.key();
        return statement
                .bind("run", record.runId())
                .bind("model", key.model())
                .bind("task", key.task())
                .bind("sample", key.sample())
                .bind("epoch", key.epoch());
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
