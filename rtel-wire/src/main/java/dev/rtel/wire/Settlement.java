package dev.rtel.wire;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.UsageFlag;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Completes what a reply told with what its billing record says. What the reply told stays, and a difference is flagged
 * {@link UsageFlag#USAGE_GENERATION_DIFFER}.
 */
record Settlement(TokenUsage inline, BillingRecord billing) {
    TokenUsage settled() {
        boolean completionFits = billing.completion().orElse(Long.MAX_VALUE)
                >= inline.reasoning().value().orElse(0);
        Count output = completionFits ? fill(inline.completion(), billing.completion()) : inline.completion();
        boolean reasoningFits = billing.reasoning().orElse(0) <= output.value().orElse(Long.MAX_VALUE);
        Count thinking = reasoningFits ? fill(inline.reasoning(), billing.reasoning()) : inline.reasoning();
        Set<UsageFlag> flags = EnumSet.noneOf(UsageFlag.class);
        flags.addAll(inline.flags());
        OptionalLong raw = inline.reasoningRaw();
        if (thinking.known()) {
            flags.remove(UsageFlag.REASONING_MISSING);
            flags.remove(UsageFlag.REASONING_EXCEEDS_COMPLETION);
        } else if (!reasoningFits) {
            flags.remove(UsageFlag.REASONING_MISSING);
            flags.add(UsageFlag.REASONING_EXCEEDS_COMPLETION);
            raw = raw.isPresent() ? raw : billing.reasoning();
        }
        if (differs()) {
            flags.add(UsageFlag.USAGE_GENERATION_DIFFER);
        }
        return new TokenUsage(
                fill(inline.prompt(), billing.prompt()),
                fill(inline.cached(), billing.cached()),
                response(thinking, output),
                thinking,
                raw,
                output,
                inline.cost().known() ? inline.cost() : cost(),
                flags);
    }

    private Cost cost() {
        return billing.costUsd()
                .map(usd -> Cost.of(usd, Cost.Source.GENERATION))
                .orElse(Cost.missing());
    }

    private static Count fill(Count told, OptionalLong recorded) {
        return told.known() || recorded.isEmpty() ? told : Count.of(recorded.getAsLong(), Count.Source.GENERATION);
    }

    private Count response(Count reasoning, Count completion) {
        boolean filled = !inline.reasoning().known() || !inline.completion().known();
        boolean computable = filled && !inline.response().known() && reasoning.known() && completion.known();
        return computable
                ? Count.of(completion.value().getAsLong() - reasoning.value().getAsLong(), Count.Source.GENERATION)
                : inline.response();
    }

    private boolean differs() {
        OptionalLong toldReasoning =
                inline.reasoning().known() ? inline.reasoning().value() : inline.reasoningRaw();
        return differ(inline.prompt().value(), billing.prompt())
                || differ(inline.completion().value(), billing.completion())
                || differ(toldReasoning, billing.reasoning())
                || billing.completion().isPresent()
                        && billing.completion().getAsLong() < toldReasoning.orElse(0)
                        && inline.completion().value().isEmpty();
    }

    private static boolean differ(OptionalLong told, OptionalLong recorded) {
        return told.isPresent() && recorded.isPresent() && !told.equals(recorded);
    }
}
