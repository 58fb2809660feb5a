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
import dev.rtel.eval.Waste;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.Grader;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.Slot;
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
    private final Books books;
    private final Journal journal;
    private final Caller caller;
    private final FlowControl flow;
    private final GradingRoom room;
    private final Breakers breakers = new Breakers();
    private final Accounting accounting;
    private final Settlements settlements;
    private final Stopper stopper;
    private final Clock clock;
    private final AtomicInteger unreachable = new AtomicInteger();

    Evaluation(
            PreparedPlan prepared,
            Earlier earlier,
            Books books,
            Journal journal,
            Caller caller,
            FlowControl flow,
            Accounting accounting,
            Settlements settlements,
            Stopper stopper,
            Clock clock) {
        this.prepared = prepared;
        this.room = new GradingRoom(prepared.limits().concurrency());
        this.earlier = earlier;
        this.books = books;
        this.journal = journal;
        this.caller = caller;
        this.flow = flow;
        this.accounting = accounting;
        this.settlements = settlements;
        this.stopper = stopper;
        this.clock = clock;
    }

    @Override
    public boolean stopping() {
        return stopper.stopping() || journal.storeFailure().isPresent();
    }

    @Override
    public boolean ready(Trial trial) {
        Callee callee = Callee.contestant(prepared, trial);
        return callee.model().playback()
                || earlier.completed(trial).isPresent()
                || breakers.collapsed(trial.key().model()).isPresent()
                || flow.ready(callee.lane());
    }

    @Override
    public Optional<TrialRecord> execute(Trial trial) throws InterruptedException {
        return execute(trial, Slot.KEPT);
    }

    @Override
    public Optional<TrialRecord> execute(Trial trial, Slot slot) throws InterruptedException {
        if (stopping()) {
            return Optional.empty();
        }
        journal.tell(listener -> listener.trialStarted(trial));
        TrialBook book = books.of(trial);
        Optional<Completed> kept = earlier.completed(trial).map(Completed::of);
        Optional<Completed> completed = kept.isPresent() ? kept : complete(trial, slot, book);
        if (completed.isEmpty() || completed.get().record().outcome() instanceof Outcome.Failed) {
            return completed.map(Completed::record);
        }
        return graded(completed.get(), slot, book);
    }

    /** Grades while what was paid for is made durable, and waits for that also where grading fails. */
    private Optional<TrialRecord> graded(Completed completed, Slot slot, TrialBook book) throws InterruptedException {
        // a grading of what an earlier session paid for keeps its place: no call of its own was made in it
        try (GradingRoom.Seat seat = room.enter(slot, completed.bought().isPresent())) {
            return grade(completed, seat, book);
        } finally {
            completed.kept().ifPresent(journal::await);
        }
    }

    /** A trial with its completion, or failed; of one bought just now how its attempt is booked, and its write. */
    private record Completed(TrialRecord record, Optional<Bought> bought, Optional<ResultStore.Pending> kept) {
        static Completed of(TrialRecord record) {
            return new Completed(record, Optional.empty(), Optional.empty());
        }
    }

    /** Buys the completion; the returned record is durable, or about to be. Empty when the run is stopping. */
    private Optional<Completed> complete(Trial trial, Slot slot, TrialBook book) throws InterruptedException {
        Instant started = clock.instant();
        Optional<String> collapsed = breakers.collapsed(trial.key().model());
        if (collapsed.isPresent()) {
            return Optional.of(failed(trial, book, quarantined(collapsed.get()), 0, started, collapsed));
        }
        Callee callee = Callee.contestant(prepared, trial);
        var request = new CompletionRequest(
                trial.messages(),
                prepared.limits().bounded(trial.model().params()),
                trial.model().routing(),
                callee.timeout());
        Caller.Result result = caller.call(
                new Caller.Call(trial, Attempt.CONTESTANT, 0, callee, request, earlier.attempts(trial), slot, book));
        int attempts = earlier.attempts(trial) + result.attempts();
        if (result.completion().isPresent()) {
            unreachable.set(Integer.MIN_VALUE);
            breakers.answered(trial.key().model());
            return Optional.of(keep(trial, callee, result, attempts, started, book.waste()));
        }
        if (result.failure().isEmpty() || result.failure().get() instanceof ModelException.RunFatal) {
            return Optional.empty();
        }
        Failure failure = result.failure().get().failure();
        noteUnreachable(failure);
        breakers.failed(trial.key().model(), failure)
                .ifPresent(reason -> journal.tell(listener -> listener.modelCollapsed(trial.model(), reason)));
        return Optional.of(failed(trial, book, failure, attempts, started, Optional.empty()));
    }

    /** Begins to make a paid answer durable before anything else can break. */
    private Completed keep(
            Trial trial, Callee callee, Caller.Result result, int attempts, Instant started, Waste waste) {
        Completion completion = result.completion().orElseThrow();
        TokenUsage usage = accounting.of(trial.model(), callee.extractor(), completion);
        Instant now = clock.instant();
        var end = Attempt.End.succeeded(now, Bought.told(usage), completion.generationId());
        var bought = new Bought(result.attemptId(), end, result.ticket());
        var record = new TrialRecord(
                prepared.plan().runId(),
                trial,
                new Outcome.Completed(completion),
                attempts,
                waste,
                started,
                now,
                completion.cacheHit() ? Optional.of("cache-hit") : ServedCheck.wrongModel(trial.model(), completion));
        try {
            ResultStore.Pending kept = journal.keepSoon(record, bought.attemptId(), end);
            return new Completed(record, Optional.of(bought), Optional.of(kept));
        } finally {
            // even when the store failed: others may be waiting for this call's reserve
            result.ticket().book(usage);
        }
    }

    private Completed failed(
            Trial trial, TrialBook book, Failure failure, int attempts, Instant started, Optional<String> quarantined) {
        var record = new TrialRecord(
                prepared.plan().runId(),
                trial,
                new Outcome.Failed(failure),
                attempts,
                Waste.none(),
                started,
                clock.instant(),
                quarantined);
        return Completed.of(book.finish(record));
    }

    private static Failure quarantined(String reason) {
        return new Failure("quarantined", "not sent: the model " + reason, true);
    }

    private Optional<TrialRecord> grade(Completed completed, GradingRoom.Seat seat, TrialBook book)
            throws InterruptedException {
        TrialRecord record = completed.record();
        Trial trial = record.trial();
        Completion completion = record.completion().orElseThrow();
        TokenUsage usage =
                accounting.of(trial.model(), Callee.contestant(prepared, trial).extractor(), completion);
        RoleUsage paid = record.outcome() instanceof Outcome.Completed c ? c.roleCalls() : RoleUsage.none();
        var grading = new RoleCalls.Grading(record, paid, earlier.roleAttempts(trial), completed.kept(), seat, book);
        var roles = new RoleCalls(prepared, caller, accounting, journal, clock, grading);
        Score score = score(trial, completion, roles);
        if (score instanceof Score.Unscored && stopping()) {
            return Optional.empty(); // cut short, not undecided: graded when the run is resumed
        }
        completed.kept().ifPresent(journal::await);
        TrialRecord finished =
                book.finish(record.withOutcome(new Outcome.Scored(completion, usage, score, roles.used()))
                        .withFinishedAt(clock.instant()));
        settlements.open(finished, completed.bought(), roles.bought(), book);
        return Optional.of(finished);
    }

    private Score score(Trial trial, Completion completion, RoleCalls roles) throws InterruptedException {
        Grader grader =
                Objects.requireNonNull(prepared.graders().get(trial.key().task()));
        try {
            return Objects.requireNonNull(
                    grader.grade(new Submission(trial, completion), roles), "the grader returned null");
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
}
