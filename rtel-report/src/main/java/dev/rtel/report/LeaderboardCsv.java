package dev.rtel.report;

import dev.rtel.eval.Leaderboard;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A leaderboard as {@code leaderboard.csv}: the figures of {@code leaderboard.json}, one line a model, columns named by
 * their path in the JSON ({@code accuracy.estimate}); unknown is an empty cell. RFC 4180: UTF-8, CRLF. Text that a
 * spreadsheet would take for a formula gets a leading apostrophe. Thread-safe.
 */
public final class LeaderboardCsv {
    /** Name of the file in a result folder. */
    public static final String FILE_NAME = "leaderboard.csv";

    private static final String LINE_END = "\r\n";
    private static final String FORMULA_STARTS = "=+-@\t\r\n";
    private static final List<String> ROW_COLUMNS = List.of(
            "model",
            "model_id",
            "n",
            "scored",
            "unscored",
            "failed",
            "quarantined",
            "truncated",
            "passed",
            "accuracy.estimate",
            "accuracy.lower",
            "accuracy.upper",
            "accuracy.method",
            "reasoning_tokens.status",
            "reasoning_tokens.mean",
            "reasoning_tokens.coverage",
            "response_tokens",
            "prompt_tokens",
            "completion_tokens",
            "efficiency.estimate",
            "efficiency.lower",
            "efficiency.upper",
            "e0.estimate",
            "e0.lower",
            "e0.upper",
            "decomposition.completion_rate",
            "decomposition.conditional_accuracy",
            "decomposition.mean_tokens",
            "cost_usd.total",
            "cost_usd.per_correct",
            "cost_usd.coverage",
            "latency_ms.p50",
            "latency_ms.p95",
            "latency_ms.n",
            "speed.tps",
            "speed.ttft_ms",
            "speed.run",
            "rank.accuracy.low",
            "rank.accuracy.high",
            "rank.efficiency",
            "pareto.tokens",
            "pareto.cost",
            "pareto.latency",
            "reasoning_locked",
            "baseline");
    private static final List<String> TASK_COLUMNS = List.of(
            "category",
            "n",
            "scored",
            "unscored",
            "failed",
            "passed",
            "accuracy.estimate",
            "accuracy.lower",
            "accuracy.upper",
            "accuracy.method",
            "reasoning_tokens.status",
            "reasoning_tokens.mean",
            "reasoning_tokens.coverage",
            "efficiency.estimate",
            "efficiency.lower",
            "efficiency.upper",
            "cost_usd.total",
            "cost_usd.per_correct",
            "cost_usd.coverage",
            "chance",
            "above_chance");
    private static final List<String> CHANCE_COLUMNS = List.of("chance", "above_chance");
    private static final List<String> CATEGORY_COLUMNS = List.of(
            "n",
            "passed",
            "accuracy.estimate",
            "accuracy.lower",
            "accuracy.upper",
            "accuracy.method",
            "chance",
            "above_chance");
    private static final List<String> BOARD_COLUMNS = List.of("simulated", "run_ids", "generated_at");

    private LeaderboardCsv() {}

    /** Returns the document, header line included. */
    public static String text(Leaderboard leaderboard) {
        Set<String> tasks = new LinkedHashSet<>();
        leaderboard.rows().forEach(row -> tasks.addAll(row.byTask().keySet()));
        Set<String> categories = new LinkedHashSet<>();
        leaderboard.rows().forEach(row -> categories.addAll(row.byCategory().keySet()));
        StringBuilder out = new StringBuilder();
        List<@Nullable Object> header = new ArrayList<>(ROW_COLUMNS);
        tasks.forEach(task -> TASK_COLUMNS.forEach(column -> header.add("by_task." + task + "." + column)));
        header.addAll(CHANCE_COLUMNS);
        categories.forEach(
                name -> CATEGORY_COLUMNS.forEach(column -> header.add("by_category." + name + "." + column)));
        header.addAll(BOARD_COLUMNS);
        line(out, header);
        for (Leaderboard.Row row : leaderboard.rows()) {
            line(out, cells(leaderboard, row, tasks, categories));
        }
        return out.toString();
    }

    private static List<@Nullable Object> cells(
            Leaderboard leaderboard, Leaderboard.Row row, Set<String> tasks, Set<String> categories) {
        Map<String, @Nullable Object> figures = LeaderboardJson.row(row);
        List<@Nullable Object> cells = new ArrayList<>();
        ROW_COLUMNS.forEach(column -> cells.add(at(figures, column)));
        part(figures.get("by_task"), tasks, TASK_COLUMNS, cells);
        CHANCE_COLUMNS.forEach(column -> cells.add(at(figures, column)));
        part(figures.get("by_category"), categories, CATEGORY_COLUMNS, cells);
        cells.add(leaderboard.simulated());
        cells.add(String.join(" ", leaderboard.runIds()));
        cells.add(JsonNumbers.time(leaderboard.generatedAt()));
        return cells;
    }

    private static void part(
            @Nullable Object figures, Set<String> names, List<String> columns, List<@Nullable Object> cells) {
        for (String name : names) {
            Object own = figures instanceof Map<?, ?> map ? map.get(name) : null;
            columns.forEach(column -> cells.add(at(own, column)));
        }
    }

    private static @Nullable Object at(@Nullable Object figures, String path) {
        Object value = figures;
        for (String key : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    private static void line(StringBuilder out, List<@Nullable Object> cells) {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
        }
        out.append(LINE_END);
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof String text ? quoted(text) : value.toString();
    }

    private static String quoted(String text) {
        String safe = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
