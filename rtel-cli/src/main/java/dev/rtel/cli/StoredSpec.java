package dev.rtel.cli;

import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a stored run's specification again. Tasks are read anew, so that a changed one is noticed. */
final class StoredSpec {
    /** Fact in a plan's details: contestants were allowed to judge themselves. */
    static final String SELF_JUDGING = "allow_self_judging";

    private final SpecAssembler assembler;

    StoredSpec(SpecAssembler assembler) {
        this.assembler = assembler;
    }

    RunSpec.Builder again(RunPlan plan, LimitOptions limits, boolean keepExtractors) {
        List<ModelEntry> models =
                plan.models().stream().map(m -> entry(m, keepExtractors)).toList();
        Map<String, ModelEntry> roles = new LinkedHashMap<>();
        plan.roles().forEach((name, m) -> roles.put(name, entry(m, keepExtractors)));
        RunSpec.Builder spec = RunSpec.builder()
                .runId(plan.runId())
                .roster(new Roster(plan.roster(), models, roles))
                .samples(samples(plan))
                .epochs(plan.epochs())
                .limits(limits.limits())
                .priceBook(assembler.prices(limits.prices))
                .allowSelfJudging(Boolean.TRUE.equals(plan.details().get(SELF_JUDGING)))
                .details(plan.details());
        JudgePanel panel = JudgePanel.of(plan);
        for (PlannedTask task : plan.tasks()) {
            spec.task(panel.seated(assembler.task(task.source())));
        }
        return spec;
    }

    private static Set<String> samples(RunPlan plan) {
        return plan.trials().stream().map(t -> t.key().sample()).collect(Collectors.toSet());
    }

    private static ModelEntry entry(PlannedModel model, boolean keepExtractor) {
        return new ModelEntry(
                model.name(),
                model.id(),
                model.client(),
                keepExtractor ? Optional.of(model.extractor()) : Optional.empty(),
                model.params(),
                model.routing(),
                model.maxConcurrency(),
                Optional.empty(),
                model.locked(),
                model.baseline());
    }
}
