package dev.rtel.wire;

import dev.rtel.eval.UsageFlag;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Billed output parted into response and reasoning: {@code completion = response + reasoning}.
 *
 * @param prompt tokens sent; at least 0
 * @param response visible output
 * @param reasoning thinking
 * @param reasoningRaw the reported number, where it could not be used
 * @param completion billed output
 * @param derived whether reasoning is the part of the total that nothing else explains
 * @param flags what is noteworthy
 */
record TokenSplit(
        OptionalLong prompt,
        OptionalLong response,
        OptionalLong reasoning,
        OptionalLong reasoningRaw,
        OptionalLong completion,
        boolean derived,
        Set<UsageFlag> flags) {
    private static final OptionalLong NONE = OptionalLong.empty();

    /**
     * Parts the four reported numbers.
     *
     * @param rule how to read them where the total does not show it
     */
    static TokenSplit of(
            OptionalLong prompt, OptionalLong output, OptionalLong reasoning, OptionalLong total, SplitRule rule) {
        if (negative(prompt) || negative(output) || negative(reasoning) || negative(total)) {
            return new TokenSplit(
                    NONE,
                    NONE,
                    NONE,
                    negative(reasoning) ? NONE : reasoning,
                    NONE,
                    false,
                    EnumSet.of(UsageFlag.NEGATIVE));
        }
        if (output.isEmpty()) {
            Set<UsageFlag> flags = EnumSet.noneOf(UsageFlag.class);
            if (reasoning.isEmpty()) {
                flags.add(UsageFlag.REASONING_MISSING);
            }
            return new TokenSplit(prompt, NONE, reasoning, NONE, NONE, false, flags);
        }
        OptionalLong rest = prompt.isPresent() && total.isPresent()
                ? OptionalLong.of(total.getAsLong() - prompt.getAsLong() - output.getAsLong())
                : NONE;
        return reasoning.isEmpty()
                ? unsplit(prompt, output.getAsLong(), rest, rule)
                : split(prompt, output.getAsLong(), reasoning.getAsLong(), rest, rule);
    }

    private static boolean negative(OptionalLong count) {
        return count.isPresent() && count.getAsLong() < 0;
    }

    private static TokenSplit unsplit(OptionalLong prompt, long output, OptionalLong rest, SplitRule rule) {
        if (rest.orElse(0) > 0 && rule.derives()) {
            OptionalLong derived = OptionalLong.of(rest.getAsLong());
            return new TokenSplit(
                    prompt,
                    OptionalLong.of(output),
                    derived,
                    NONE,
                    OptionalLong.of(output + derived.getAsLong()),
                    true,
                    EnumSet.noneOf(UsageFlag.class));
        }
        Set<UsageFlag> flags = EnumSet.of(UsageFlag.REASONING_MISSING);
        if (rest.orElse(0) != 0) {
            flags.add(UsageFlag.TOTAL_MISMATCH);
        }
        return new TokenSplit(prompt, NONE, NONE, NONE, OptionalLong.of(output), false, flags);
    }

    private static TokenSplit split(
            OptionalLong prompt, long output, long reasoning, OptionalLong rest, SplitRule rule) {
        Set<UsageFlag> flags = EnumSet.noneOf(UsageFlag.class);
        boolean seenInside = rest.isPresent() && rest.getAsLong() == 0;
        boolean seenBeside = reasoning > 0 && rest.isPresent() && rest.getAsLong() == reasoning;
        if (rest.isPresent() && !seenInside && !seenBeside) {
            flags.add(UsageFlag.TOTAL_MISMATCH);
        }
        boolean beside = seenBeside || !seenInside && reasoning > 0 && rule.beside();
        if (beside) {
            flags.add(UsageFlag.ADDITIVE);
            return new TokenSplit(
                    prompt,
                    OptionalLong.of(output),
                    OptionalLong.of(reasoning),
                    NONE,
                    OptionalLong.of(output + reasoning),
                    false,
                    flags);
        }
        OptionalLong completion = OptionalLong.of(output);
        if (reasoning > output) {
            flags.add(UsageFlag.REASONING_EXCEEDS_COMPLETION);
            return new TokenSplit(prompt, NONE, NONE, OptionalLong.of(reasoning), completion, false, flags);
        }
        return new TokenSplit(
                prompt,
                OptionalLong.of(output - reasoning),
                OptionalLong.of(reasoning),
                NONE,
                completion,
                false,
                flags);
    }
}
