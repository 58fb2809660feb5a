package dev.rtel.report.html;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.CostSummary;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.Status;
import dev.rtel.report.Figures;
import dev.rtel.report.html.Page.Bar;
import dev.rtel.report.html.Page.Board;
import dev.rtel.report.html.Page.BoardRow;
import dev.rtel.report.html.Page.Note;
import dev.rtel.report.html.Page.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The leaderboard table, rows in the order they come. */
final class BoardBuilder {
    private BoardBuilder() {}

    static Board board(Leaderboard leaderboard, Slugs slugs, Set<String> linked) {
        List<BoardRow> rows =
                leaderboard.rows().stream().map(r -> row(r, slugs, linked)).toList();
        return new Board(order(leaderboard.order()), rows.isEmpty(), rows, definitions(leaderboard));
    }

    private static String order(String order) {
        return order.equals("efficiency")
                ? "ordered by correct answers per 1,000 reasoning tokens; models without a rank follow by accuracy"
                : "ordered by " + order;
    }

    private static BoardRow row(Row row, Slugs slugs, Set<String> linked) {
        return new BoardRow(
                rankRange(row),
                row.rank().efficiency().isPresent()
                        ? String.valueOf(row.rank().efficiency().getAsInt())
                        : Figures.UNKNOWN,
                Excerpt.name(row.model()),
                slugs.id("model", row.model()),
                linked.contains(row.model()),
                row.modelId().equals(row.model()) ? "" : Excerpt.name(row.modelId()),
                row.reasoningLocked(),
                row.baseline(),
                accuracy(row.accuracy(), row.passed(), row.n()),
                bar(row.accuracy()),
                efficiency(row),
                rate(row.e0()),
                TokenWords.reasoning(row),
                tokens(row.responseTokens()),
                tokens(row.promptTokens()),
                cost(row.costUsd()),
                latency(row),
                completion(row),
                String.valueOf(row.unscored()),
                String.valueOf(row.failed()));
    }

    private static String rankRange(Row row) {
        if (row.rank().accuracyLow().isEmpty() || row.rank().accuracyHigh().isEmpty()) {
            return Figures.UNKNOWN;
        }
        int low = row.rank().accuracyLow().getAsInt();
        int high = row.rank().accuracyHigh().getAsInt();
        return low == high ? String.valueOf(low) : low + "–" + high;
    }

    static Value accuracy(Optional<Interval> accuracy, int passed, int n) {
        if (accuracy.isEmpty()) {
            return Value.none(Figures.UNKNOWN);
        }
        Interval a = accuracy.get();
        String range = a.lower().isPresent() && a.upper().isPresent()
                ? "[" + Figures.percentRange(a.lower().getAsDouble(), a.upper().getAsDouble()) + "] "
                : "";
        return Value.of(Figures.wholePercent(a.estimate()), range + passed + "/" + n);
    }

    static List<Bar> bar(Optional<Interval> accuracy) {
        return accuracy.filter(a -> a.lower().isPresent() && a.upper().isPresent())
                .map(a -> {
                    double low = clip(a.lower().getAsDouble());
                    double high = clip(a.upper().getAsDouble());
                    return List.of(
                            new Bar(percent(low), percent(Math.max(0, high - low)), percent(clip(a.estimate()))));
                })
                .orElse(List.of());
    }

    private static double clip(double share) {
        return Math.max(0, Math.min(1, share));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100);
    }

    private static Value efficiency(Row row) {
        Status status = row.reasoningTokens().status();
        if (status == Status.OFF || status == Status.NOT_REPORTED || status == Status.NO_SAMPLES) {
            return TokenWords.reasoning(row);
        }
        Value value = rate(row.efficiency());
        return !value.muted() && row.rank().efficiency().isEmpty() ? Value.of(value.text(), "not ranked") : value;
    }

    private static Value rate(Optional<Interval> rate) {
        return rate.map(r -> Value.of(
                        Figures.efficiency(r.estimate()),
                        r.lower().isPresent() && r.upper().isPresent()
                                ? "[" + Figures.efficiency(r.lower().getAsDouble()) + "–"
                                        + Figures.efficiency(r.upper().getAsDouble()) + "]"
                                : ""))
                .orElse(Value.none(Figures.UNKNOWN));
    }

    private static Value tokens(OptionalDouble mean) {
        return mean.isPresent() ? Value.of(Figures.tokens(mean.getAsDouble())) : Value.none(Figures.UNKNOWN);
    }

    private static Value cost(CostSummary cost) {
        String total = cost.total()
                .map(usd -> (cost.coverage() < 1 ? "total ≥ " : "total ") + Figures.usd(usd))
                .orElse("total unknown");
        return cost.perCorrect().isPresent()
                ? Value.of(Figures.usd(cost.perCorrect().getAsDouble()), total)
                : new Value(Figures.UNKNOWN, total, true);
    }

    private static Value latency(Row row) {
        OptionalDouble p50 = row.latencyMs().p50();
        OptionalDouble p95 = row.latencyMs().p95();
        String high = p95.isPresent() ? "p95 " + Figures.seconds(p95.getAsDouble()) : "";
        return p50.isPresent() ? Value.of(Figures.seconds(p50.getAsDouble()), high) : Value.none(Figures.UNKNOWN);
    }

    private static Value completion(Row row) {
        OptionalDouble rate = row.decomposition().completionRate();
        return rate.isPresent()
                ? Value.of(
                        Figures.wholePercent(rate.getAsDouble()),
                        row.truncated() > 0 ? row.truncated() + " cut off" : "")
                : Value.none(Figures.UNKNOWN);
    }

    private static List<Note> definitions(Leaderboard leaderboard) {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note(
                "Accuracy", "passed / n with its 95 % interval; n = graded + failed, a failed trial counts as wrong."));
        notes.add(new Note(
                "Rank",
                "by accuracy: the best and the worst rank the intervals allow. Efficiency rank: position"
                        + " among models with a complete count."));
        notes.add(new Note(
                "Efficiency",
                "correct answers per 1,000 reasoning tokens. n/r: not reported by the provider, unknown rather"
                        + " than 0. off: the model did not reason. –: no value."));
        notes.add(new Note("Per 1k generated", "correct answers per 1,000 tokens of reasoning and response together."));
        notes.add(new Note(
                "Tokens",
                "mean per sample, as billed. Reasoning needs a valid count on at least "
                        + Figures.wholePercent(leaderboard.policy().minCoverage()) + " of the samples to be ranked."));
        notes.add(
                new Note(
                        "Cost",
                        "US dollars: mean known cost divided by accuracy; below it the total, ≥ where some costs are unknown."));
        notes.add(new Note("Latency", "of successful attempts, median and 95th percentile."));
        notes.add(new Note("Completed", "share of trials that ended by themselves, neither failed nor cut off."));
        notes.add(new Note(
                "Unscored", "replies the grader could not judge; left out of n. Failed: no reply after all attempts."));
        if (leaderboard.rows().stream().anyMatch(Row::reasoningLocked)) {
            notes.add(new Note("Padlock", "the model's reasoning cannot be switched off."));
        }
        if (leaderboard.rows().stream().anyMatch(Row::baseline)) {
            notes.add(new Note("baseline", "a model known not to reason, for comparison."));
        }
        return notes;
    }
}
