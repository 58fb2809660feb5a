package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.simulator.Simulator;
import dev.rtel.spi.ResultStore;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes on with a stored run, or grades it again. A demo gets its simulator back. */
final class StoredRunExecution {
    private final Session session;
    private final LimitOptions limits;
    private final StoreOptions stores;

    StoredRunExecution(Session session, LimitOptions limits, StoreOptions stores) {
        this.session = session;
        this.limits = limits;
        this.stores = stores;
    }

    /** Goes on with a run. */
    int resume(@Nullable String word) throws InterruptedException {
        RunPlan plan;
        try (ResultStore store = stores.openExisting(session)) {
            plan = RunLookup.findUnfinished(store, word).plan();
        }
        Rtel planning = planning();
        boolean buysNothing = plan.regradedFrom().isPresent();
        return execute(
                keepExtractors -> specAgain(
                                planning, plan, keepExtractors, task -> Optional.empty(), JudgePanel.of(plan))
                        .build(),
                plan,
                Regrading.AS_BEFORE,
                (spec, simulator) -> {
                    boolean checked = simulator.isEmpty() && !buysNothing;
                    return execution().execute(checked ? checked(planning, spec, plan) : spec, simulator);
                });
    }

    /** Grades a run's completions again, in a run of its own. */
    int regrade(@Nullable String word, Regrading regrading) throws InterruptedException {
        RunFacts gathered = RunFacts.gathering();
        RunPlan plan;
        try (ResultStore store = stores.openExisting(session)) {
            plan = RunLookup.find(store, word).plan();
        }
        Rtel planning = planning();
        Set<String> again = regrading.again(plan, planning.components());
        Optional<Regrading.Chosen> chosen = regrading.chosen();
        Map<String, @Nullable Object> facts = gathered.of(session, limits.limits(), Results.seed(plan));
        if (plan.details().containsKey(DemoSimulator.MARK)) {
            facts.put(DemoSimulator.MARK, plan.details().get(DemoSimulator.MARK));
        }
        JudgePanel panel = JudgePanel.of(plan).replacedBy(regrading.judges().size());
        facts.putAll(panel.facts());
        return execute(
                keepExtractors -> specAgain(
                                planning,
                                plan,
                                keepExtractors,
                                task -> again.contains(task.name()) ? chosen : Optional.empty(),
                                panel)
                        .details(facts)
                        .build(),
                plan,
                regrading,
                (spec, simulator) -> execution().regrade(calibrated(planning, spec), again, simulator));
    }

    private interface Execution {
        int of(RunSpec spec, Optional<URI> simulator) throws InterruptedException;
    }

    private int execute(Function<Boolean, RunSpec> again, RunPlan plan, Regrading regrading, Execution execution)
            throws InterruptedException {
        if (!Boolean.TRUE.equals(plan.details().get(DemoSimulator.MARK))) {
            return execution.of(judged(again.apply(true), regrading.judges()), Optional.empty());
        }
        try (Simulator simulator = DemoSimulator.start()) {
            RunSpec spec = again.apply(false);
            RunSpec there = spec.withRoster(
                    SpecAssembler.at(spec.roster(), simulator.baseUri().toString()));
            return execution.of(judged(there, regrading.judges()), Optional.of(simulator.baseUri()));
        }
    }

    private Rtel planning() {
        return Toolbox.builder(session, limits.apiKeyFile, limits.codeSandbox).build();
    }

    private RunSpec.Builder specAgain(
            Rtel planning,
            RunPlan plan,
            boolean keepExtractors,
            Function<PlannedTask, Optional<Regrading.Chosen>> grader,
            JudgePanel panel) {
        return new StoredSpec(new SpecAssembler(session, planning.components()))
                .again(plan, limits, keepExtractors, grader, panel);
    }

    private RunSpec checked(Rtel planning, RunSpec spec, RunPlan plan) throws InterruptedException {
        ApiKeys.require(session, plan, limits.apiKeyFile, false);
        return new Preflight(planning.components(), false, limits.prices != null)
                .check(spec, plan)
                .orRefuseAccount(session);
    }

    private RunExecution execution() {
        return new RunExecution(session, limits, stores);
    }

    /** What is known of the judges goes with the run, as with a new one. */
    private RunSpec calibrated(Rtel planning, RunSpec spec) {
        return Calibrations.needed(spec)
                ? new Calibrations(session, stores, planning.components()).noted(spec, planning.plan(spec))
                : spec;
    }

    /** New judges are called where the one before was: a local server or a simulator is not left for another. */
    private static RunSpec judged(RunSpec spec, List<String> judges) {
        Map<String, ModelEntry> before = spec.roster().roles();
        Roster bound = JudgePanel.bind(spec.roster(), judges);
        ModelEntry one = before.getOrDefault("judge", before.get(JudgePanel.role(1)));
        if (judges.isEmpty()
                || one == null
                || !SpecAssembler.HTTP_CLIENTS.contains(one.client().provider())) {
            return spec.withRoster(bound);
        }
        Map<String, ModelEntry> roles = new LinkedHashMap<>(bound.roles());
        roles.replaceAll((role, entry) -> role.matches("judge(-\\d+)?")
                ? entry.withClient(one.client().provider(), one.client().config())
                : entry);
        return spec.withRoster(new Roster(bound.name(), bound.models(), roles));
    }
}
