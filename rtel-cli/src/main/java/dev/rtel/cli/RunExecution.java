package dev.rtel.cli;

import dev.rtel.PreparedRun;
import dev.rtel.Rtel;
import dev.rtel.common.Secret;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.ResultStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Carries out a run for the user: progress, signals, results, exit code. */
final class RunExecution {
    private final Session session;
    private final LimitOptions limits;
    private final StoreOptions stores;
    private final Publishing publishing;

    /** Shows what a run brought, and returns the best accuracy in it. */
    interface Publishing {
        double publish(ResultStore store, RunPlan plan);
    }

    /** Publishes a result folder and a leaderboard. */
    RunExecution(Session session, LimitOptions limits, StoreOptions stores) {
        this(
                session,
                limits,
                stores,
                (store, plan) -> new Results(session, stores)
                        .publish(store, plan.runId(), Results.seed(plan))
                        .bestAccuracy());
    }

    RunExecution(Session session, LimitOptions limits, StoreOptions stores, Publishing publishing) {
        this.session = session;
        this.limits = limits;
        this.stores = stores;
        this.publishing = publishing;
    }

    private interface Preparing {
        PreparedRun of(Rtel rtel);
    }

    /**
     * Runs and reports.
     *
     * @param simulator base URL of a simulator that this process started
     */
    int execute(RunSpec spec, Optional<URI> simulator) throws InterruptedException {
        return execute(rtel -> rtel.prepare(spec), simulator);
    }

    /** Grades the completions of the specification's run again, those of the named tasks whatever there is, and reports. */
    int regrade(RunSpec spec, Set<String> again, Optional<URI> simulator) throws InterruptedException {
        return execute(rtel -> rtel.prepareRegrade(spec, again), simulator);
    }

    private int execute(Preparing preparing, Optional<URI> simulator) throws InterruptedException {
        stores.prepareOutFolder(session);
        try (ResultStore store = stores.open(session)) {
            Rtel.Builder builder = Toolbox.builder(session, limits.apiKeyFile, limits.codeSandbox)
                    .store(store)
                    .listener(new Announcement(session, simulator.isPresent(), limits.codeSandbox))
                    .listener(ProgressDisplay.of(session));
            // a real key is never sent to a simulator
            simulator.ifPresent(url -> builder.simulator(url).secrets(name -> Optional.of(new Secret("simulator"))));
            Rtel rtel = builder.build();
            try (PreparedRun run = preparing.of(rtel)) {
                boolean rolesOnly = run.plan().regradedFrom().isPresent();
                ApiKeys.require(session, run.plan(), limits.apiKeyFile, rolesOnly);
                try (var signals = StopSignals.install(run, session)) {
                    RunSummary summary = run.execute();
                    return code(summary, signals.received(), store);
                } catch (InterruptedException e) {
                    return interrupted(run, store);
                }
            }
        }
    }

    /** Names the run once it has really begun. */
    private record Announcement(Session session, boolean trusted, String codeSandbox) implements RunListener {
        @Override
        public void runStarted(RunPlan plan, int pending, List<Attempt> unknown) {
            session.remark("Run " + plan.runId() + ": " + plan.summary()
                    + plan.regradedFrom()
                            .map(source -> "; " + pending + " completions of " + source + " are graded again")
                            .orElse(""));
            Notices.of(plan, trusted, codeSandbox).forEach(session::remark);
        }
    }

    private int code(RunSummary summary, Optional<ExitCode> signal, ResultStore store) {
        double bestAccuracy = publishing.publish(store, summary.plan());
        if (!summary.unknown().isEmpty()) {
            session.remark("! " + summary.unknown().size()
                    + " attempt(s) were sent and their outcome is unknown; they are listed in run.json. Later:  rtel"
                    + " reconcile " + summary.plan().runId());
        }
        if (signal.isPresent()) {
            remarkResumable(summary, "stopped on request");
            return signal.get().code();
        }
        if (summary.stop().isPresent()) {
            RunSummary.Stop stop = summary.stop().get();
            remarkResumable(summary, stop.message());
            return switch (stop.reason()) {
                case BUDGET -> ExitCode.BUDGET.code();
                case ACCOUNT -> ExitCode.ACCOUNT.code();
                case UNREACHABLE -> ExitCode.UNREACHABLE.code();
                case CANCELLED -> ExitCode.INTERRUPTED.code();
            };
        }
        if (unreachable(summary, store)) {
            remarkResumable(summary, "no call reached the provider");
            return ExitCode.UNREACHABLE.code();
        }
        long failed = failed(summary, store);
        if (failed > limits.maxErrors * summary.plan().trials().size()) {
            session.remark("! " + failed + " of " + summary.plan().trials().size()
                    + " trials failed, more than --max-errors " + limits.maxErrors + " allows.");
            return ExitCode.TOO_MANY_ERRORS.code();
        }
        if (limits.failUnder != null && bestAccuracy < limits.failUnder) {
            session.remark("! the best accuracy is below --fail-under " + limits.failUnder + ".");
            return ExitCode.GATE.code();
        }
        return ExitCode.DONE.code();
    }

    /** The trials of a collapsed model that were not run are failed, too; those answered by another model are not. */
    private static long failed(RunSummary summary, ResultStore store) {
        return summary.progress().quarantined() == 0
                ? summary.progress().failed()
                : Results.records(store, summary.plan().runId()).stream()
                        .filter(record -> record.outcome() instanceof Outcome.Failed)
                        .count();
    }

    /** A run of few trials may be over before it is given up: then every one of them failed to connect. */
    private static boolean unreachable(RunSummary summary, ResultStore store) {
        return summary.progress().failed() > 0
                && summary.progress().failed() == summary.plan().trials().size()
                && Results.records(store, summary.plan().runId()).stream()
                        .allMatch(record -> record.outcome() instanceof Outcome.Failed failed
                                && failed.failure().type().equals("connection"));
    }

    private int interrupted(PreparedRun run, ResultStore store) {
        publishing.publish(store, run.plan());
        session.remark("Interrupted. Go on with:  rtel resume " + run.plan().runId());
        return ExitCode.INTERRUPTED.code();
    }

    private void remarkResumable(RunSummary summary, String why) {
        session.surroundings()
                .err()
                .println("rtel: run " + summary.plan().runId() + " stopped after "
                        + summary.progress().done() + " of "
                        + summary.progress().total() + " trials: " + Plain.text(why));
        session.remark("  What is there is kept. Go on with:  rtel resume "
                + summary.plan().runId());
    }
}
