package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import dev.rtel.eval.Waste;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.Grader;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TrialExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trial executor: intent, complete, durable, account, grade, durable, listeners. What an earlier session paid for
 * is graded, never bought again.
 */
final class Evaluation implements TrialExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
    private static final int UNREACHABLE_AFTER = 3;
    private final PreparedPlan prepared;
    private final Earlier earlier;
    private final Journal journal;
    private final Caller caller;
    private final Settler settler;
    private final Stopper stopper;
    private final Clock clock;
    private final AtomicInteger unreachable = new AtomicInteger();

    Evaluation(
            PreparedPlan prepared,
            Earlier earlier,
            Journal journal,
            Caller caller,
            Settler settler,
            Stopper stopper,
            Clock clock) {
        this.prepared = prepared;
        this.earlier = earlier;
        this.journal = journal;
        this.caller = caller;
        this.settler = settler;
        this.stopper = stopper;
        this.clock = clock;
    }

    @Override
    public boolean stopping() {
        return stopper.stopping() || journal.storeFailure().isPresent();
    }

    @Override
    public Optional<TrialRecord> execute(Trial trial) throws InterruptedException {
        if (stopping()) {
            return Optional.empty();
        }
        journal.tell(listener -> listener.trialStarted(trial));
        Optional<TrialRecord> kept = earlier.completed(trial);
        Optional<TrialRecord> completed = kept.isPresent() ? kept : complete(trial);
        if (completed.isEmpty() || completed.get().outcome() instanceof Outcome.Failed) {
            return completed;
        }
        return grade(completed.get());
    }

    /** Buys the completion; the returned record is durable. Empty when the run is stopping. */
    private Optional<TrialRecord> complete(Trial trial) throws InterruptedException {
        Instant started = clock.instant();
        String name = trial.key().model();
        var request = new CompletionRequest(
                trial.messages(),
                trial.model().params(),
                trial.model().routing(),
                Objects.requireNonNull(prepared.timeouts().get(name)));
        Caller.Result result = caller.call(new Caller.Call(
                trial,
                Attempt.CONTESTANT,
                0,
                Objects.requireNonNull(prepared.models().get(name)),
                request,
                earlier.attempts(trial)));
        int attempts = earlier.attempts(trial) + result.attempts();
        Waste waste = earlier.waste(trial).plus(result.waste());
        if (result.completion().isPresent()) {
            unreachable.set(Integer.MIN_VALUE);
            Completion completion = result.completion().get();
            Instant now = clock.instant();
            var record = new TrialRecord(
                    prepared.plan().runId(),
                    trial,
                    new Outcome.Completed(completion),
                    attempts,
                    waste,
                    started,
                    now,
                    completion.cacheHit() ? Optional.of("cache-hit") : Optional.empty());
            try {
                journal.keep(record, result.attemptId(), Optional.of(succeeded(now)));
            } finally {
                // even when the store failed: others may be waiting for this call's reserve
                TokenUsage usage = account(trial, completion);
                result.settlement().book(usage.cost().usd(), Spending.tokens(usage));
            }
            return Optional.of(record);
        }
        if (result.failure().isEmpty() || result.failure().get() instanceof ModelException.RunFatal) {
            return Optional.empty();
        }
        Failure failure = result.failure().get().failure();
        noteUnreachable(failure);
        var record = new TrialRecord(
                prepared.plan().runId(),
                trial,
                new Outcome.Failed(failure),
                attempts,
                waste,
                started,
                clock.instant(),
                Optional.empty());
        journal.finish(record, Optional.empty(), Optional.empty());
        return Optional.of(record);
    }

    private Optional<TrialRecord> grade(TrialRecord completed) throws InterruptedException {
        Trial trial = completed.trial();
        Completion completion = completed.completion().orElseThrow();
        TokenUsage usage = account(trial, completion);
        if (completion.cacheHit()) {
            usage = usage.withFlag(UsageFlag.CACHE_HIT);
        }
        RoleUsage paid = completed.outcome() instanceof Outcome.Completed c ? c.roleCalls() : RoleUsage.none();
        var roles = new RoleCalls(
                trial,
                prepared,
                caller,
                clock,
                paid,
                earlier.roleAttempts(trial),
                (used, attemptId) -> journal.keep(
                        completed.withOutcome(new Outcome.Completed(completion, used)),
                        attemptId,
                        Optional.of(succeeded(clock.instant()))));
        Score score = score(trial, completion, roles);
        if (score instanceof Score.Unscored && stopping()) {
            return Optional.empty(); // cut short, not undecided: graded when the run is resumed
        }
        var record = new TrialRecord(
                completed.runId(),
                trial,
                new Outcome.Scored(completion, usage, score, roles.used()),
                completed.attempts(),
                completed.waste(),
                completed.startedAt(),
                clock.instant(),
                completed.quarantined());
        journal.finish(record, Optional.empty(), Optional.empty());
        settler.submit(record, extractor(trial));
        return Optional.of(record);
    }

    /** Accounts from the reply alone; an extractor that throws leaves the usage unknown, never the completion lost. */
    TokenUsage account(Trial trial, Completion completion) {
        try {
            return extractor(trial).extract(completion);
        } catch (RuntimeException e) {
            LOG.warn("the token extractor of {} threw; its usage is unknown", trial.key(), e);
            return TokenUsage.unknown();
        }
    }

    private Score score(Trial trial, Completion completion, RoleCalls roles) throws InterruptedException {
        Grader grader =
                Objects.requireNonNull(prepared.graders().get(trial.key().task()));
        try {
            return grader.grade(new Submission(trial, completion), roles);
        } catch (RuntimeException e) {
            journal.storeFailure().ifPresent(failure -> {
                throw failure;
            });
            LOG.warn("grader {} threw on {}", trial.task().grader().provider(), trial.key(), e);
            return Score.unscored("grader-error", "the grader threw " + e);
        }
    }

    /** Stops a run of which no call reaches the provider, instead of failing every trial after all its retries. */
    private void noteUnreachable(Failure failure) {
        if (!failure.type().equals("connection")) {
            unreachable.set(Integer.MIN_VALUE);
        } else if (unreachable.incrementAndGet() >= UNREACHABLE_AFTER) {
            stopper.stop(RunSummary.Reason.UNREACHABLE, failure.message());
        }
    }

    private TokenExtractor extractor(Trial trial) {
        return Objects.requireNonNull(prepared.extractors().get(trial.key().model()));
    }

    private static Attempt.End succeeded(Instant at) {
        return Attempt.End.succeeded(at, Optional.empty(), Optional.empty());
    }
}
