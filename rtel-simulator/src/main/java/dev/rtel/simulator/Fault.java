package dev.rtel.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One line of a fault plan: what goes wrong, and with which requests. Immutable; start with {@link #of(FaultKind)},
 * {@link #status(int)} or {@link #shape(Shape...)} and narrow it down.
 *
 * @param kind what goes wrong
 * @param model pattern of model ids; {@code *} stands for any text
 * @param trial pattern of trial keys (request metadata {@code rtel_trial}, empty if absent); {@code *} stands for any text
 * @param attempts attempt numbers that are hit; empty = all
 * @param probability probability, 0..1, that a matching attempt is hit; depends on seed, trial and attempt only
 * @param status HTTP status, or code of an error inside of status 200
 * @param error form of the error object
 * @param retryable what the error's availability says about trying again; empty = what goes with the status
 * @param retryAfterSeconds time until the next try, for errors
 * @param hint how an error tells that time
 * @param delay how long {@link FaultKind#STALL} keeps the reply back
 * @param paddingBlocks number of blocks for {@link FaultKind#PADDING}, {@link FaultKind#BLANK_BODY} and
 *     {@link FaultKind#TRUNCATED_JSON}
 * @param shapes traits of the reply for {@link FaultKind#SHAPE}
 */
public record Fault(
        FaultKind kind,
        String model,
        String trial,
        Set<Integer> attempts,
        double probability,
        int status,
        ErrorShape error,
        Optional<Boolean> retryable,
        OptionalInt retryAfterSeconds,
        WaitHint hint,
        Duration delay,
        int paddingBlocks,
        List<Shape> shapes) {
    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Fault {
        attempts = Set.copyOf(attempts);
        shapes = List.copyOf(shapes);
        Checks.share("probability", probability);
        Checks.that(status >= 400 && status <= 599, "status must be between 400 and 599, was " + status);
        Checks.notNegative("retryAfterSeconds", retryAfterSeconds.orElse(0));
        Checks.notNegative("delay", delay);
        Checks.notNegative("paddingBlocks", paddingBlocks);
    }

    /** Returns a fault that hits every attempt of every model; status 502, no wait hint, one hour delay, 8 blocks. */
    public static Fault of(FaultKind kind) {
        return new Fault(
                kind,
                "*",
                "*",
                Set.of(),
                1.0,
                502,
                ErrorShape.STANDARD,
                Optional.empty(),
                OptionalInt.empty(),
                WaitHint.RETRY_AFTER,
                Duration.ofHours(1),
                8,
                List.of());
    }

    /** Returns a fault that answers every attempt of every model with a JSON error of the given status. */
    public static Fault status(int status) {
        return of(FaultKind.STATUS).withStatus(status);
    }

    /** Returns a fault that gives every reply of every model other traits. */
    public static Fault shape(Shape... traits) {
        return of(FaultKind.SHAPE).changed(draft -> draft.shapes = List.of(traits));
    }

    /** Returns a copy for the models whose id matches a pattern, for example {@code openai/*}. */
    public Fault onModel(String pattern) {
        return changed(draft -> draft.model = pattern);
    }

    /** Returns a copy for the trials whose key matches a pattern. */
    public Fault onTrial(String pattern) {
        return changed(draft -> draft.trial = pattern);
    }

    /** Returns a copy for the given attempt numbers only, counted from 1. */
    public Fault onAttempts(int... numbers) {
        return changed(draft ->
                draft.attempts = Arrays.stream(numbers).boxed().collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Returns a copy that hits a matching attempt with the given probability. */
    public Fault withProbability(double value) {
        return changed(draft -> draft.probability = value);
    }

    /** Returns a copy with another status. */
    public Fault withStatus(int value) {
        return changed(draft -> draft.status = value);
    }

    /** Returns a copy with another form of the error object. */
    public Fault withError(ErrorShape value) {
        return changed(draft -> draft.error = value);
    }

    /** Returns a copy whose error has an availability that says whether to try again. */
    public Fault withRetryable(boolean value) {
        return changed(draft -> draft.retryable = Optional.of(value));
    }

    /** Returns a copy with a wait hint. */
    public Fault withRetryAfterSeconds(int seconds) {
        return changed(draft -> draft.retryAfterSeconds = OptionalInt.of(seconds));
    }

    /** Returns a copy with a wait hint of another form. */
    public Fault withRetryAfterSeconds(int seconds, WaitHint form) {
        return withRetryAfterSeconds(seconds).withHint(form);
    }

    /** Returns a copy with another delay. */
    public Fault withDelay(Duration value) {
        return changed(draft -> draft.delay = value);
    }

    /** Returns a copy with another number of padding blocks. */
    public Fault withPaddingBlocks(int value) {
        return changed(draft -> draft.paddingBlocks = value);
    }

    Fault withHint(WaitHint form) {
        return changed(draft -> draft.hint = form);
    }

    Fault withShape(Shape trait) {
        Set<Shape> more = new LinkedHashSet<>(shapes);
        more.add(trait);
        return changed(draft -> draft.shapes = List.copyOf(more));
    }

    boolean hits(String modelId, String trialKey, int attempt, double roll) {
        return (attempts.isEmpty() || attempts.contains(attempt))
                && roll < probability
                && Wildcards.matches(model, modelId)
                && Wildcards.matches(trial, trialKey);
    }

    /** Returns the form of a reply that this fault hits. */
    ReplyShape over(ReplyShape usual) {
        ReplyShape shape = usual;
        if (kind == FaultKind.PADDING) {
            return shape.withPadding(paddingBlocks).withComments(paddingBlocks, paddingBlocks);
        }
        for (Shape trait : shapes) {
            shape = shape.with(trait);
        }
        return shape;
    }

    private Fault changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** A copy that can be changed. */
    private static final class Draft {
        private final FaultKind kind;
        private String model;
        private String trial;
        private Set<Integer> attempts;
        private double probability;
        private int status;
        private ErrorShape error;
        private Optional<Boolean> retryable;
        private OptionalInt retryAfterSeconds;
        private WaitHint hint;
        private Duration delay;
        private int paddingBlocks;
        private List<Shape> shapes;

        private Draft(Fault fault) {
            kind = fault.kind;
            model = fault.model;
            trial = fault.trial;
            attempts = fault.attempts;
            probability = fault.probability;
            status = fault.status;
            error = fault.error;
            retryable = fault.retryable;
            retryAfterSeconds = fault.retryAfterSeconds;
            hint = fault.hint;
            delay = fault.delay;
            paddingBlocks = fault.paddingBlocks;
            shapes = fault.shapes;
        }

        private Fault done() {
            return new Fault(
                    kind,
                    model,
                    trial,
                    attempts,
                    probability,
                    status,
                    error,
                    retryable,
                    retryAfterSeconds,
                    hint,
                    delay,
                    paddingBlocks,
                    shapes);
        }
    }
}
