package dev.rtel.analysis;

import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Policy;
import dev.rtel.eval.Leaderboard.Status;
import dev.rtel.eval.Leaderboard.Warning;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Score;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** What a reader of a board must know, in plain words, most important first. */
final class BoardWarnings {
    private static final int LISTED = 8;
    private static final double BIAS = 0.05;

    private final List<ModelRow> rows;
    private final List<Warning> warnings = new ArrayList<>();

    private BoardWarnings(List<ModelRow> rows) {
        this.rows = rows;
    }

    static List<Warning> of(List<RunPlan> plans, List<ModelRow> rows, boolean simulated, int unplanned, Policy policy) {
        BoardWarnings board = new BoardWarnings(rows);
        if (simulated) {
            board.add("simulated", "Answers come from a simulator: the figures say nothing about real models.");
        }
        board.incomplete(unplanned);
        board.smallSample();
        board.outcomes();
        board.reasoning(policy);
        board.costs();
        board.warnings.addAll(ServingWarnings.of(rows));
        board.warnings.addAll(ExecutionWarnings.of(rows));
        board.warnings.addAll(JudgeWarnings.of(plans));
        return board.warnings;
    }

    private void add(String code, String text) {
        warnings.add(new Warning(code, text));
    }

    private void incomplete(int unplanned) {
        int missing = total(r -> r.sheet.incomplete);
        if (missing > 0) {
            int planned =
                    total(r -> r.sheet.incomplete + r.sheet.n() + r.sheet.unscored.size() + r.sheet.quarantined.size());
            add(
                    "incomplete",
                    missing + " of " + planned + " planned trials "
                            + (missing == 1 ? "has" : "have") + " no graded outcome yet ("
                            + names(r -> r.sheet.incomplete > 0)
                            + "): the figures may change when the run is resumed.");
        }
        if (unplanned > 0) {
            add(
                    "not-planned",
                    unplanned + " stored trials are not part of the plan, or stored twice, and were left out.");
        }
    }

    private void smallSample() {
        List<ModelRow> known = rows.stream()
                .filter(r -> r.accuracy.isPresent())
                .sorted(Comparator.comparingDouble((ModelRow r) -> -estimate(r)).thenComparing(ModelRow::name))
                .toList();
        if (known.isEmpty()) {
            return;
        }
        ModelRow leader = known.get(0);
        double bound = leader.accuracy.orElseThrow().lower().orElse(estimate(leader));
        List<String> tied = known.stream()
                .filter(r -> upper(r) >= bound)
                .map(ModelRow::name)
                .toList();
        if (tied.size() > 1) {
            add(
                    "small-n",
                    "With " + samples(leader) + " a model, the accuracies of " + list(tied)
                            + " cannot be told apart: their 95 % intervals overlap the best one's.");
        }
        if (known.stream()
                .anyMatch(
                        r -> r.sheet.repeated() && r.sheet.clustered().clusters() < ClusteredError.T_BELOW_CLUSTERS)) {
            add(
                    "few-clusters",
                    "Samples were asked more than once and are fewer than "
                            + ClusteredError.T_BELOW_CLUSTERS
                            + ": the clustered intervals use the t distribution instead of the normal one.");
        }
        if (known.stream().anyMatch(r -> r.judgedAlone)) {
            add(
                    "twin-missing",
                    "Some samples were run without their twin and are judged alone, which is easier to pass.");
        }
    }

    private static String samples(ModelRow row) {
        int n = row.sheet.n();
        return row.sheet.repeated()
                ? n + " answers to " + row.sheet.clustered().clusters() + " samples"
                : n + (n == 1 ? " sample" : " samples");
    }

    private static double estimate(ModelRow row) {
        return row.accuracy.map(Interval::estimate).orElse(0.0);
    }

    private static double upper(ModelRow row) {
        return row.accuracy.map(i -> i.upper().orElse(i.estimate())).orElse(0.0);
    }

    private void outcomes() {
        tell("failed", r -> r.sheet.failed, BoardWarnings::failure, "trials failed and count as wrong");
        tell(
                "unscored",
                r -> r.sheet.unscored,
                BoardWarnings::reason,
                "trials could not be graded and are in no accuracy");
        tell(
                "quarantined",
                r -> r.sheet.quarantined,
                r -> r.quarantined().orElse(""),
                "trials are quarantined and in no figure");
        long hits = rows.stream()
                .flatMap(r -> r.sheet.counted.stream())
                .filter(r -> flagged(r, UsageFlag.CACHE_HIT))
                .count();
        if (hits > 0) {
            add(
                    "cache-hit",
                    hits + " answers came from the provider's response cache: their cost and latency are not"
                            + " those of a fresh call.");
        }
    }

    private void tell(
            String code,
            Function<ModelRow, List<TrialRecord>> part,
            Function<TrialRecord, String> reason,
            String what) {
        Map<String, Integer> reasons = new TreeMap<>();
        rows.stream()
                .flatMap(r -> part.apply(r).stream())
                .forEach(r -> reasons.merge(reason.apply(r), 1, Integer::sum));
        if (!reasons.isEmpty()) {
            int count = reasons.values().stream().mapToInt(Integer::intValue).sum();
            List<String> words = new ArrayList<>();
            reasons.forEach((word, times) -> words.add(times + " " + word));
            String text = count > 1
                    ? what
                    : what.replace("trials", "trial").replace(" are ", " is ").replace("count as", "counts as");
            add(
                    code,
                    count + " " + text + ": " + list(words) + " ("
                            + names(r -> !part.apply(r).isEmpty()) + ").");
        }
    }

    private static String failure(TrialRecord record) {
        return record.outcome() instanceof Outcome.Failed failed
                ? failed.failure().type()
                : "";
    }

    private static String reason(TrialRecord record) {
        return record.outcome() instanceof Outcome.Scored scored && scored.score() instanceof Score.Unscored unscored
                ? unscored.reason()
                : "";
    }

    private static boolean flagged(TrialRecord record, UsageFlag flag) {
        return record.usage().filter(u -> u.flags().contains(flag)).isPresent();
    }

    private void reasoning(Policy policy) {
        status("not-reported", Status.NOT_REPORTED, "No reasoning tokens were reported for ", ": no efficiency.");
        status(
                "partly-reported",
                Status.PARTLY_REPORTED,
                "Reasoning tokens are known for less than " + percent(policy.minCoverage()) + " of the samples of ",
                ": efficiency shown, not ranked.");
        status("off", Status.OFF, "No reasoning to speak of in ", ": no efficiency.");
        if (rows.stream().flatMap(r -> r.sheet.counted.stream()).anyMatch(r -> flagged(r, UsageFlag.ZERO_WITH_TEXT))) {
            add(
                    "zero-with-text",
                    "0 reasoning tokens were reported beside visible reasoning ("
                            + names(r -> r.sheet.counted.stream().anyMatch(t -> flagged(t, UsageFlag.ZERO_WITH_TEXT)))
                            + "): such counts are taken as unknown.");
        }
        if (rows.stream().anyMatch(BoardWarnings::biased)) {
            add(
                    "efficiency-bias",
                    "Samples without a reasoning count differ from those with one ("
                            + names(BoardWarnings::biased)
                            + "): efficiency over the counted samples alone differs by more than 5 %.");
        }
        if (rows.stream().anyMatch(r -> belowFloor(r, policy))) {
            add(
                    "below-floor",
                    "Accuracy below the floor of " + percent(policy.accuracyFloor()) + ", not ranked: "
                            + names(r -> belowFloor(r, policy)) + ".");
        }
    }

    private static boolean belowFloor(ModelRow row, Policy policy) {
        return row.sheet.n() > 0 && !row.aboveFloor(policy.accuracyFloor());
    }

    private static boolean biased(ModelRow row) {
        if (TrialSheet.efficiency(row.summary).isEmpty()) {
            return false;
        }
        double whole = row.summary.efficiency().orElse(0);
        double matched = row.summary.matched().orElse(0);
        return Math.abs(whole - matched) > BIAS * Math.max(whole, matched);
    }

    private void status(String code, Status status, String before, String after) {
        Predicate<ModelRow> has = r -> r.summary.status().published() == status;
        if (rows.stream().anyMatch(has)) {
            add(code, before + names(has) + after);
        }
    }

    private void costs() {
        Predicate<ModelRow> missing = r -> r.sheet.withoutCost() > 0;
        int count = total(r -> r.sheet.withoutCost());
        if (count > 0) {
            add(
                    "cost-missing",
                    "The cost of " + count + (count == 1 ? " answer" : " answers") + " is unknown (" + names(missing)
                            + "): totals are lower bounds, means are over the known ones.");
        }
    }

    private int total(ToIntFunction<ModelRow> count) {
        return rows.stream().mapToInt(count).sum();
    }

    private String names(Predicate<ModelRow> which) {
        return list(rows.stream().filter(which).map(ModelRow::name).toList());
    }

    static String list(Collection<String> words) {
        String first = String.join(", ", words.stream().limit(LISTED).toList());
        return words.size() > LISTED ? first + " and " + (words.size() - LISTED) + " more" : first;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", share * 100).replaceAll("\\.?0+$", "") + " %";
    }
}
