package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.RunSpec;
import dev.rtel.simulator.Simulator;
import dev.rtel.spi.ResultStore;
import java.util.Map;
import java.util.Optional;
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

    int execute(@Nullable String word, boolean regrade, @Nullable String judge) throws InterruptedException {
        RunPlan plan;
        try (ResultStore store = stores.openExisting(session)) {
            plan = (regrade ? RunLookup.find(store, word) : RunLookup.findUnfinished(store, word)).plan();
        }
        Rtel planning =
                Toolbox.builder(session, limits.apiKeyFile, limits.codeSandbox).build();
        var stored = new StoredSpec(new SpecAssembler(session, planning.components()));
        if (!Boolean.TRUE.equals(plan.details().get(DemoSimulator.MARK))) {
            RunSpec spec = judged(stored.again(plan, limits, true).build(), judge);
            return run(regrade ? spec : checked(planning, spec, plan), Optional.empty(), regrade);
        }
        try (Simulator simulator = DemoSimulator.start()) {
            RunSpec spec = stored.again(plan, limits, false).build();
            RunSpec there = spec.withRoster(
                    SpecAssembler.at(spec.roster(), simulator.baseUri().toString()));
            return run(judged(there, judge), Optional.of(simulator.baseUri()), regrade);
        }
    }

    private RunSpec checked(Rtel planning, RunSpec spec, RunPlan plan) throws InterruptedException {
        ApiKeys.require(session, plan, limits.apiKeyFile, false);
        return new Preflight(planning.components(), false, limits.prices != null)
                .check(spec, plan)
                .orRefuseAccount(session);
    }

    private int run(RunSpec spec, Optional<java.net.URI> simulator, boolean regrade) throws InterruptedException {
        return new RunExecution(session, limits, stores).execute(spec, simulator, regrade);
    }

    /** The new judge is called where the one before was: a local server or a simulator is not left for another. */
    private static RunSpec judged(RunSpec spec, @Nullable String judge) {
        if (judge == null) {
            return spec;
        }
        ModelEntry entry = ModelEntry.of(judge, "openrouter", Map.of());
        ModelEntry before = spec.roster().roles().get("judge");
        if (before != null
                && SpecAssembler.HTTP_CLIENTS.contains(before.client().provider())) {
            entry = entry.withClient(before.client().provider(), before.client().config());
        }
        return spec.withRoster(spec.roster().withRole("judge", entry));
    }
}
