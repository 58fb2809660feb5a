package dev.rtel.report;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.CategoryRow;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.Status;
import dev.rtel.eval.Leaderboard.TaskRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A leaderboard as text for a terminal of {@value #COLUMNS} columns, without colours: rank range, model, accuracy,
 * reasoning tokens, correct answers per 1,000 reasoning tokens, cost a correct answer, median latency. Thread-safe.
 */
public final class TerminalTable {
    /** Widest line. */
    public static final int COLUMNS = 100;

    private static final String GAP = "  ";
    private static final int MODEL = 1;
    private static final int MODEL_AT_LEAST = 8;
    private static final String PARTLY = "*";

    private TerminalTable() {}

    /** Returns the table and its notes, each line ended by a line feed. */
    public static String render(Leaderboard leaderboard) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("rank", "model", "accuracy", "reasoning tok", "acc/1k tok", "cost/correct", "p50"));
        leaderboard.rows().forEach(row -> lines.add(cells(row)));
        StringBuilder out = new StringBuilder();
        if (leaderboard.simulated()) {
            out.append("[SIMULATED] Answers come from a simulator: the figures say nothing about real models.\n");
        }
        table(lines, out);
        notes(leaderboard, out);
        return out.toString();
    }

    /**
     * Returns accuracy beside the level that guessing reaches, for each task and, where it has several tasks, each
     * category, one line a model; each line ended by a line feed. Empty when the leaderboard has no task.
     */
    public static String byTask(Leaderboard leaderboard) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("task", "model", "passed", "accuracy", "chance", "above chance"));
        Map<String, Set<String>> tasks = new LinkedHashMap<>();
        leaderboard
                .rows()
                .forEach(row -> row.byTask()
                        .forEach((name, task) -> tasks.computeIfAbsent(
                                        task.category(), category -> new LinkedHashSet<>())
                                .add(name)));
        tasks.forEach((category, names) -> {
            names.forEach(name -> leaderboard.rows().forEach(row -> {
                TaskRow task = row.byTask().get(name);
                if (task != null) {
                    lines.add(line(
                            name, row, task.passed(), task.n(), task.accuracy(), task.chance(), task.aboveChance()));
                }
            }));
            leaderboard.rows().forEach(row -> {
                CategoryRow all = row.byCategory().get(category);
                if (all != null && names.size() > 1) {
                    lines.add(line(
                            "(" + category + ")",
                            row,
                            all.passed(),
                            all.n(),
                            all.accuracy(),
                            all.chance(),
                            all.aboveChance()));
                }
            });
        });
        StringBuilder out = new StringBuilder();
        if (lines.size() > 1) {
            table(lines, out);
            wrap("", "Chance: what guessing reaches. Above chance: (accuracy - chance) / (1 - chance).", out);
        }
        return out.toString();
    }

    private static List<String> line(
            String name,
            Row row,
            int passed,
            int n,
            Optional<Interval> accuracy,
            OptionalDouble chance,
            OptionalDouble above) {
        return List.of(
                TerminalText.clean(name),
                TerminalText.clean(row.model()),
                passed + "/" + n,
                accuracy.map(i -> Figures.wholePercent(i.estimate())).orElse(Figures.UNKNOWN),
                figure(chance, Figures::percent),
                figure(above, Figures::wholePercent));
    }

    /** Returns the warnings as lines of at most {@value #COLUMNS} columns, each warning marked by an exclamation mark. */
    public static String warnings(Leaderboard leaderboard) {
        StringBuilder out = new StringBuilder();
        leaderboard.warnings().forEach(w -> wrap("! ", TerminalText.clean(w.text()), out));
        return out.toString();
    }

    private static List<String> cells(Row row) {
        return List.of(
                rank(row),
                TerminalText.clean(row.model()),
                accuracy(row),
                reasoning(row),
                efficiency(row),
                figure(row.costUsd().perCorrect(), Figures::usd),
                figure(row.latencyMs().p50(), Figures::seconds));
    }

    private static String rank(Row row) {
        if (row.rank().accuracyLow().isEmpty() || row.rank().accuracyHigh().isEmpty()) {
            return Figures.UNKNOWN;
        }
        int low = row.rank().accuracyLow().getAsInt();
        int high = row.rank().accuracyHigh().getAsInt();
        return low == high ? String.valueOf(low) : low + "–" + high;
    }

    private static String accuracy(Row row) {
        return row.accuracy()
                .map(i -> Figures.wholePercent(i.estimate())
                        + (bounded(i)
                                ? " ["
                                        + Figures.percentRange(
                                                i.lower().getAsDouble(),
                                                i.upper().getAsDouble()) + "]"
                                : ""))
                .orElse(Figures.UNKNOWN);
    }

    private static boolean bounded(Interval interval) {
        return interval.lower().isPresent() && interval.upper().isPresent();
    }

    private static String reasoning(Row row) {
        return switch (row.reasoningTokens().status()) {
            case REPORTED -> figure(row.reasoningTokens().mean(), Figures::tokens);
            case PARTLY_REPORTED -> figure(row.reasoningTokens().mean(), Figures::tokens) + PARTLY;
            case OFF -> "off";
            case NOT_REPORTED -> "not reported";
            case NO_SAMPLES -> Figures.UNKNOWN;
        };
    }

    private static String efficiency(Row row) {
        return row.efficiency()
                .map(i -> Figures.efficiency(i.estimate())
                        + (bounded(i)
                                ? " [" + Figures.efficiency(i.lower().getAsDouble()) + "–"
                                        + Figures.efficiency(i.upper().getAsDouble()) + "]"
                                : "")
                        + (row.reasoningTokens().status() == Status.PARTLY_REPORTED ? PARTLY : ""))
                .orElse(Figures.UNKNOWN);
    }

    private interface Format {
        String of(double value);
    }

    private static String figure(OptionalDouble value, Format format) {
        return value.isPresent() ? format.of(value.getAsDouble()) : Figures.UNKNOWN;
    }

    private static void table(List<List<String>> lines, StringBuilder out) {
        int[] widths = new int[lines.get(0).size()];
        int taken = 1;
        for (int column = 0; column < widths.length; column++) {
            for (List<String> line : lines) {
                widths[column] = Math.max(widths[column], TerminalText.width(line.get(column)));
            }
            taken += column == MODEL ? GAP.length() : widths[column] + (column == 0 ? 0 : GAP.length());
        }
        widths[MODEL] = Math.max(MODEL_AT_LEAST, Math.min(widths[MODEL], COLUMNS - taken));
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder(" ");
            for (int column = 0; column < widths.length; column++) {
                String cell = TerminalText.cut(line.get(column), widths[column]);
                String padding = " ".repeat(widths[column] - TerminalText.width(cell));
                text.append(column == 0 ? "" : GAP).append(column <= MODEL ? cell + padding : padding + cell);
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
    }

    private static void notes(Leaderboard board, StringBuilder out) {
        wrap(
                "",
                "Order: " + orderWords(board.order()) + ". Rank: the places a row's 95 % accuracy interval"
                        + " allows; overlapping ranges cannot be told apart.",
                out);
        if (board.rows().stream().anyMatch(r -> r.reasoningTokens().status() == Status.PARTLY_REPORTED)) {
            wrap("", PARTLY + " not ranked: reasoning tokens are known for too few samples.", out);
        }
        int scored = board.rows().stream().mapToInt(Row::scored).sum();
        int failed = board.rows().stream().mapToInt(Row::failed).sum();
        int unscored = board.rows().stream().mapToInt(Row::unscored).sum();
        int quarantined = board.rows().stream().mapToInt(Row::quarantined).sum();
        BigDecimal cost = board.rows().stream()
                .flatMap(r -> r.costUsd().total().stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean costKnown =
                board.rows().stream().anyMatch(r -> r.costUsd().total().isPresent());
        wrap(
                "",
                scored + " graded, " + failed + " failed, " + unscored + " not gradable"
                        + (quarantined == 0 ? "" : ", " + quarantined + " quarantined")
                        + (costKnown ? "; known cost " + Figures.usd(cost) + " without judges" : "") + ".",
                out);
    }

    private static String orderWords(String order) {
        return switch (order) {
            case "efficiency" -> "correct answers per 1,000 reasoning tokens";
            case "e0" -> "correct answers per 1,000 generated tokens";
            default -> TerminalText.clean(order);
        };
    }

    private static void wrap(String mark, String text, StringBuilder out) {
        String indent = " ".repeat(mark.length());
        StringBuilder line = new StringBuilder(mark);
        int used = mark.length();
        for (String word : text.split(" ")) {
            String piece = TerminalText.cut(word, COLUMNS - indent.length());
            int width = TerminalText.width(piece);
            if (used > indent.length() && used + 1 + width > COLUMNS) {
                out.append(line).append('\n');
                line = new StringBuilder(indent);
                used = indent.length();
            }
            if (used > indent.length()) {
                line.append(' ');
                used++;
            }
            line.append(piece);
            used += width;
        }
        out.append(line).append('\n');
    }
}
