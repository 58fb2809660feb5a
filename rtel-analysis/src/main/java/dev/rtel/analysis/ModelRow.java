package dev.rtel.analysis;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.TokenUsage;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A row in the making: everything but what depends on the other rows. */
final class ModelRow {
    final PlannedModel model;
    final TrialSheet sheet;
    final EfficiencySummary summary;
    final TokenDecomposition decomposition;
    final Optional<Leaderboard.Interval> accuracy;
    final boolean judgedAlone;
    OptionalInt efficiencyRank = OptionalInt.empty();
    private final Map<String, Leaderboard.TaskRow> byTask;
    private final OptionalDouble chance;
    private final Map<String, Leaderboard.CategoryRow> byCategory;

    ModelRow(
            PlannedModel model,
            TrialSheet sheet,
            Map<String, Leaderboard.TaskRow> byTask,
            OptionalDouble chance,
            Map<String, Leaderboard.CategoryRow> byCategory,
            PassRule rule) {
        this.model = model;
        this.sheet = sheet;
        this.byTask = byTask;
        this.chance = chance;
        this.byCategory = byCategory;
        this.summary = sheet.summary();
        this.decomposition = sheet.decomposition();
        this.accuracy = sheet.accuracy();
        this.judgedAlone = sheet.counted.stream().anyMatch(rule::judgedAlone);
    }

    /** Name first, so that ties in everything else fall to the name; the id keeps pooled runs apart. */
    String key() {
        return model.name() + "\u0000" + model.id();
    }

    String name() {
        return model.name();
    }

    boolean aboveFloor(double floor) {
        return summary.accuracy().isPresent() && summary.accuracy().getAsDouble() >= floor;
    }

    Leaderboard.Row publish(Leaderboard.Rank rank, Leaderboard.Pareto pareto) {
        return new Leaderboard.Row(
                model.name(),
                model.id(),
                sheet.n(),
                sheet.scored(),
                sheet.unscored.size(),
                sheet.failed.size(),
                sheet.quarantined.size(),
                sheet.truncated(),
                sheet.passed(),
                accuracy,
                TrialSheet.reasoningTokens(summary),
                sheet.mean(TokenUsage::response),
                sheet.mean(TokenUsage::prompt),
                sheet.mean(TokenUsage::completion),
                TrialSheet.efficiency(summary),
                TrialSheet.plain(decomposition.e0()),
                new Leaderboard.Decomposition(
                        decomposition.completionRate(),
                        decomposition.conditionalAccuracy(),
                        decomposition.meanTokens()),
                sheet.costs(summary),
                new Leaderboard.Latency(summary.latencyP50(), summary.latencyP95(), summary.latencyKnown()),
                Optional.empty(),
                rank,
                pareto,
                model.locked(),
                model.baseline(),
                byTask,
                chance,
                byCategory);
    }
}
