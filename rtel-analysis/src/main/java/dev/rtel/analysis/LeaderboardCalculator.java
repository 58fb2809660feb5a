package dev.rtel.analysis;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Policy;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Computes the leaderboard of one or more runs. A pure function: equal input gives an equal result, whatever the order
 * of the records.
 *
 * <ul>
 *   <li>{@code n = scored + failed}: a failed trial is a wrong answer; unscored and quarantined trials stand beside it.
 *   <li>Accuracy has Wilson's interval; where a sample was asked more than once, a clustered one.
 *   <li>Only rows with status {@code reported} and an accuracy of at least the floor have an efficiency rank.
 *   <li>Pareto flags compare rows whose figure is known for at least the policy's share of samples; reasoning tokens
 *       only among rows with status {@code reported}, since 0 or partly missing counts would win unfairly.
 * </ul>
 */
public final class LeaderboardCalculator {
    private static final Set<String> ORDERS = Set.of("efficiency", "accuracy", "e0");

    private record Identity(String name, String id) {}

    private record Place(String runId, TrialKey key) {}

    private final List<RunPlan> plans;
    private final Policy policy;
    private final PassRule rule;
    private final PlannedChances chances;
    private final Map<Identity, PlannedModel> models = new LinkedHashMap<>();
    private final Map<String, PlannedTask> tasks = new LinkedHashMap<>();
    private final Map<Identity, List<TrialRecord>> records = new HashMap<>();
    private final Map<Identity, Map<String, Integer>> planned = new HashMap<>();
    private int unplanned;
    private boolean simulated;

    private LeaderboardCalculator(List<RunPlan> plans, List<TrialRecord> all, Policy policy) {
        this.plans = plans;
        this.policy = policy;
        Set<Place> places = new HashSet<>();
        for (RunPlan plan : plans) {
            simulated |= plan.simulated();
            plan.models().forEach(m -> models.putIfAbsent(new Identity(m.name(), m.id()), m));
            plan.tasks().forEach(t -> tasks.putIfAbsent(t.name(), t));
            for (Trial trial : plan.trials()) {
                if (places.add(new Place(plan.runId(), trial.key()))) {
                    planned.computeIfAbsent(identity(trial), k -> new HashMap<>())
                            .merge(trial.key().task(), 1, Integer::sum);
                }
            }
        }
        List<TrialRecord> kept = new ArrayList<>();
        for (TrialRecord record : all) {
            if (places.remove(new Place(record.runId(), record.key()))) {
                kept.add(record);
            } else {
                unplanned++;
            }
        }
        this.rule = PassRule.of(plans, kept);
        this.chances = PlannedChances.of(plans);
        for (TrialRecord record : kept) {
            simulated |= record.trial().simulated();
            records.computeIfAbsent(identity(record.trial()), k -> new ArrayList<>())
                    .add(record);
        }
    }

    /** The leaderboard of one run; see {@link #of(List, List, Policy, Instant)}. */
    public static Leaderboard of(RunPlan plan, List<TrialRecord> records, Policy policy, Instant generatedAt) {
        return of(List.of(plan), records, policy, generatedAt);
    }

    /**
     * The leaderboard of several runs taken together; entries of the same name and model id are pooled.
     *
     * @param plans the runs; not empty
     * @param records of these runs, in any order; what no plan knows is left out and counted in a warning
     * @param policy order {@code efficiency}, {@code accuracy} or {@code e0}; the bootstrap numbers are not used here
     * @param generatedAt put into the result as it stands
     * @throws IllegalArgumentException if there is no run
     * @throws ConfigException if the policy's order is unknown
     */
    public static Leaderboard of(List<RunPlan> plans, List<TrialRecord> records, Policy policy, Instant generatedAt) {
        if (plans.isEmpty()) {
            throw new IllegalArgumentException("a leaderboard needs at least one run");
        }
        if (!ORDERS.contains(policy.order().toLowerCase(Locale.ROOT))) {
            throw new ConfigException("order is '" + policy.order() + "', expected one of efficiency, accuracy, e0");
        }
        return new LeaderboardCalculator(plans, records, policy).compute(generatedAt);
    }

    private static Identity identity(Trial trial) {
        return new Identity(trial.model().name(), trial.model().id());
    }

    private Leaderboard compute(Instant generatedAt) {
        List<ModelRow> rows = new ArrayList<>();
        models.forEach((identity, model) -> rows.add(row(identity, model)));
        List<ModelRow> ordered = order(rows);
        List<Leaderboard.Row> finished = finish(ordered);
        LinkedHashSet<String> runIds = new LinkedHashSet<>();
        plans.forEach(p -> runIds.add(p.runId()));
        return new Leaderboard(
                simulated,
                List.copyOf(runIds),
                generatedAt,
                policy,
                finished,
                BoardWarnings.of(plans, ordered, simulated, unplanned, policy));
    }

    private ModelRow row(Identity identity, PlannedModel model) {
        List<TrialRecord> own = records.getOrDefault(identity, List.of());
        Map<String, Integer> plannedByTask = planned.getOrDefault(identity, Map.of());
        int plannedTrials =
                plannedByTask.values().stream().mapToInt(Integer::intValue).sum();
        Map<String, Leaderboard.TaskRow> byTask = new LinkedHashMap<>();
        for (PlannedTask task : tasks.values()) {
            if (plannedByTask.containsKey(task.name())) {
                byTask.put(task.name(), taskRow(task, own, plannedByTask.getOrDefault(task.name(), 0)));
            }
        }
        TrialSheet sheet = sheet(own, plannedTrials);
        return new ModelRow(model, sheet, byTask, chances.mean(sheet.counted), byCategory(own, plannedByTask), rule);
    }

    private Map<String, Leaderboard.CategoryRow> byCategory(List<TrialRecord> own, Map<String, Integer> plannedByTask) {
        Map<String, Set<String>> categories = new LinkedHashMap<>();
        for (PlannedTask task : tasks.values()) {
            if (plannedByTask.containsKey(task.name())) {
                categories
                        .computeIfAbsent(task.category(), name -> new HashSet<>())
                        .add(task.name());
            }
        }
        Map<String, Leaderboard.CategoryRow> rows = new LinkedHashMap<>();
        categories.forEach((category, names) -> {
            TrialSheet sheet = sheet(
                    own.stream().filter(r -> names.contains(r.key().task())).toList(), 0);
            rows.put(
                    category,
                    new Leaderboard.CategoryRow(
                            sheet.n(), sheet.passed(), sheet.accuracy(), chances.mean(sheet.counted)));
        });
        return rows;
    }

    private TrialSheet sheet(List<TrialRecord> own, int plannedTrials) {
        return new TrialSheet(own, plannedTrials, rule, policy.minCoverage());
    }

    private Leaderboard.TaskRow taskRow(PlannedTask task, List<TrialRecord> own, int plannedTrials) {
        TrialSheet sheet = sheet(
                own.stream().filter(r -> r.key().task().equals(task.name())).toList(), plannedTrials);
        EfficiencySummary summary = sheet.summary();
        return new Leaderboard.TaskRow(
                task.category(),
                sheet.n(),
                sheet.scored(),
                sheet.unscored.size(),
                sheet.failed.size(),
                sheet.passed(),
                sheet.accuracy(),
                TrialSheet.reasoningTokens(summary),
                TrialSheet.efficiency(summary),
                sheet.costs(summary),
                chances.mean(sheet.counted));
    }

    private List<ModelRow> order(List<ModelRow> rows) {
        Map<String, ModelRow> byKey = new HashMap<>();
        List<Ranking.Entry> entries = new ArrayList<>();
        List<Ranking.Entry> efficiencies = new ArrayList<>();
        for (ModelRow row : rows) {
            byKey.put(row.key(), row);
            boolean aboveFloor = row.aboveFloor(policy.accuracyFloor());
            boolean rankable = row.summary.status().rankable() && aboveFloor;
            efficiencies.add(entry(row, row.summary.efficiency(), rankable));
            entries.add(
                    switch (policy.order().toLowerCase(Locale.ROOT)) {
                        case "accuracy" -> entry(row, row.summary.accuracy(), aboveFloor);
                        case "e0" -> entry(row, row.decomposition.e0(), aboveFloor);
                        default -> entry(row, row.summary.efficiency(), rankable);
                    });
        }
        for (Ranking.Place place : Ranking.of(efficiencies)) {
            place(byKey, place).efficiencyRank = place.rank();
        }
        return Ranking.of(entries).stream().map(p -> place(byKey, p)).toList();
    }

    private static ModelRow place(Map<String, ModelRow> byKey, Ranking.Place place) {
        ModelRow row = byKey.get(place.id());
        if (row == null) {
            throw new IllegalStateException("no row '" + place.id() + "'");
        }
        return row;
    }

    private static Ranking.Entry entry(ModelRow row, OptionalDouble value, boolean rankable) {
        return new Ranking.Entry(row.key(), value, rankable, row.summary.accuracy(), row.summary.meanCost());
    }

    private List<Leaderboard.Row> finish(List<ModelRow> rows) {
        List<ModelRow> withAccuracy =
                rows.stream().filter(r -> r.accuracy.isPresent()).toList();
        List<RankBounds> bounds = RankBounds.of(
                withAccuracy.stream().map(r -> bounds(r.accuracy.orElseThrow())).toList());
        List<Boolean> tokens = ParetoFrontier.of(rows.stream()
                .map(r -> point(
                        r, r.summary.status().rankable() ? r.summary.meanReasoningTokens() : OptionalDouble.empty()))
                .toList());
        List<Boolean> cost = ParetoFrontier.of(rows.stream()
                .map(r -> point(r, r.sheet.comparable(r.summary.meanCost(), r.summary.costKnown())))
                .toList());
        List<Boolean> latency = ParetoFrontier.of(rows.stream()
                .map(r -> point(r, r.sheet.comparable(r.summary.latencyP50(), r.summary.latencyKnown())))
                .toList());
        List<Leaderboard.Row> finished = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ModelRow row = rows.get(i);
            int at = withAccuracy.indexOf(row);
            finished.add(row.publish(
                    new Leaderboard.Rank(
                            at < 0
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(bounds.get(at).best()),
                            at < 0
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(bounds.get(at).worst()),
                            row.efficiencyRank),
                    new Leaderboard.Pareto(tokens.get(i), cost.get(i), latency.get(i))));
        }
        return finished;
    }

    private static RankBounds.Bounds bounds(Interval interval) {
        return new RankBounds.Bounds(
                interval.lower().orElse(interval.estimate()), interval.upper().orElse(interval.estimate()));
    }

    private static ParetoFrontier.Point point(ModelRow row, OptionalDouble cost) {
        return new ParetoFrontier.Point(cost, row.summary.accuracy());
    }
}
