package dev.rtel.internal;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.RoleModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role models of one grading: metered, each answer durable before the grader sees it. Answers that an interrupted
 * grading already paid for are handed out again in the same order. For one thread, as gradings are.
 */
final class RoleCalls implements GradingContext {
    private static final Logger LOG = LoggerFactory.getLogger(RoleCalls.class);
    private final Trial trial;
    private final PreparedPlan prepared;
    private final Caller caller;
    private final Clock clock;
    private final Instant deadline;
    private final RoleUsage paid;
    private final BiConsumer<RoleUsage, Optional<String>> keep;
    private RoleUsage used = RoleUsage.none();
    private final Map<String, Integer> attempts;

    /**
     * @param paid answers of an interrupted grading under the same grade fingerprint
     * @param earlierAttempts of earlier sessions, by role
     * @param keep makes a new answer durable together with the end of its attempt
     */
    RoleCalls(
            Trial trial,
            PreparedPlan prepared,
            Caller caller,
            Clock clock,
            RoleUsage paid,
            Map<String, Integer> earlierAttempts,
            BiConsumer<RoleUsage, Optional<String>> keep) {
        this.trial = trial;
        this.prepared = prepared;
        this.caller = caller;
        this.clock = clock;
        this.deadline = clock.instant().plus(prepared.limits().timeout().multipliedBy(2));
        this.paid = paid;
        this.keep = keep;
        this.attempts = new HashMap<>(earlierAttempts);
    }

    @Override
    public RoleModel model(String role) {
        Model model = prepared.roles().get(role);
        PlannedModel planned = prepared.plan().roles().get(role);
        if (model == null || planned == null) {
            throw new ConfigException("the grader of task '" + trial.key().task() + "' asked for the role '" + role
                    + "', which it does not list among its required roles");
        }
        return new RoleModel() {
            @Override
            public String id() {
                return planned.id();
            }

            @Override
            public Completion complete(CompletionRequest request) throws InterruptedException {
                return ask(role, planned, model, request);
            }
        };
    }

    private Completion ask(String role, PlannedModel planned, Model model, CompletionRequest request)
            throws InterruptedException {
        int number = of(role, used).size();
        List<RoleUsage.Call> answered = of(role, paid);
        if (number < answered.size()) {
            RoleUsage.Call before = answered.get(number);
            used = used.plus(before);
            return before.completion();
        }
        Map<String, @Nullable Object> params = new LinkedHashMap<>(request.params());
        params.putAll(planned.params());
        Duration limit = Objects.requireNonNull(prepared.timeouts().get("role:" + role));
        var full = new CompletionRequest(request.messages(), params, planned.routing(), limit);
        Caller.Result result =
                caller.call(new Caller.Call(trial, role, number, model, full, attempts.getOrDefault(role, 0)));
        attempts.merge(role, result.attempts(), Integer::sum);
        Completion completion = result.completion()
                .orElseThrow(() -> result.failure()
                        .orElseGet(() -> new ModelException.Transient("interrupted", "the run is stopping")));
        TokenUsage usage = account(role, completion);
        result.settlement().book(usage.cost().usd(), Spending.tokens(usage));
        used = used.plus(new RoleUsage.Call(role, planned.id(), completion, usage));
        keep.accept(used, result.attemptId());
        return completion;
    }

    private static List<RoleUsage.Call> of(String role, RoleUsage usage) {
        return usage.calls().stream().filter(call -> call.role().equals(role)).toList();
    }

    /** An extractor that throws leaves the usage unknown, never the paid answer lost. */
    private TokenUsage account(String role, Completion completion) {
        try {
            return Objects.requireNonNull(prepared.extractors().get("role:" + role))
                    .extract(completion);
        } catch (RuntimeException e) {
            LOG.warn("the token extractor of role {} threw on {}; its usage is unknown", role, trial.key(), e);
            return TokenUsage.unknown();
        }
    }

    @Override
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public boolean trusted() {
        return prepared.trusted().contains(trial.key().model());
    }

    RoleUsage used() {
        return used;
    }
}
