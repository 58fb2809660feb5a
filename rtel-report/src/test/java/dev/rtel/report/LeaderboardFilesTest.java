package dev.rtel.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.CostSummary;
import dev.rtel.eval.Leaderboard.Decomposition;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Latency;
import dev.rtel.eval.Leaderboard.Pareto;
import dev.rtel.eval.Leaderboard.Policy;
import dev.rtel.eval.Leaderboard.Rank;
import dev.rtel.eval.Leaderboard.ReasoningTokens;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.Speed;
import dev.rtel.eval.Leaderboard.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaderboardFilesTest {
    static final OptionalDouble NONE = OptionalDouble.empty();

    static Row unknownRow(String model) {
        return new Row(
                model,
                model,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Optional.empty(),
                new ReasoningTokens(Status.NO_SAMPLES, NONE, 0),
                NONE,
                NONE,
                NONE,
                Optional.empty(),
                Optional.empty(),
                new Decomposition(NONE, NONE, NONE),
                new CostSummary(Optional.empty(), NONE, 0),
                new Latency(NONE, NONE, 0),
                Optional.empty(),
                new Rank(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                new Pareto(false, false, false),
                false,
                false,
                Map.of());
    }

    static Leaderboard board(Row... rows) {
        return new Leaderboard(
                false, List.of("run-1"), SampleRun.GENERATED, Policy.standard(), List.of(rows), List.of());
    }

    static Row fullRow(String model) {
        OptionalDouble some = OptionalDouble.of(0.5);
        Optional<Interval> interval =
                Optional.of(new Interval(0.8, OptionalDouble.of(0.58), OptionalDouble.of(0.92), "wilson"));
        ReasoningTokens reasoning = new ReasoningTokens(Status.REPORTED, OptionalDouble.of(1900), 1);
        CostSummary cost = new CostSummary(Optional.of(new BigDecimal("0.43520")), OptionalDouble.of(0.0272), 1);
        return new Row(
                model,
                "google/gemini-2.5-pro",
                20,
                19,
                2,
                1,
                3,
                4,
                16,
                interval,
                reasoning,
                some,
                some,
                some,
                interval,
                interval,
                new Decomposition(some, some, some),
                cost,
                new Latency(OptionalDouble.of(31_000), OptionalDouble.of(60_000), 19),
                Optional.of(new Speed(80, 400, "run-9")),
                new Rank(OptionalInt.of(1), OptionalInt.of(5), OptionalInt.of(2)),
                new Pareto(true, false, true),
                true,
                false,
                Map.of(
                        "aime-math",
                        new Leaderboard.TaskRow(
                                "math", 5, 5, 0, 0, 4, interval, reasoning, interval, cost, OptionalDouble.of(0.2))),
                OptionalDouble.of(0.0625),
                Map.of("math", new Leaderboard.CategoryRow(5, 4, interval, OptionalDouble.of(0.2))));
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        return (Map<String, @Nullable Object>) value;
    }

    static Map<String, @Nullable Object> firstRow(Leaderboard board) {
        return map(((List<?>) PlainJson.readObject(LeaderboardJson.text(board)).get("rows")).get(0));
    }

    @Test
    void theDocumentHasItsKeysInOrder() {
        Map<String, @Nullable Object> document = PlainJson.readObject(LeaderboardJson.text(board(fullRow("m"))));
        assertThat(document.keySet())
                .containsExactly("schema", "simulated", "run_ids", "generated_at", "policy", "rows", "warnings");
        assertThat(document.get("schema")).isEqualTo("rtel.leaderboard/1");
        assertThat(document.get("generated_at")).isEqualTo("2026-11-20T15:00:00.500Z");
        assertThat(map(document.get("policy")).keySet())
                .containsExactly("order", "accuracy_floor", "min_coverage", "bootstrap");
        assertThat(map(map(document.get("policy")).get("bootstrap")).keySet()).containsExactly("B", "seed");
    }

    @Test
    void aRowHasItsKeysInOrderKnownOrNot() {
        List<String> keys = List.of(
                "model",
                "model_id",
                "n",
                "scored",
                "unscored",
                "failed",
                "quarantined",
                "truncated",
                "passed",
                "accuracy",
                "reasoning_tokens",
                "response_tokens",
                "prompt_tokens",
                "completion_tokens",
                "efficiency",
                "e0",
                "decomposition",
                "cost_usd",
                "latency_ms",
                "speed",
                "rank",
                "pareto",
                "reasoning_locked",
                "baseline",
                "by_task",
                "chance",
                "above_chance",
                "by_category");
        assertThat(firstRow(board(fullRow("m"))).keySet()).containsExactlyElementsOf(keys);
        assertThat(firstRow(board(unknownRow("m"))).keySet()).containsExactlyElementsOf(keys);
    }

    @Test
    void aKnownRowShowsEveryFigure() {
        Map<String, @Nullable Object> row = firstRow(board(fullRow("m")));
        assertThat(map(row.get("accuracy")).keySet()).containsExactly("estimate", "lower", "upper", "method");
        assertThat(map(row.get("efficiency")).keySet()).containsExactly("estimate", "lower", "upper");
        assertThat(map(row.get("reasoning_tokens")).keySet()).containsExactly("status", "mean", "coverage");
        assertThat(map(row.get("reasoning_tokens")).get("status")).isEqualTo("reported");
        assertThat(map(row.get("decomposition")).keySet())
                .containsExactly("completion_rate", "conditional_accuracy", "mean_tokens");
        assertThat(map(row.get("cost_usd"))).containsEntry("total", new BigDecimal("0.43520"));
        assertThat(map(row.get("latency_ms")).keySet()).containsExactly("p50", "p95", "n");
        assertThat(map(row.get("speed")).keySet()).containsExactly("tps", "ttft_ms", "run");
        assertThat(map(row.get("rank"))).containsEntry("efficiency", 2L);
        assertThat(map(map(row.get("rank")).get("accuracy")))
                .containsEntry("low", 1L)
                .containsEntry("high", 5L);
        assertThat(map(row.get("pareto"))).containsEntry("tokens", true).containsEntry("cost", false);
        assertThat(map(map(row.get("by_task")).get("aime-math")).keySet())
                .containsExactly(
                        "category",
                        "n",
                        "scored",
                        "unscored",
                        "failed",
                        "passed",
                        "accuracy",
                        "reasoning_tokens",
                        "efficiency",
                        "cost_usd",
                        "chance",
                        "above_chance");
        assertThat(map(map(row.get("by_category")).get("math")).keySet())
                .containsExactly("n", "passed", "accuracy", "chance", "above_chance");
        assertThat(new BigDecimal(String.valueOf(row.get("chance")))).isEqualByComparingTo("0.0625");
    }

    @Test
    void unknownIsNullAndNeverZero() {
        Map<String, @Nullable Object> row = firstRow(board(unknownRow("m")));
        for (String key : List.of(
                "accuracy", "response_tokens", "prompt_tokens", "completion_tokens", "efficiency", "e0", "speed")) {
            assertThat(row.get(key)).as(key).isNull();
        }
        assertThat(map(row.get("reasoning_tokens")).get("mean")).isNull();
        assertThat(map(row.get("reasoning_tokens")).get("coverage")).isNull();
        assertThat(map(row.get("cost_usd")).values()).containsOnlyNulls();
        assertThat(map(row.get("latency_ms")).get("p50")).isNull();
        assertThat(map(row.get("rank")).get("efficiency")).isNull();
        assertThat(map(map(row.get("rank")).get("accuracy")).values()).containsOnlyNulls();
    }

    @Test
    void noNumberIsEverNaN() {
        Row nan = new Row(
                "m",
                "m",
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                Optional.of(new Interval(Double.NaN, NONE, OptionalDouble.of(Double.POSITIVE_INFINITY), "none")),
                new ReasoningTokens(Status.REPORTED, OptionalDouble.of(Double.NaN), Double.NaN),
                NONE,
                NONE,
                NONE,
                Optional.empty(),
                Optional.empty(),
                new Decomposition(NONE, NONE, NONE),
                new CostSummary(Optional.empty(), NONE, 0),
                new Latency(NONE, NONE, 0),
                Optional.empty(),
                new Rank(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                new Pareto(false, false, false),
                false,
                false,
                Map.of());
        assertThat(LeaderboardJson.text(board(nan))).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(LeaderboardCsv.text(board(nan))).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void equalBoardsGiveEqualBytes() {
        assertThat(LeaderboardJson.text(new SampleRun().board()))
                .isEqualTo(LeaderboardJson.text(new SampleRun().board()));
        assertThat(LeaderboardCsv.text(new SampleRun().board()))
                .isEqualTo(LeaderboardCsv.text(new SampleRun().board()));
    }

    @Test
    void theCsvHasOneLineAModelAndAsManyCellsAsColumns() {
        List<List<String>> lines = parse(LeaderboardCsv.text(board(fullRow("a"), unknownRow("b"))));
        assertThat(lines).hasSize(3);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSameSizeAs(lines.get(0)));
        assertThat(lines.get(0))
                .startsWith("model", "model_id", "n", "scored", "unscored", "failed")
                .contains("by_task.aime-math.accuracy.estimate", "rank.accuracy.low", "simulated")
                .doesNotHaveDuplicates();
    }

    @Test
    void theCsvHoldsTheFiguresOfTheJson() {
        Leaderboard board = board(fullRow("a"), unknownRow("b"));
        List<List<String>> lines = parse(LeaderboardCsv.text(board));
        List<?> rows =
                (List<?>) PlainJson.readObject(LeaderboardJson.text(board)).get("rows");
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < lines.get(0).size() - 3; c++) {
                Object value = rows.get(r);
                for (String key : lines.get(0).get(c).split("\\.")) {
                    value = value instanceof Map<?, ?> map ? map.get(key) : null;
                }
                String cell = lines.get(r + 1).get(c);
                if (value instanceof BigDecimal number) {
                    assertThat(new BigDecimal(cell)).as(lines.get(0).get(c)).isEqualByComparingTo(number);
                } else {
                    assertThat(cell).as(lines.get(0).get(c)).isEqualTo(value == null ? "" : value.toString());
                }
            }
        }
    }

    @Test
    void everyFigureOfARowHasAColumn() {
        List<String> header = parse(LeaderboardCsv.text(board(fullRow("a")))).get(0);
        List<String> paths = new ArrayList<>();
        leaves("", firstRow(board(fullRow("a"))), paths);
        assertThat(header).containsAll(paths);
    }

    private static void leaves(String path, Map<String, @Nullable Object> map, List<String> paths) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?>) {
                leaves(path + key + ".", map(value), paths);
            } else {
                paths.add(path + key);
            }
        });
    }

    @Test
    void textThatASpreadsheetWouldRunIsDefused() {
        for (String hostile : List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1")) {
            List<List<String>> lines = parse(LeaderboardCsv.text(board(unknownRow(hostile))));
            assertThat(lines).hasSize(2);
            assertThat(lines.get(1).get(0)).isEqualTo("'" + hostile);
        }
        List<List<String>> quoted = parse(LeaderboardCsv.text(board(unknownRow("a,\"b\"\r\nc"))));
        assertThat(quoted).hasSize(2);
        assertThat(quoted.get(1).get(0)).isEqualTo("a,\"b\"\r\nc");
    }

    @Test
    void negativeNumbersStayNumbers() {
        Row row = fullRow("m");
        Row below = new Row(
                row.model(),
                row.modelId(),
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                Optional.of(new Interval(0.1, OptionalDouble.of(-0.05), OptionalDouble.of(0.3), "clustered")),
                row.reasoningTokens(),
                NONE,
                NONE,
                NONE,
                Optional.empty(),
                Optional.empty(),
                row.decomposition(),
                row.costUsd(),
                row.latencyMs(),
                Optional.empty(),
                row.rank(),
                row.pareto(),
                false,
                false,
                Map.of());
        assertThat(parse(LeaderboardCsv.text(board(below))).get(1)).contains("-0.05");
    }

    /** RFC 4180, written apart from the writer. */
    private static List<List<String>> parse(String csv) {
        List<List<String>> lines = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\r' && csv.charAt(i + 1) == '\n') {
                cells.add(cell.toString());
                cell.setLength(0);
                lines.add(cells);
                cells = new ArrayList<>();
                i++;
            } else {
                cell.append(c);
            }
        }
        assertThat(cell).isEmpty();
        return lines;
    }
}
