package dev.rtel.report;

import dev.rtel.analysis.PassRule;
import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Count;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.Score;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.RunRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trial records as {@code samples.jsonl}, schema {@value #SCHEMA}: one object a line, every key always present in a fixed
 * order, unknown is null. A completion that is paid but not yet graded has a null outcome. Thread-safe.
 */
public final class SamplesJsonl {
    /** Name and version of the format. */
    public static final String SCHEMA = "rtel.sample/1";

    /** Name of the file in a result folder. */
    public static final String FILE_NAME = "samples.jsonl";

    private SamplesJsonl() {}

    /**
     * Writes all records in plan order, as they are read.
     *
     * @throws IOException if writing fails
     */
    public static void write(RunRecords records, OutputStream out) throws IOException {
        PassRule rule = PassRule.of(List.of(records.run().plan()), records.figures());
        try (Stream<TrialRecord> read = records.read(ResultStore.Projection.WITHOUT_RAW)) {
            for (Iterator<TrialRecord> each = read.iterator(); each.hasNext(); ) {
                out.write((PlainJson.write(toMap(each.next(), rule)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Returns one record as plain data. */
    public static Map<String, @Nullable Object> toMap(TrialRecord record, PassRule rule) {
        Trial trial = record.trial();
        Optional<Completion> completion = record.completion();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("run_id", record.runId());
        map.put("simulated", trial.simulated());
        map.put("model", record.key().model());
        map.put("model_id", trial.model().id());
        map.put("task", record.key().task());
        map.put("category", trial.task().category());
        map.put("sample", record.key().sample());
        map.put("epoch", record.key().epoch());
        map.put("tags", trial.sample().tags());
        verdict(map, record, rule);
        map.put("finish_reason", completion.flatMap(Completion::finishReason).orElse(null));
        map.put("truncated", completion.map(Completion::truncated).orElse(null));
        TokenUsage usage = record.usage().orElseGet(TokenUsage::unknown);
        map.put("tokens", tokens(usage));
        map.put("cost_usd", JsonNumbers.money(usage.cost().usd()));
        map.put("cost_source", usage.cost().source().word());
        map.put("judge_cost_usd", JsonNumbers.money(roles(record).flatMap(RoleUsage::costUsd)));
        map.put("latency_ms", JsonNumbers.millis(completion.flatMap(Completion::latency)));
        map.put("ttft_ms", JsonNumbers.millis(completion.flatMap(Completion::ttft)));
        map.put("attempts", record.attempts());
        map.put("wasted_tokens", JsonNumbers.of(record.waste().tokens()));
        map.put("wasted_cost_usd", JsonNumbers.money(record.waste().costUsd()));
        map.put("provider", completion.flatMap(Completion::provider).orElse(null));
        map.put("served_model", completion.flatMap(Completion::servedModel).orElse(null));
        map.put("generation_id", completion.flatMap(Completion::generationId).orElse(null));
        map.put("error", error(record.outcome()));
        map.put("quarantined", record.quarantined().orElse(null));
        map.put("workload", JsonNumbers.of(trial.sample().workload()));
        map.put("started_at", JsonNumbers.time(record.startedAt()));
        map.put("finished_at", JsonNumbers.time(record.finishedAt()));
        map.put("completion_fingerprint", trial.completionFingerprint());
        map.put("grade_fingerprint", trial.gradeFingerprint());
        return map;
    }

    private static void verdict(Map<String, @Nullable Object> map, TrialRecord record, PassRule rule) {
        Optional<Score> score =
                record.outcome() instanceof Outcome.Scored scored ? Optional.of(scored.score()) : Optional.empty();
        Optional<Score.Graded> graded = record.graded();
        boolean failed = record.outcome() instanceof Outcome.Failed;
        map.put(
                "outcome",
                failed
                        ? "failed"
                        : score.map(s -> graded.isPresent() ? "scored" : "unscored")
                                .orElse(null));
        map.put("score", graded.map(g -> JsonNumbers.of(g.value())).orElse(null));
        map.put("passed", failed || graded.isPresent() ? rule.passed(record) : null);
        map.put("extracted", graded.flatMap(Score.Graded::answer).orElse(null));
        map.put("explanation", score.map(Score::explanation).orElse(null));
        map.put("grading", score.map(SamplesJsonl::grading).orElse(null));
    }

    private static Map<String, @Nullable Object> grading(Score score) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (score instanceof Score.Unscored unscored) {
            map.put("reason", unscored.reason());
        }
        score.detail().toMap().forEach(map::putIfAbsent);
        if (score.detail() instanceof GradingDetail.Judgement judgement) {
            map.put("agreement", agreement(judgement.votes()));
        }
        return map;
    }

    /** Share of the votes that agree with the most frequent verdict; unknown without votes. */
    private static @Nullable Object agreement(List<String> votes) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        votes.forEach(vote -> counts.merge(vote, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return votes.isEmpty() ? null : JsonNumbers.of((double) most / votes.size());
    }

    private static Map<String, @Nullable Object> tokens(TokenUsage usage) {
        Map<String, Count> counts = new LinkedHashMap<>();
        counts.put("prompt", usage.prompt());
        counts.put("cached", usage.cached());
        counts.put("response", usage.response());
        counts.put("reasoning", usage.reasoning());
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        counts.forEach((name, count) -> map.put(name, JsonNumbers.of(count.value())));
        map.put("reasoning_raw", JsonNumbers.of(usage.reasoningRaw()));
        map.put("completion", JsonNumbers.of(usage.completion().value()));
        counts.put("completion", usage.completion());
        Map<String, @Nullable Object> sources = new LinkedHashMap<>();
        counts.forEach((name, count) -> sources.put(name, count.source().word()));
        map.put("sources", sources);
        List<Object> flags = new ArrayList<>();
        usage.flags().forEach((UsageFlag flag) -> flags.add(flag.word()));
        map.put("flags", flags);
        return map;
    }

    /** What the grading's role calls used: none were made for a failed trial, unknown before grading. */
    private static Optional<RoleUsage> roles(TrialRecord record) {
        if (record.outcome() instanceof Outcome.Scored scored) {
            return Optional.of(scored.graderUsage());
        }
        return record.outcome() instanceof Outcome.Failed ? Optional.of(RoleUsage.none()) : Optional.empty();
    }

    private static @Nullable Object error(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                ? LeaderboardJson.object(
                        "type",
                        failed.failure().type(),
                        "message",
                        failed.failure().message())
                : null;
    }
}
