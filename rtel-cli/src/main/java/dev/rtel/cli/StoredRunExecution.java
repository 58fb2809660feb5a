package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.RunSpec;
import dev.rtel.simulator.Simulator;
import dev.rtel.spi.ResultStore;
import java.net.URI;
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
                keepExtractors -> specAgain(planning, plan, keepExtractors, task -> Optional.empty())
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
        return execute(
                keepExtractors -> specAgain(
                                planning,
                                plan,
                                keepExtractors,
                                task -> again.contains(task.name()) ? chosen : Optional.empty())
                        .details(facts)
                        .build(),
                plan,
                regrading,
                (spec, simulator) -> execution().regrade(spec, again, simulator));
    }

    private interface Execution {
        int of(RunSpec spec, Optional<URI> simulator) throws InterruptedException;
    }

    private int execute(Function<Boolean, RunSpec> again, RunPlan plan, Regrading regrading, Execution execution)
            throws InterruptedException {
        if (!Boolean.TRUE.equals(plan.details().get(DemoSimulator.MARK))) {
            return execution.of(judged(again.apply(true), regrading.judge()), Optional.empty());
        }
        try (Simulator simulator = DemoSimulator.start()) {
            RunSpec spec = again.apply(false);
            RunSpec there = spec.withRoster(
                    SpecAssembler.at(spec.roster(), simulator.baseUri().toString()));
            return execution.of(judged(there, regrading.judge()), Optional.of(simulator.baseUri()));
        }
    }

    private Rtel planning() {
        return Toolbox.builder(session, limits.apiKeyFile, limits.codeSandbox).build();
    }

    private RunSpec.Builder specAgain(
            Rtel planning,
            RunPlan plan,
            boolean keepExtractors,
            Function<PlannedTask, Optional<Regrading.Chosen>> grader) {
        return new StoredSpec(new SpecAssembler(session, planning.components()))
                .again(plan, limits, keepExtractors, grader);
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

    /** The new judge is called where the one before was: a local server or a simulator is not left for another. */
    private static RunSpec judged(RunSpec spec, @Nullable String judge) {
        if (judge == null) {
            return spec;
        }
        SpecAssembler.requireModelId("--judge", judge);
        ModelEntry entry = ModelEntry.of(judge, "openrouter", Map.of());
        ModelEntry before = spec.roster().roles().get("judge");
        if (before != null
                && SpecAssembler.HTTP_CLIENTS.contains(before.client().provider())) {
            entry = entry.withClient(before.client().provider(), before.client().config());
        }
        return spec.withRoster(spec.roster().withRole("judge", entry));
    }
}
