package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Trial;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.run.RetryPolicy;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.Slot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one run: waits for its provider's turn and for money, writes each attempt's intent before it is
 * sent, and retries by policy. Thread-safe.
 */
final class Caller {
    private static final Duration LONGEST_STEP = Duration.ofMillis(100);
    private final PreparedPlan prepared;
    private final Journal journal;
    private final Spending spending;
    private final FlowControl flow;
    private final FailedAttempts failedAttempts;
    private final RetryPolicy policy;
    private final Clock clock;
    private final Pauses pauses;
    private final RandomGenerator random;
    private final Stopper stopper;

    Caller(
            PreparedPlan prepared,
            Journal journal,
            Spending spending,
            FlowControl flow,
            FailedAttempts failedAttempts,
            RetryPolicy policy,
            Clock clock,
            Pauses pauses,
            RandomGenerator random,
            Stopper stopper) {
        this.prepared = prepared;
        this.journal = journal;
        this.spending = spending;
        this.flow = flow;
        this.failedAttempts = failedAttempts;
        this.policy = policy;
        this.clock = clock;
        this.pauses = pauses;
        this.random = random;
        this.stopper = stopper;
    }

    /**
     * One call to make.
     *
     * @param role {@link Attempt#CONTESTANT} or the role that is asked
     * @param number which call of the role within this grading it is
     * @param callee whom to ask
     * @param earlierAttempts number of attempts before this call
     * @param slot given up while the call only waits
     * @param book where failed attempts are noted
     */
    record Call(
            Trial trial,
            String role,
            int number,
            Callee callee,
            CompletionRequest request,
            int earlierAttempts,
            Slot slot,
            TrialBook book) {}

    /**
     * How a call ended.
     *
     * @param completion the answer, or empty when it failed or was not made
     * @param failure the last failure, or empty when it succeeded or was not made
     * @param attempts tries made now
     * @param attemptId the successful try, whose end is still to be written together with the record
     * @param ticket on which the successful try's cost is still to be booked
     */
    record Result(
            Optional<Completion> completion,
            Optional<ModelException> failure,
            int attempts,
            String attemptId,
            Spending.Ticket ticket) {}

    Result call(Call call) throws InterruptedException {
        int attempts = 0;
        @Nullable ModelException last = null;
        Spending.Reserve reserve = Reserves.of(prepared, call.callee().planned(), call.request());
        Instant deadline = clock.instant().plus(prepared.limits().trialTimeout());
        while (!stopper.stopping()) {
            Optional<Turn> turn = turn(call, reserve);
            if (turn.isEmpty()) {
                break;
            }
            attempts++;
            Attempt attempt = attempt(call, attempts);
            ModelException failure;
            try {
                Completion completion = send(call, attempt, deadline, turn.get());
                return new Result(
                        Optional.of(completion),
                        Optional.empty(),
                        attempts,
                        attempt.id(),
                        turn.get().ticket());
            } catch (ModelException e) {
                failure = e;
            }
            last = failure;
            Optional<Duration> pause = pause(attempts, failure, deadline);
            failedAttempts.note(
                    attempt, failure, call.callee().extractor(), turn.get().ticket(), call.book());
            journal.tell(listener ->
                    listener.attemptFailed(call.trial(), attempt, failure.failure(), pause.orElse(Duration.ZERO)));
            if (failure instanceof ModelException.RunFatal) {
                stopper.stop(RunSummary.Reason.ACCOUNT, String.valueOf(failure.getMessage()));
            }
            if (pause.isEmpty()) {
                break;
            }
            pause(pause.get(), call.slot());
        }
        return new Result(Optional.empty(), Optional.ofNullable(last), attempts, "", Spending.free());
    }

    /** Leave to make one attempt: the provider's turn and the money for it. What is played back needs neither. */
    private record Turn(Optional<FlowControl.Passage> passage, Spending.Ticket ticket) {}

    private Optional<Turn> turn(Call call, Spending.Reserve reserve) throws InterruptedException {
        if (call.callee().model().playback()) {
            return Optional.of(new Turn(Optional.empty(), Spending.free()));
        }
        Optional<FlowControl.Passage> passage = flow.enter(call.callee().lane(), call.slot(), stopper::stopping);
        if (passage.isEmpty()) {
            return Optional.empty();
        }
        Optional<Spending.Ticket> ticket = Optional.empty();
        try {
            ticket = spending.reserve(reserve);
        } finally {
            if (ticket.isEmpty()) {
                flow.abandoned(passage.get());
            }
        }
        if (ticket.isEmpty()) {
            stopper.stop(RunSummary.Reason.BUDGET, "the spending or token limit would be exceeded");
        }
        return ticket.map(money -> new Turn(passage, money));
    }

    /** Sends once; whatever the outcome, the turn's passage is given back. */
    private Completion send(Call call, Attempt attempt, Instant trialDeadline, Turn turn) throws InterruptedException {
        boolean left = false;
        try {
            journal.attemptStarted(attempt);
            Instant deadline = attempt.sentAt().plus(call.request().timeout());
            Completion completion = call.callee()
                    .model()
                    .complete(
                            call.request(),
                            new OneAttempt(
                                    attempt,
                                    call.number(),
                                    deadline.isBefore(trialDeadline) ? deadline : trialDeadline,
                                    id -> journal.attemptIdentified(attempt.id(), id)));
            turn.passage().ifPresent(flow::answered);
            left = true;
            return completion;
        } catch (ModelException e) {
            turn.passage().ifPresent(passage -> flow.failed(passage, e));
            left = true;
            throw e;
        } catch (RuntimeException e) {
            journal.storeFailure().ifPresent(failure -> {
                throw failure;
            });
            throw new ModelException.Permanent(
                    "model '" + call.callee().model().id() + "' threw " + e, ModelException.Details.of("internal"), e);
        } finally {
            if (!left) {
                turn.passage().ifPresent(flow::abandoned);
            }
        }
    }

    private Attempt attempt(Call call, int number) {
        return new Attempt(
                UUID.randomUUID().toString(),
                prepared.plan().runId(),
                call.trial().key(),
                call.role(),
                call.earlierAttempts() + number,
                clock.instant(),
                Optional.empty(),
                Optional.empty());
    }

    /** The pause before the next attempt; empty when there is none, or not the time for one. */
    private Optional<Duration> pause(int attempts, ModelException failure, Instant deadline) {
        return policy.pauseAfter(attempts, failure, random)
                .filter(pause -> clock.instant().plus(pause).isBefore(deadline));
    }

    /** Pauses in short steps, so that a stop does not have to wait for a long one. */
    private void pause(Duration whole, Slot slot) throws InterruptedException {
        if (whole.isZero() || stopper.stopping()) {
            return;
        }
        slot.release();
        for (Duration left = whole; !left.isZero() && !stopper.stopping(); ) {
            Duration step = left.compareTo(LONGEST_STEP) < 0 ? left : LONGEST_STEP;
            pauses.pause(step);
            left = left.minus(step);
        }
        slot.reacquire();
    }
}
