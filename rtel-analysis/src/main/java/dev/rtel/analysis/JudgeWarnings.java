package dev.rtel.analysis;

import dev.rtel.eval.Leaderboard.Warning;
import dev.rtel.eval.ModelIds;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a reader must know about those who judged. */
public final class JudgeWarnings {
    /** Fact in a plan's details: role to what its calibration showed, null where there was none. */
    public static final String CALIBRATIONS = "judges";

    private static final String JUDGE = "judge";

    private JudgeWarnings() {}

    /** The warnings of these runs together, most important first. */
    public static List<Warning> of(List<RunPlan> plans) {
        List<Warning> warnings = new ArrayList<>();
        self(plans, warnings);
        vendors(plans, warnings);
        uncalibrated(plans, warnings);
        return warnings;
    }

    private static void self(List<RunPlan> plans, List<Warning> warnings) {
        Set<String> judged = new LinkedHashSet<>();
        for (RunPlan plan : plans) {
            plan.models().stream()
                    .filter(m -> plan.roles().values().stream().anyMatch(role -> ModelIds.same(role.id(), m.id())))
                    .map(PlannedModel::name)
                    .forEach(judged::add);
        }
        if (!judged.isEmpty()) {
            warnings.add(new Warning(
                    "self-judging",
                    BoardWarnings.list(judged) + (judged.size() == 1 ? " grades" : " grade")
                            + " answers of this board, its own among them: judged tasks may be biased."));
        }
    }

    private static void vendors(List<RunPlan> plans, List<Warning> warnings) {
        Map<String, Set<String>> favoured = new LinkedHashMap<>();
        for (RunPlan plan : plans) {
            for (PlannedModel judge : plan.roles().values()) {
                String vendor = ModelIds.vendor(judge.id());
                plan.models().stream()
                        .filter(m -> !vendor.isEmpty()
                                && ModelIds.vendor(m.id()).equals(vendor)
                                && !ModelIds.same(m.id(), judge.id()))
                        .forEach(m -> favoured.computeIfAbsent(judge.id(), id -> new LinkedHashSet<>())
                                .add(m.name()));
            }
        }
        favoured.forEach((judge, models) -> warnings.add(new Warning(
                "same-vendor-judge",
                "The judge " + judge + " comes from the vendor of " + BoardWarnings.list(models)
                        + ": judges may favour their own family.")));
    }

    /** A simulator's judge is scripted: there is nothing to calibrate. */
    private static void uncalibrated(List<RunPlan> plans, List<Warning> warnings) {
        Set<String> missing = new TreeSet<>();
        Set<String> failed = new TreeSet<>();
        for (RunPlan plan : plans) {
            if (plan.tasks().stream().noneMatch(t -> t.grader().provider().equals(JUDGE))) {
                continue;
            }
            Map<?, ?> known = plan.details().get(CALIBRATIONS) instanceof Map<?, ?> map ? map : Map.of();
            plan.roles().forEach((role, judge) -> {
                if (judge.identity().simulated()) {
                    return;
                }
                // a judge that took another's place later is not the one that was noted
                if (!(known.get(role) instanceof Map<?, ?> calibration)
                        || !judge.id().equals(calibration.get("judge"))) {
                    missing.add(judge.id());
                } else if (!Boolean.TRUE.equals(calibration.get("passed"))) {
                    failed.add(judge.id());
                }
            });
        }
        if (!missing.isEmpty()) {
            warnings.add(new Warning(
                    "judge-not-calibrated",
                    "No calibration of the judge " + BoardWarnings.list(missing)
                            + " with these parameters was known when the run began: its verdicts may be anything"
                            + " (rtel judge calibrate)."));
        }
        if (!failed.isEmpty()) {
            warnings.add(new Warning(
                    "judge-calibration-failed",
                    "The judge " + BoardWarnings.list(failed)
                            + " did not reach the floor of its calibration: its verdicts are not to be relied on."));
        }
    }
}
