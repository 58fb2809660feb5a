package dev.rtel.eval;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the roles (judges) of one grading used; booked apart from the contestant.
 *
 * @param calls one line a completion, in call order
 */
public record RoleUsage(List<Call> calls) {
    /**
     * One completion given to a role.
     *
     * @param role e.g. {@code judge}
     * @param model id of the model in that role
     * @param completion its answer
     * @param usage what it used
     */
    public record Call(String role, String model, Completion completion, TokenUsage usage) {}

    /** Copies the list. */
    public RoleUsage {
        calls = List.copyOf(calls);
    }

    /** No calls. */
    public static RoleUsage none() {
        return new RoleUsage(List.of());
    }

    /** The same with another call in the place of one. */
    public RoleUsage with(int index, Call call) {
        List<Call> changed = new ArrayList<>(calls);
        changed.set(index, call);
        return new RoleUsage(changed);
    }

    /** The same with one more call. */
    public RoleUsage plus(Call call) {
        List<Call> more = new ArrayList<>(calls);
        more.add(call);
        return new RoleUsage(more);
    }

    /** The same calls, each completion changed. */
    RoleUsage with(UnaryOperator<Completion> change) {
        return calls.isEmpty()
                ? this
                : new RoleUsage(calls.stream()
                        .map(c -> new Call(c.role(), c.model(), change.apply(c.completion()), c.usage()))
                        .toList());
    }

    /** Total in US dollars: 0 without calls, empty as soon as one call's cost is unknown. */
    public Optional<BigDecimal> costUsd() {
        BigDecimal sum = BigDecimal.ZERO;
        for (Call call : calls) {
            Optional<BigDecimal> usd = call.usage().cost().usd();
            if (usd.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(usd.get());
        }
        return Optional.of(sum);
    }
}
