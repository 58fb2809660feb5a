package dev.rtel.wire;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.UsageFlag;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads usage objects into counts with their sources. What was not told, or contradicts itself, stays unknown. Rules:
 * any negative number voids the report; {@code total = prompt + output + reasoning} shows that reasoning is counted
 * beside the output, {@code total = prompt + output} that it is inside; more reasoning than output leaves the split
 * unknown; a total that exceeds prompt and output without a reasoning count tells it (source {@code derived}).
 * Stateless, thread-safe.
 */
public final class UsageAccounting {
    private UsageAccounting() {}

    /** Reads the usage of a completion by what the interface is known for; never throws. */
    public static TokenUsage of(Completion completion, InterfaceProfile profile) {
        return of(completion, profile.rule());
    }

    /** Reads the usage of a completion of an interface about which only this is known; never throws. */
    public static TokenUsage of(Completion completion, ReasoningRelation relation) {
        return of(completion, relation.rule());
    }

    static TokenUsage of(Completion completion, SplitRule rule) {
        TokenUsage told = of(
                completion.usage(),
                rule,
                () -> showsThinking(completion),
                completion.text().isPresent());
        TokenUsage usage = completion
                .billing()
                .map(billing -> new Settlement(told, billing).settled())
                .orElse(told);
        return completion.cacheHit() ? usage.withFlag(UsageFlag.CACHE_HIT) : usage;
    }

    /** Whether the reply shows that the model thought: by text, or by an encrypted or signed block. */
    public static boolean showsThinking(Completion completion) {
        return completion.reasoning().isPresent()
                || completion
                        .raw()
                        .filter(raw -> (raw.contains("\"reasoning_details\"") || raw.contains("\"encrypted_content\""))
                                && ChatReply.showsThinking(raw))
                        .isPresent();
    }

    /**
     * Reads a usage object; never throws.
     *
     * @param usage as reported; may be empty or hold anything
     * @param relation how to read reports whose numbers do not show it
     * @param thinking whether thinking is visible beside it
     * @param answered whether there is answer text beside it
     */
    public static TokenUsage of(
            Map<String, @Nullable Object> usage, ReasoningRelation relation, boolean thinking, boolean answered) {
        return of(usage, relation.rule(), () -> thinking, answered);
    }

    private static TokenUsage of(
            Map<String, @Nullable Object> usage, SplitRule rule, BooleanSupplier thinking, boolean answered) {
        UsageReport report = UsageReport.of(usage);
        Cost cost = report.cost().map(usd -> Cost.of(usd, Cost.Source.BILLED)).orElse(Cost.missing());
        if (answered && allZero(report)) {
            // nothing was counted although something was answered: response caches and mute servers report so
            return TokenUsage.unknown(UsageFlag.REASONING_MISSING).withCost(cost);
        }
        TokenSplit split =
                TokenSplit.of(report.prompt(), report.output(), report.reasoning(), report.total(), rule.in(report));
        Set<UsageFlag> flags = EnumSet.noneOf(UsageFlag.class);
        flags.addAll(split.flags());
        if (assumed(report, split)) {
            flags.add(UsageFlag.RELATION_ASSUMED);
        }
        boolean zeroWithText = split.reasoning().equals(OptionalLong.of(0)) && thinking.getAsBoolean();
        if (zeroWithText) {
            flags.add(UsageFlag.ZERO_WITH_TEXT);
        }
        Count.Source parted = split.derived() ? Count.Source.DERIVED : Count.Source.USAGE;
        Count.Source output = report.outputDerived() ? Count.Source.DERIVED : Count.Source.USAGE;
        return new TokenUsage(
                count(split.prompt(), Count.Source.USAGE),
                cached(report, split),
                zeroWithText ? Count.missing() : count(split.response(), output),
                count(split.reasoning(), parted),
                split.reasoningRaw(),
                count(split.completion(), split.derived() ? parted : output),
                cost,
                flags);
    }

    /** A split between known numbers that no total confirms. */
    private static boolean assumed(UsageReport report, TokenSplit split) {
        return split.reasoning().orElse(0) > 0
                && split.completion().isPresent()
                && !split.derived()
                && (report.total().isEmpty()
                        || report.prompt().isEmpty()
                        || split.flags().contains(UsageFlag.TOTAL_MISMATCH));
    }

    private static boolean allZero(UsageReport report) {
        return report.prompt().equals(OptionalLong.of(0))
                && report.output().equals(OptionalLong.of(0))
                && report.reasoning().orElse(0) == 0
                && report.total().orElse(0) == 0;
    }

    private static Count cached(UsageReport report, TokenSplit split) {
        boolean possible = split.prompt().isPresent()
                && report.cached().orElse(-1) >= 0
                && report.cached().getAsLong() <= split.prompt().getAsLong();
        return possible ? count(report.cached(), Count.Source.USAGE) : Count.missing();
    }

    private static Count count(OptionalLong value, Count.Source source) {
        return value.isPresent() ? Count.of(value.getAsLong(), source) : Count.missing();
    }
}
