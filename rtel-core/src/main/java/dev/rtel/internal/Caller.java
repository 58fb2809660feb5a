package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Message;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.Waste;
import dev.rtel.plan.PriceBook;
import dev.rtel.run.RetryPolicy;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one run: writes each attempt's intent before it is sent, keeps within the spending limits, and
 * retries by policy. Thread-safe.
 */
final class Caller {
    private static final int DEFAULT_OUTPUT_TOKENS = 16_000;
    private static final Duration LONGEST_STEP = Duration.ofMillis(100);
    private final String runId;
    private final Journal journal;
    private final Spending spending;
    private final RetryPolicy policy;
    private final PriceBook prices;
    private final Clock clock;
    private final Pauses pauses;
    private final RandomGenerator random;
    private final Stopper stopper;

    Caller(
            String runId,
            Journal journal,
            Spending spending,
            RetryPolicy policy,
            PriceBook prices,
            Clock clock,
            Pauses pauses,
            RandomGenerator random,
            Stopper stopper) {
        this.runId = runId;
        this.journal = journal;
        this.spending = spending;
        this.policy = policy;
        this.prices = prices;
        this.clock = clock;
        this.pauses = pauses;
        this.random = random;
        this.stopper = stopper;
    }

    /** One call to make: whom, for which trial, in which role, and how many attempts there were before. */
    record Call(Trial trial, String role, int number, Model model, CompletionRequest request, int earlierAttempts) {}

    /**
     * How a call ended.
     *
     * @param completion the answer, or empty when it failed or was not made
     * @param failure the last failure, or empty when it succeeded or was not made
     * @param attempts tries made now
     * @param waste of failed tries
     * @param attemptId the successful try, whose end is still to be written together with the record
     * @param settlement books the successful try's cost; must be called exactly once
     */
    record Result(
            Optional<Completion> completion,
            Optional<ModelException> failure,
            int attempts,
            Waste waste,
            Optional<String> attemptId,
            Settlement settlement) {}

    /** Books what a successful try really took. */
    @FunctionalInterface
    interface Settlement {
        void book(Optional<BigDecimal> usd, long tokens);
    }

    Result call(Call call) throws InterruptedException {
        Waste waste = Waste.none();
        int attempts = 0;
        ModelException last = null;
        // what is played back was paid for when it was recorded
        boolean free = call.model().playback();
        Spending.Reserve reserve = reserve(call);
        while (!stopper.stopping()) {
            if (!free && !spending.reserve(reserve)) {
                stopper.stop(dev.rtel.run.RunSummary.Reason.BUDGET, "the spending or token limit would be exceeded");
                break;
            }
            attempts++;
            Attempt attempt = new Attempt(
                    UUID.randomUUID().toString(),
                    runId,
                    call.trial().key(),
                    call.role(),
                    call.earlierAttempts() + attempts,
                    clock.instant(),
                    Optional.empty(),
                    Optional.empty());
            boolean booked = false;
            Map<String, @Nullable Object> failedUsage = Map.of();
            try {
                journal.attemptStarted(attempt);
                Completion completion = call.model().complete(call.request(), context(call, attempt));
                booked = true;
                return new Result(
                        Optional.of(completion),
                        Optional.empty(),
                        attempts,
                        waste,
                        Optional.of(attempt.id()),
                        free ? (usd, tokens) -> {} : (usd, tokens) -> spending.settle(reserve, usd, tokens));
            } catch (ModelException e) {
                last = e;
                failedUsage = e.details().usage();
            } catch (RuntimeException e) {
                journal.storeFailure().ifPresent(failure -> {
                    throw failure;
                });
                last = new ModelException.Permanent(
                        "model '" + call.model().id() + "' threw " + e, ModelException.Details.of("internal"), e);
            } finally {
                if (!booked && !free) {
                    // a failed attempt is free unless the provider says otherwise
                    spending.settle(
                            reserve,
                            Optional.of(cost(failedUsage).orElse(BigDecimal.ZERO)),
                            tokens(failedUsage).orElse(0));
                }
            }
            waste = waste.plus(waste(last));
            Optional<Duration> pause = policy.pauseAfter(attempts, last, random);
            end(call, attempt, last, pause);
            if (last instanceof ModelException.RunFatal) {
                stopper.stop(dev.rtel.run.RunSummary.Reason.ACCOUNT, String.valueOf(last.getMessage()));
            }
            if (pause.isEmpty()) {
                break;
            }
            pause(pause.get());
        }
        return new Result(
                Optional.empty(), Optional.ofNullable(last), attempts, waste, Optional.empty(), (usd, tokens) -> {});
    }

    private void end(Call call, Attempt attempt, ModelException error, Optional<Duration> pause) {
        Failure failure = error.failure();
        journal.attemptEnded(
                attempt.id(),
                new Attempt.End(
                        clock.instant(),
                        Optional.of(failure),
                        error.details().usage(),
                        cost(error.details().usage()),
                        error.details().generationId()));
        journal.tell(listener -> listener.attemptFailed(call.trial(), attempt, failure, pause.orElse(Duration.ZERO)));
    }

    private AttemptContext context(Call call, Attempt attempt) {
        Instant deadline = attempt.sentAt().plus(call.request().timeout());
        return new AttemptContext() {
            @Override
            public String attemptId() {
                return attempt.id();
            }

            @Override
            public TrialKey trial() {
                return attempt.trial();
            }

            @Override
            public String role() {
                return attempt.role();
            }

            @Override
            public int attempt() {
                return attempt.number();
            }

            @Override
            public int call() {
                return call.number();
            }

            @Override
            public Instant deadline() {
                return deadline;
            }

            @Override
            public void onGenerationId(String id) {
                journal.attemptIdentified(attempt.id(), id);
            }
        };
    }

    /** Pauses in short steps, so that a stop does not have to wait for a long one. */
    private void pause(Duration whole) throws InterruptedException {
        for (Duration left = whole; !left.isZero() && !stopper.stopping(); ) {
            Duration step = left.compareTo(LONGEST_STEP) < 0 ? left : LONGEST_STEP;
            pauses.pause(step);
            left = left.minus(step);
        }
    }

    private Spending.Reserve reserve(Call call) {
        // about three characters a token, rounded up: a reserve must not be too small
        long prompt = 100
                + call.request().messages().stream()
                                .map(Message::content)
                                .mapToLong(String::length)
                                .sum()
                        / 3;
        return Spending.Reserve.of(
                prices.price(call.model().id()),
                prompt,
                outputTokens(call.request().params()));
    }

    static long outputTokens(Map<String, @Nullable Object> params) {
        Object max = params.getOrDefault("max_completion_tokens", params.get("max_tokens"));
        return max instanceof Number number ? number.longValue() : DEFAULT_OUTPUT_TOKENS;
    }

    private static Waste waste(ModelException error) {
        Map<String, @Nullable Object> usage = error.details().usage();
        return new Waste(tokens(usage), cost(usage));
    }

    private static OptionalLong tokens(Map<String, @Nullable Object> usage) {
        return usage.get("total_tokens") instanceof Long total && total >= 0
                ? OptionalLong.of(total)
                : OptionalLong.empty();
    }

    private static Optional<BigDecimal> cost(Map<String, @Nullable Object> usage) {
        return usage.get("cost") instanceof Number cost
                ? Optional.of(new BigDecimal(cost.toString())).filter(c -> c.signum() >= 0)
                : Optional.empty();
    }
}
