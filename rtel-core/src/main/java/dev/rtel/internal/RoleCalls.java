package dev.rtel.internal;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.RoleModel;
import dev.rtel.spi.Slot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The role models of one grading: metered, each answer durable before the grader sees it. Answers that an interrupted
 * grading already paid for are handed out again in the same order. For one thread, as gradings are.
 */
final class RoleCalls implements GradingContext {
    private final PreparedPlan prepared;
    private final Caller caller;
    private final Accounting accounting;
    private final Journal journal;
    private final Clock clock;
    private final Grading grading;
    private final Instant deadline;
    private final Map<String, Integer> attempts;
    private final List<Optional<Bought>> bought = new ArrayList<>();
    private RoleUsage used = RoleUsage.none();

    /**
     * One grading.
     *
     * @param completed the trial with its completion
     * @param paid answers of an interrupted grading under the same grade fingerprint
     * @param earlierAttempts of earlier sessions, by role
     * @param kept the write of the completion, which is durable before anything is paid for its grading
     * @param seat left while a role is called
     * @param book of the trial
     */
    record Grading(
            TrialRecord completed,
            RoleUsage paid,
            Map<String, Integer> earlierAttempts,
            Optional<ResultStore.Pending> kept,
            GradingRoom.Seat seat,
            TrialBook book) {}

    RoleCalls(
            PreparedPlan prepared,
            Caller caller,
            Accounting accounting,
            Journal journal,
            Clock clock,
            Grading grading) {
        this.prepared = prepared;
        this.caller = caller;
        this.accounting = accounting;
        this.journal = journal;
        this.clock = clock;
        this.grading = grading;
        this.deadline = clock.instant().plus(prepared.limits().timeout().multipliedBy(2));
        this.attempts = new HashMap<>(grading.earlierAttempts());
    }

    @Override
    public RoleModel model(String role) {
        if (!prepared.roles().containsKey(role) || !prepared.plan().roles().containsKey(role)) {
            throw new ConfigException(
                    "the grader of task '" + grading.completed().key().task() + "' asked for the role '" + role
                            + "', which it does not list among its required roles");
        }
        Callee callee = Callee.role(prepared, role);
        return new RoleModel() {
            @Override
            public String id() {
                return callee.planned().id();
            }

            @Override
            public Completion complete(CompletionRequest request) throws InterruptedException {
                return ask(role, callee, request);
            }
        };
    }

    private Completion ask(String role, Callee callee, CompletionRequest request) throws InterruptedException {
        int number = of(role, used).size();
        List<RoleUsage.Call> answered = of(role, grading.paid());
        if (number < answered.size()) {
            RoleUsage.Call before = answered.get(number);
            used = used.plus(before);
            bought.add(Optional.empty());
            return before.completion();
        }
        Map<String, @Nullable Object> params = new LinkedHashMap<>(request.params());
        params.putAll(callee.planned().params());
        var full = new CompletionRequest(
                request.messages(),
                prepared.limits().bounded(params),
                callee.planned().routing(),
                callee.timeout());
        grading.kept().ifPresent(journal::await);
        Slot slot = grading.seat().beginCall();
        try {
            return call(role, number, callee, full, slot);
        } finally {
            grading.seat().endCall();
        }
    }

    /** Returns an answer that is durable: as long as it is not, its call holds its place. */
    private Completion call(String role, int number, Callee callee, CompletionRequest request, Slot slot)
            throws InterruptedException {
        Caller.Result result = caller.call(new Caller.Call(
                grading.completed().trial(),
                role,
                number,
                callee,
                request,
                attempts.getOrDefault(role, 0),
                slot,
                grading.book()));
        attempts.merge(role, result.attempts(), Integer::sum);
        Completion completion = result.completion()
                .orElseThrow(() -> result.failure()
                        .orElseGet(() -> new ModelException.Transient("interrupted", "the run is stopping")));
        keep(role, callee, completion, result);
        return completion;
    }

    private void keep(String role, Callee callee, Completion completion, Caller.Result result) {
        TokenUsage usage = accounting.of(callee.planned(), callee.extractor(), completion);
        result.ticket().book(usage);
        var end = Attempt.End.succeeded(clock.instant(), Bought.told(usage), completion.generationId());
        bought.add(Optional.of(new Bought(result.attemptId(), end, result.ticket())));
        // the texts of the answers before this one are durable
        TrialRecord before = grading.completed().withoutVerbatim();
        RoleUsage.Call call = new RoleUsage.Call(role, callee.planned().id(), completion, usage);
        var outcome = new Outcome.Completed(
                before.completion().orElseThrow(), used.withoutVerbatim().plus(call));
        used = used.plus(call);
        journal.keep(before.withOutcome(outcome), result.attemptId(), end);
    }

    private static List<RoleUsage.Call> of(String role, RoleUsage usage) {
        return usage.calls().stream().filter(call -> call.role().equals(role)).toList();
    }

    @Override
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public boolean trusted() {
        // what lies in a store may come from anybody, whatever it says of itself: only what was bought just now counts
        return grading.kept().isPresent()
                && prepared.trusted().contains(grading.completed().key().model());
    }

    /** All answers of this grading, in call order. */
    RoleUsage used() {
        return used;
    }

    /** How each of them was booked; empty for one that an earlier session paid for. */
    List<Optional<Bought>> bought() {
        return bought;
    }
}
