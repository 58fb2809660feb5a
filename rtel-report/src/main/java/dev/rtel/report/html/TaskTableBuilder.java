package dev.rtel.report.html;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.TaskRow;
import dev.rtel.eval.RunPlan;
import dev.rtel.report.Figures;
import dev.rtel.report.html.Page.TaskCell;
import dev.rtel.report.html.Page.TaskHead;
import dev.rtel.report.html.Page.TaskLine;
import dev.rtel.report.html.Page.TaskTable;
import dev.rtel.report.html.Page.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Accuracy and reasoning tokens of each model on each task. */
final class TaskTableBuilder {
    private TaskTableBuilder() {}

    static TaskTable table(Leaderboard leaderboard, RunPlan plan) {
        Map<String, TaskHead> heads = new LinkedHashMap<>();
        plan.tasks()
                .forEach(t -> heads.put(
                        t.name(),
                        new TaskHead(
                                t.name(),
                                t.category(),
                                "graded by " + t.grader().provider(),
                                chance(leaderboard, t.name()))));
        for (Row row : leaderboard.rows()) {
            row.byTask()
                    .forEach((name, task) -> heads.putIfAbsent(
                            name, new TaskHead(name, task.category(), "", chance(leaderboard, name))));
        }
        List<TaskLine> lines = leaderboard.rows().stream()
                .map(row -> new TaskLine(
                        Excerpt.name(row.model()),
                        heads.keySet().stream()
                                .map(name -> cell(row.byTask().get(name)))
                                .toList()))
                .toList();
        return new TaskTable(List.copyOf(heads.values()), lines);
    }

    /** The level is that of the samples; it differs between models only where their counted samples do. */
    private static String chance(Leaderboard leaderboard, String task) {
        double[] known = leaderboard.rows().stream()
                .map(row -> row.byTask().get(task))
                .filter(Objects::nonNull)
                .flatMapToDouble(own -> own.chance().stream())
                .sorted()
                .toArray();
        if (known.length == 0) {
            return "";
        }
        String low = Figures.percent(known[0]);
        String high = Figures.percent(known[known.length - 1]);
        return "chance " + (low.equals(high) ? low : low + " to " + high);
    }

    private static TaskCell cell(@Nullable TaskRow task) {
        if (task == null) {
            return new TaskCell(Value.none(Figures.UNKNOWN), List.of(), "", "");
        }
        Value tokens = TokenWords.reasoning(task.reasoningTokens());
        return new TaskCell(
                BoardBuilder.accuracy(task.accuracy(), task.passed(), task.n()),
                BoardBuilder.bar(task.accuracy()),
                task.aboveChance().isPresent()
                        ? "above chance "
                                + Figures.wholePercent(task.aboveChance().getAsDouble())
                        : "",
                tokens.muted() ? tokens.text() : tokens.text() + " tok");
    }
}
