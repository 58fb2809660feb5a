package dev.rtel.eval;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a completion used and cost: billed output {@code completion = response + reasoning}.
 *
 * @param prompt tokens sent
 * @param cached part of the prompt that was read from a prompt cache
 * @param response visible output
 * @param reasoning hidden and shown thinking, as billed; missing when the report cannot be trusted
 * @param reasoningRaw the reasoning number as reported, kept where it could not be used
 * @param completion billed output
 * @param cost US dollars
 * @param flags what is noteworthy, in declaration order
 */
public record TokenUsage(
        Count prompt,
        Count cached,
        Count response,
        Count reasoning,
        OptionalLong reasoningRaw,
        Count completion,
        Cost cost,
        Set<UsageFlag> flags) {
    /** Copies the flags. */
    public TokenUsage {
        EnumSet<UsageFlag> ordered = EnumSet.noneOf(UsageFlag.class);
        ordered.addAll(flags);
        flags = Collections.unmodifiableSet(ordered);
    }

    /** Nothing is known. */
    public static TokenUsage unknown(UsageFlag... flags) {
        Set<UsageFlag> set = EnumSet.noneOf(UsageFlag.class);
        set.addAll(Arrays.asList(flags));
        return new TokenUsage(
                Count.missing(),
                Count.missing(),
                Count.missing(),
                Count.missing(),
                OptionalLong.empty(),
                Count.missing(),
                Cost.missing(),
                set);
    }

    /** Whether the reasoning count may enter a mean: known, and not a 0 beside visible thinking. */
    public boolean reasoningValid() {
        return reasoning.known() && !flags.contains(UsageFlag.ZERO_WITH_TEXT);
    }

    /** The same with another cost. */
    public TokenUsage withCost(Cost other) {
        return new TokenUsage(prompt, cached, response, reasoning, reasoningRaw, completion, other, flags);
    }

    /** The same with one more flag. */
    public TokenUsage withFlag(UsageFlag flag) {
        EnumSet<UsageFlag> more = EnumSet.of(flag);
        more.addAll(flags);
        return new TokenUsage(prompt, cached, response, reasoning, reasoningRaw, completion, cost, more);
    }
}
