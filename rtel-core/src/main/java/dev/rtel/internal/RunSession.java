package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Waste;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.run.RetryPolicy;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import dev.rtel.run.UngradableException;
import dev.rtel.spi.Model;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.TokenExtractor;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session of a run: from the lease to the summary. For one call of {@link #execute}. */
public final class RunSession {
    private static final Logger LOG = LoggerFactory.getLogger(RunSession.class);
    private static final int LEASE_RENEWAL_SECONDS = 15;
    private final PreparedPlan prepared;
    private final ResultStore store;
    private final List<RunListener> listeners;
    private final RetryPolicy policy;
    private final Clock clock;
    /** Whether the completions are another run's, and none is bought. */
    private final boolean regrade;

    private final Stopper stopper = new Stopper();

    /** Prepares a session; a plan that names a source takes its completions from there and buys none. */
    public RunSession(
            PreparedPlan prepared, ResultStore store, List<RunListener> listeners, RetryPolicy policy, Clock clock) {
        this.prepared = prepared;
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.policy = policy;
        this.clock = clock;
        this.regrade = prepared.plan().regradedFrom().isPresent();
    }

    /** Lets running calls end and starts no more. */
    public void stop() {
        stopper.stop(RunSummary.Reason.CANCELLED, "asked to stop");
    }

    /** Runs to the end, a limit, or a stop. */
    @SuppressWarnings("try") // the lease is held, not used
    public RunSummary execute() throws InterruptedException {
        String runId = prepared.plan().runId();
        Optional<StoredRun> stored = store.run(runId);
        stored.ifPresent(run -> RunIdentity.check("resume", run.plan(), prepared.plan()));
        refuseUngradable();
        var taken = TakenOver.of(store, prepared.plan());
        var journal = new Journal(store, listeners, prepared.plan().trials().size());
        store.begin(prepared.plan());
        try (var lease = new Lease(runId);
                var lookUps = new LookUps(prepared.limits().concurrency())) {
            int missing = taken.copy();
            List<Attempt> unknown = run(journal, lookUps);
            journal.storeFailure().ifPresent(failure -> {
                throw failure;
            });
            RunState end = journal.progress().done() + missing
                            == prepared.plan().trials().size()
                    ? RunState.FINISHED
                    : RunState.INTERRUPTED;
            var summary = new RunSummary(
                    prepared.plan(),
                    end,
                    end == RunState.FINISHED ? Optional.empty() : stopper.reason(),
                    journal.progress(),
                    unknown);
            store.end(runId, end, clock.instant());
            journal.tell(l -> l.runFinished(summary));
            return summary;
        } catch (RuntimeException | InterruptedException e) {
            endAfter(e, runId, e instanceof InterruptedException ? RunState.INTERRUPTED : RunState.FAILED);
            throw e;
        }
    }

    /** Before anything is sent: answers that could not be graded here are not bought. A regrade buys none. */
    private void refuseUngradable() throws InterruptedException {
        Set<String> tasks = new TreeSet<>(prepared.plan().regradedTasks());
        if (!regrade) {
            prepared.plan().trials().forEach(trial -> tasks.add(trial.key().task()));
        }
        boolean trusted =
                !regrade && prepared.trusted().containsAll(prepared.models().keySet());
        for (String task : tasks) {
            Optional<String> why =
                    Objects.requireNonNull(prepared.graders().get(task)).unready(trusted);
            if (why.isPresent()) {
                throw new UngradableException("task " + task + " cannot be graded here: " + why.get());
            }
        }
    }

    /** Returns the attempts that stay "sent, outcome unknown". */
    private List<Attempt> run(Journal journal, LookUps lookUps) throws InterruptedException {
        var spending = new Spending(prepared.limits());
        var accounting = new Accounting(prepared.priceBook());
        var settlements = new Settlements(prepared, lookUps, accounting, journal);
        var failedAttempts = new FailedAttempts(journal, lookUps, clock);
        List<TrialRecord> unsettled = new ArrayList<>();
        Earlier earlier = Earlier.read(store, prepared.plan(), (record, rolesAsked) -> {
            journal.alreadyDone(record);
            bookFinished(record, rolesAsked, spending);
            if (settlements.needed(record)) {
                unsettled.add(record);
            }
        });
        var books = new Books(prepared, earlier, journal);
        unsettled.forEach(record -> settlements.open(record, Optional.empty(), List.of(), books.finished(record)));
        List<Attempt> broken = earlier.unknown();
        books.takeUp(broken, spending, failedAttempts);
        var flow = new FlowControl(prepared.limits(), System::nanoTime);
        var caller = new Caller(
                prepared,
                journal,
                spending,
                flow,
                failedAttempts,
                policy,
                clock,
                Pauses.sleeping(),
                new SplittableRandom(),
                stopper);
        var evaluation = new Evaluation(
                prepared, earlier, books, journal, caller, flow, accounting, settlements, stopper, clock);
        var pending = earlier.pending(prepared.plan());
        bookUnfinished(pending, earlier, accounting, spending);
        journal.tell(l -> l.runStarted(prepared.plan(), pending.size(), broken));
        prepared.runner().run(pending, evaluation);
        lookUps.drain();
        return failedAttempts.unknown();
    }

    private void bookFinished(TrialRecord record, boolean rolesAsked, Spending spending) {
        if (bought(record.trial())) {
            spending.book(Journal.knownCost(record), tokens(record));
        } else if (record.outcome() instanceof Outcome.Scored scored && (!regrade || rolesAsked)) {
            bookRoles(scored.graderUsage(), spending);
        }
    }

    /** Books what earlier sessions paid for trials that are not finished yet, as far as it is known. */
    private void bookUnfinished(List<Trial> pending, Earlier earlier, Accounting accounting, Spending spending) {
        for (Trial trial : pending) {
            boolean bought = bought(trial);
            if (bought) {
                for (Waste waste : earlier.failedAttempts(trial).values()) {
                    spending.book(
                            waste.costUsd().orElse(BigDecimal.ZERO),
                            waste.tokens().orElse(0));
                }
            }
            Optional<Outcome> kept = earlier.completed(trial).map(TrialRecord::outcome);
            if (kept.isPresent() && kept.get() instanceof Outcome.Completed completed) {
                if (bought) {
                    TokenExtractor extractor =
                            Callee.contestant(prepared, trial).extractor();
                    book(accounting.of(trial.model(), extractor, completed.completion()), spending);
                }
                bookRoles(completed.roleCalls(), spending);
            }
        }
    }

    /** Books the role answers that were really bought; those of a role that is played back were not. */
    private void bookRoles(RoleUsage usage, Spending spending) {
        for (RoleUsage.Call call : usage.calls()) {
            Model role = prepared.roles().get(call.role());
            if (role == null || !role.playback()) {
                book(call.usage(), spending);
            }
        }
    }

    /** Whether this run pays for the trial's completion. */
    private boolean bought(Trial trial) {
        Model model = prepared.models().get(trial.key().model());
        return !regrade && (model == null || !model.playback());
    }

    private static void book(TokenUsage usage, Spending spending) {
        spending.book(
                usage.cost().usd().orElse(BigDecimal.ZERO),
                Charges.tokens(usage).orElse(0));
    }

    /** Marks a broken off run; a store that cannot even do that must not hide the first error. */
    private void endAfter(Exception cause, String runId, RunState state) {
        try {
            store.end(runId, state, clock.instant());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static long tokens(TrialRecord record) {
        long sum = record.usage().map(usage -> Charges.tokens(usage).orElse(0)).orElse(0L)
                + record.waste().tokens().orElse(0);
        if (record.outcome() instanceof Outcome.Scored scored) {
            for (RoleUsage.Call call : scored.graderUsage().calls()) {
                sum += Charges.tokens(call.usage()).orElse(0);
            }
        }
        return sum;
    }

    /** Keeps the run's lease alive until closed. */
    private final class Lease implements AutoCloseable {
        private final ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, WorkerThreads.named("rtel-lease-"));

        Lease(String runId) {
            timer.scheduleWithFixedDelay(
                    () -> {
                        try {
                            store.renewLease(runId);
                        } catch (RuntimeException e) {
                            LOG.warn("the lease of run {} could not be renewed", runId, e);
                        }
                    },
                    LEASE_RENEWAL_SECONDS,
                    LEASE_RENEWAL_SECONDS,
                    TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
