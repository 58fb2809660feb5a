package dev.rtel.analysis;

import dev.rtel.eval.Cost;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.PriceBook;
import java.util.ArrayList;
import java.util.List;

/** What stored completions would cost by another price book; nothing is called. Stateless, thread-safe. */
public final class Repricing {
    private Repricing() {}

    /** Which costs a price book replaces. */
    public enum Scope {
        /** All: what the run would have cost at these prices. */
        EVERYTHING,
        /** Only those that nobody told: what was billed stays. */
        UNBILLED
    }

    /**
     * Prices a record again, its role calls included. A cost that the book cannot tell becomes missing where it is to be
     * replaced; what failed attempts cost stays.
     */
    public static TrialRecord of(RunPlan plan, TrialRecord record, PriceBook prices, Scope scope) {
        if (!(record.outcome() instanceof Outcome.Scored scored)) {
            return record;
        }
        List<RoleUsage.Call> calls = new ArrayList<>();
        for (RoleUsage.Call call : scored.graderUsage().calls()) {
            PlannedModel planned = plan.roles().get(call.role());
            calls.add(
                    planned == null
                            ? call
                            : new RoleUsage.Call(
                                    call.role(),
                                    call.model(),
                                    call.completion(),
                                    priced(planned, call.usage(), prices, scope)));
        }
        return record.withOutcome(new Outcome.Scored(
                scored.completion(),
                priced(record.trial().model(), scored.usage(), prices, scope),
                scored.score(),
                new RoleUsage(calls)));
    }

    private static TokenUsage priced(PlannedModel model, TokenUsage usage, PriceBook prices, Scope scope) {
        boolean told =
                usage.cost().source() == Cost.Source.BILLED || usage.cost().source() == Cost.Source.GENERATION;
        return told && scope == Scope.UNBILLED ? usage : usage.withCost(prices.cost(model, usage));
    }
}
