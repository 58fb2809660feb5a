package dev.rtel.report;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.CategoryRow;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.TaskRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A leaderboard as {@code leaderboard.json}, schema {@value #SCHEMA}: every key always present, in a fixed order;
 * unknown is null, never 0. Thread-safe.
 */
public final class LeaderboardJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "rtel.leaderboard/1";

    /** Name of the file in a result folder. */
    public static final String FILE_NAME = "leaderboard.json";

    private LeaderboardJson() {}

    /** Returns the document as indented text with a final line feed. */
    public static String text(Leaderboard leaderboard) {
        return PlainJson.writePretty(toMap(leaderboard)) + "\n";
    }

    /** Returns the document as plain data. */
    public static Map<String, @Nullable Object> toMap(Leaderboard leaderboard) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("simulated", leaderboard.simulated());
        map.put("run_ids", leaderboard.runIds());
        map.put("generated_at", JsonNumbers.time(leaderboard.generatedAt()));
        map.put("policy", policy(leaderboard.policy()));
        List<Object> rows = new ArrayList<>();
        leaderboard.rows().forEach(row -> rows.add(row(row)));
        map.put("rows", rows);
        List<Object> warnings = new ArrayList<>();
        leaderboard.warnings().forEach(w -> warnings.add(object("code", w.code(), "text", w.text())));
        map.put("warnings", warnings);
        return map;
    }

    private static Map<String, @Nullable Object> policy(Leaderboard.Policy policy) {
        return object(
                "order", policy.order(),
                "accuracy_floor", JsonNumbers.of(policy.accuracyFloor()),
                "min_coverage", JsonNumbers.of(policy.minCoverage()),
                "bootstrap", object("B", policy.bootstrapReplicates(), "seed", policy.seed()));
    }

    static Map<String, @Nullable Object> row(Row row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("model", row.model());
        map.put("model_id", row.modelId());
        map.put("n", row.n());
        map.put("scored", row.scored());
        map.put("unscored", row.unscored());
        map.put("failed", row.failed());
        map.put("quarantined", row.quarantined());
        map.put("truncated", row.truncated());
        map.put("passed", row.passed());
        map.put("accuracy", accuracy(row.accuracy()));
        map.put("reasoning_tokens", reasoning(row.reasoningTokens(), row.n()));
        map.put("response_tokens", JsonNumbers.of(row.responseTokens()));
        map.put("prompt_tokens", JsonNumbers.of(row.promptTokens()));
        map.put("completion_tokens", JsonNumbers.of(row.completionTokens()));
        map.put("efficiency", estimate(row.efficiency()));
        map.put("e0", estimate(row.e0()));
        map.put(
                "decomposition",
                object(
                        "completion_rate", JsonNumbers.of(row.decomposition().completionRate()),
                        "conditional_accuracy",
                                JsonNumbers.of(row.decomposition().conditionalAccuracy()),
                        "mean_tokens", JsonNumbers.of(row.decomposition().meanTokens())));
        map.put("cost_usd", cost(row.costUsd(), row.n()));
        map.put(
                "latency_ms",
                object(
                        "p50", JsonNumbers.of(row.latencyMs().p50()),
                        "p95", JsonNumbers.of(row.latencyMs().p95()),
                        "n", row.latencyMs().n()));
        map.put("speed", speed(row.speed()));
        map.put(
                "rank",
                object(
                        "accuracy",
                        object(
                                "low", JsonNumbers.of(row.rank().accuracyLow()),
                                "high", JsonNumbers.of(row.rank().accuracyHigh())),
                        "efficiency",
                        JsonNumbers.of(row.rank().efficiency())));
        map.put(
                "pareto",
                object(
                        "tokens", row.pareto().tokens(),
                        "cost", row.pareto().cost(),
                        "latency", row.pareto().latency()));
        map.put("reasoning_locked", row.reasoningLocked());
        map.put("baseline", row.baseline());
        Map<String, @Nullable Object> byTask = new LinkedHashMap<>();
        row.byTask().forEach((task, figures) -> byTask.put(task, task(figures)));
        map.put("by_task", byTask);
        map.put("chance", JsonNumbers.of(row.chance()));
        map.put("above_chance", JsonNumbers.of(row.aboveChance()));
        Map<String, @Nullable Object> byCategory = new LinkedHashMap<>();
        row.byCategory().forEach((category, figures) -> byCategory.put(category, category(figures)));
        map.put("by_category", byCategory);
        return map;
    }

    private static Map<String, @Nullable Object> category(CategoryRow row) {
        return object(
                "n", row.n(),
                "passed", row.passed(),
                "accuracy", accuracy(row.accuracy()),
                "chance", JsonNumbers.of(row.chance()),
                "above_chance", JsonNumbers.of(row.aboveChance()));
    }

    private static Map<String, @Nullable Object> task(TaskRow row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("category", row.category());
        map.put("n", row.n());
        map.put("scored", row.scored());
        map.put("unscored", row.unscored());
        map.put("failed", row.failed());
        map.put("passed", row.passed());
        map.put("accuracy", accuracy(row.accuracy()));
        map.put("reasoning_tokens", reasoning(row.reasoningTokens(), row.n()));
        map.put("efficiency", estimate(row.efficiency()));
        map.put("cost_usd", cost(row.costUsd(), row.n()));
        map.put("chance", JsonNumbers.of(row.chance()));
        map.put("above_chance", JsonNumbers.of(row.aboveChance()));
        return map;
    }

    private static @Nullable Map<String, @Nullable Object> accuracy(Optional<Interval> interval) {
        Map<String, @Nullable Object> map = estimate(interval);
        if (map != null) {
            map.put("method", interval.map(Interval::method).orElse(null));
        }
        return map;
    }

    private static @Nullable Map<String, @Nullable Object> estimate(Optional<Interval> interval) {
        if (interval.isEmpty()) {
            return null;
        }
        Interval known = interval.get();
        return object(
                "estimate", JsonNumbers.of(known.estimate()),
                "lower", JsonNumbers.of(known.lower()),
                "upper", JsonNumbers.of(known.upper()));
    }

    private static Map<String, @Nullable Object> reasoning(Leaderboard.ReasoningTokens tokens, int n) {
        return object(
                "status", tokens.status().word(),
                "mean", JsonNumbers.of(tokens.mean()),
                "coverage", n == 0 ? null : JsonNumbers.of(tokens.coverage()));
    }

    private static Map<String, @Nullable Object> cost(Leaderboard.CostSummary cost, int n) {
        return object(
                "total", cost.total().orElse(null),
                "per_correct", JsonNumbers.of(cost.perCorrect()),
                "coverage", n == 0 ? null : JsonNumbers.of(cost.coverage()));
    }

    private static @Nullable Map<String, @Nullable Object> speed(Optional<Leaderboard.Speed> speed) {
        return speed.isEmpty()
                ? null
                : object(
                        "tps", JsonNumbers.of(speed.get().tps()),
                        "ttft_ms", JsonNumbers.of(speed.get().ttftMs()),
                        "run", speed.get().run());
    }

    /** A map of alternating keys and values. */
    static Map<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
