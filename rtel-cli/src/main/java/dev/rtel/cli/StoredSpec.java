package dev.rtel.cli;

import dev.rtel.cli.Regrading.Chosen;
import dev.rtel.common.PlainJson;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.plan.TaskSource;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a stored run's specification again. Tasks are read anew, so that a changed one is noticed. */
final class StoredSpec {
    /** Fact in a plan's details: contestants were allowed to judge themselves. */
    static final String SELF_JUDGING = "allow_self_judging";

    private final SpecAssembler assembler;

    StoredSpec(SpecAssembler assembler) {
        this.assembler = assembler;
    }

    /**
     * @param keepExtractors false lets each client choose its own
     * @param grader one in place of a task's own
     * @param panel who judges
     */
    RunSpec.Builder again(
            RunPlan plan,
            LimitOptions limits,
            boolean keepExtractors,
            Function<PlannedTask, Optional<Chosen>> grader,
            JudgePanel panel) {
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
        for (PlannedTask task : plan.tasks()) {
            TaskSource source = task(task, plan, grader);
            // a grader named now comes with its own settings
            spec.task(grader.apply(task).isPresent() ? source : panel.seated(source));
        }
        return spec;
    }

    /** Another grader is the one given now, or the one that a regrade was started with. */
    private TaskSource task(PlannedTask planned, RunPlan plan, Function<PlannedTask, Optional<Chosen>> given) {
        TaskSource source = assembler.task(planned.source());
        ComponentSpec own = source.task().grader();
        boolean started = plan.regradedFrom().isPresent() && !same(planned.grader(), own);
        Optional<Chosen> other = given.apply(planned)
                .or(() -> started
                        ? Optional.of(new Chosen(planned.grader(), Optional.of(BigDecimal.valueOf(planned.passAt()))))
                        : Optional.empty());
        return other.map(chosen -> new TaskSource(
                        source.source(),
                        RegradedTask.of(
                                source.task(),
                                chosen.spec(),
                                chosen.passAt()
                                        .map(BigDecimal::doubleValue)
                                        .orElse(source.task().passAt()),
                                plan)))
                .orElse(source);
    }

    private static boolean same(ComponentSpec one, ComponentSpec other) {
        return one.provider().equals(other.provider())
                && PlainJson.canonical(one.config().values())
                        .equals(PlainJson.canonical(other.config().values()));
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
