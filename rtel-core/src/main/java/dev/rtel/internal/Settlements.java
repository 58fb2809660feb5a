package dev.rtel.internal;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.spi.TokenExtractor.Settling;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles finished trials with the billing records of their completions, those of roles included: each record is looked
 * up beside the workers, kept with its completion, and the usage read again. Thread-safe.
 */
final class Settlements {
    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    private final PreparedPlan prepared;
    private final LookUps lookUps;
    private final Accounting accounting;
    private final Journal journal;

    Settlements(PreparedPlan prepared, LookUps lookUps, Accounting accounting, Journal journal) {
        this.prepared = prepared;
        this.lookUps = lookUps;
        this.accounting = accounting;
        this.journal = journal;
    }

    /** Whether a billing record may tell what is still missing of a finished trial's own completion. */
    boolean needed(TrialRecord record) {
        return record.outcome() instanceof Outcome.Scored scored
                && !takenOver()
                && prepared.models().containsKey(record.key().model())
                && kind(record, Callee.contestant(prepared, record.trial()), scored.completion(), scored.usage())
                        == Settling.NEEDED;
    }

    /**
     * Takes up a scored trial. What an earlier session paid for is looked up only where something is missing.
     *
     * @param bought how its completion was booked; empty if an earlier session paid for it
     * @param roles the same of its role calls, in call order; what is not in the list was paid for earlier
     */
    void open(TrialRecord record, Optional<Bought> bought, List<Optional<Bought>> roles, TrialBook book) {
        if (!(record.outcome() instanceof Outcome.Scored scored)) {
            return;
        }
        Callee contestant = Callee.contestant(prepared, record.trial());
        if (!takenOver()) {
            submit(
                    new Open(record, contestant, scored.completion(), scored.usage(), bought, book),
                    billing -> trial -> contestantSettled(trial, contestant, billing, bought));
        }
        List<RoleUsage.Call> calls = scored.graderUsage().calls();
        for (int i = 0; i < calls.size(); i++) {
            int index = i;
            RoleUsage.Call call = calls.get(i);
            if (prepared.roles().containsKey(call.role())) {
                Callee role = Callee.role(prepared, call.role());
                Optional<Bought> paid = i < roles.size() ? roles.get(i) : Optional.empty();
                submit(
                        new Open(record, role, call.completion(), call.usage(), paid, book),
                        billing -> trial -> roleSettled(trial, index, role, billing, paid));
            }
        }
    }

    /** What another run bought is settled there; here nothing of a contestant is asked for. */
    private boolean takenOver() {
        return prepared.plan().regradedFrom().isPresent();
    }

    private record Open(
            TrialRecord record,
            Callee callee,
            Completion completion,
            TokenUsage usage,
            Optional<Bought> bought,
            TrialBook book) {}

    private interface Change {
        UnaryOperator<TrialRecord> of(BillingRecord billing);
    }

    private void submit(Open open, Change change) {
        Optional<String> id = open.completion().generationId();
        Settling kind =
                id.isEmpty() ? Settling.NONE : kind(open.record(), open.callee(), open.completion(), open.usage());
        if (kind == Settling.NONE || open.bought().isEmpty() && kind != Settling.NEEDED) {
            return;
        }
        TrialBook book = open.book(); // the rest, with the verbatim texts, is not held until the record comes
        lookUps.submit(new LookUps.Request(
                open.record().key().toString(),
                kind,
                id.orElseThrow(),
                open.callee().extractor(),
                billing -> book.change(change.of(billing))));
    }

    private static Settling kind(TrialRecord record, Callee callee, Completion completion, TokenUsage usage) {
        try {
            return callee.extractor().settling(completion, usage);
        } catch (RuntimeException e) {
            LOG.warn("the token extractor of {} threw; its billing record is not looked up", record.key(), e);
            return Settling.NONE;
        }
    }

    private TrialRecord contestantSettled(
            TrialRecord record, Callee callee, BillingRecord billing, Optional<Bought> bought) {
        if (!(record.outcome() instanceof Outcome.Scored scored)) {
            return record;
        }
        Completion completion = with(scored.completion(), billing);
        TokenUsage usage = settled(record.trial().model(), callee, completion, bought);
        return record.withOutcome(new Outcome.Scored(completion, usage, scored.score(), scored.graderUsage()));
    }

    private TrialRecord roleSettled(
            TrialRecord record, int index, Callee callee, BillingRecord billing, Optional<Bought> bought) {
        if (!(record.outcome() instanceof Outcome.Scored scored)) {
            return record;
        }
        RoleUsage.Call call = scored.graderUsage().calls().get(index);
        Completion completion = with(call.completion(), billing);
        TokenUsage usage = settled(callee.planned(), callee, completion, bought);
        RoleUsage roles =
                scored.graderUsage().with(index, new RoleUsage.Call(call.role(), call.model(), completion, usage));
        return record.withOutcome(new Outcome.Scored(scored.completion(), scored.usage(), scored.score(), roles));
    }

    private TokenUsage settled(PlannedModel model, Callee callee, Completion completion, Optional<Bought> bought) {
        TokenUsage usage = accounting.of(model, callee.extractor(), completion);
        bought.ifPresent(paid -> paid.settled(usage, journal));
        return usage;
    }

    private static Completion with(Completion completion, BillingRecord billing) {
        return completion.toBuilder().billing(billing).build();
    }
}
