package dev.rtel.wire;

import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.UsageFlag;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenRouter's billing record of a completion ({@code GET /generation?id=}). Only native counts are read: the
 * normalised ones come from another tokenizer and are not billed.
 *
 * @param id generation id
 * @param prompt {@code native_tokens_prompt}
 * @param completion {@code native_tokens_completion}, reasoning included
 * @param reasoning {@code native_tokens_reasoning}
 * @param cached {@code native_tokens_cached}
 * @param costUsd {@code total_cost}; with the user's own provider key the provider's price is added
 * @param provider who served the call
 * @param model the model billed
 */
public record GenerationRecord(
        Optional<String> id,
        OptionalLong prompt,
        OptionalLong completion,
        OptionalLong reasoning,
        OptionalLong cached,
        Optional<BigDecimal> costUsd,
        Optional<String> provider,
        Optional<String> model) {
    /** Key beside the counts of a recorded usage object that holds the billing record; no provider sends it. */
    public static final String RECORDED = "generation";

    /** Reads the body of a successful look-up; empty when it is no such record. */
    public static Optional<GenerationRecord> read(String body) {
        Map<String, @Nullable Object> data =
                Fields.object(ChatReply.parse(body.strip()).orElse(Map.of()), "data");
        return data.isEmpty() ? Optional.empty() : Optional.of(of(data));
    }

    private static GenerationRecord of(Map<String, @Nullable Object> data) {
        return new GenerationRecord(
                Fields.text(data, "id"),
                count(data, "native_tokens_prompt"),
                count(data, "native_tokens_completion"),
                count(data, "native_tokens_reasoning"),
                count(data, "native_tokens_cached"),
                cost(data),
                Fields.text(data, "provider_name"),
                Fields.text(data, "model"));
    }

    /**
     * Settles a recorded completion with what a completions file kept of its billing record under the usage key
     * {@link #RECORDED}; without that key nothing changes.
     */
    static TokenUsage settleRecorded(Map<String, @Nullable Object> usage, TokenUsage inline) {
        Map<String, @Nullable Object> data = Fields.object(usage, RECORDED);
        if (data.isEmpty()) {
            return inline;
        }
        TokenUsage settled = of(data).settle(inline);
        return Boolean.TRUE.equals(data.get("differs")) ? settled.withFlag(UsageFlag.USAGE_GENERATION_DIFFER) : settled;
    }

    private static OptionalLong count(Map<String, @Nullable Object> data, String key) {
        OptionalLong count = WireNumber.whole(data.get(key));
        return count.orElse(0) < 0 ? OptionalLong.empty() : count;
    }

    private static Optional<BigDecimal> cost(Map<String, @Nullable Object> data) {
        Optional<BigDecimal> total = WireNumber.money(data.get("total_cost"));
        return Boolean.TRUE.equals(data.get("is_byok"))
                ? total.map(fee -> fee.add(
                        WireNumber.money(data.get("upstream_inference_cost")).orElse(BigDecimal.ZERO)))
                : total;
    }

    /**
     * Fills what the reply did not tell; what it told stays, and a difference is flagged
     * {@link UsageFlag#USAGE_GENERATION_DIFFER}.
     */
    public TokenUsage settle(TokenUsage inline) {
        boolean completionFits =
                completion.orElse(Long.MAX_VALUE) >= inline.reasoning().value().orElse(0);
        Count output = completionFits ? fill(inline.completion(), completion) : inline.completion();
        boolean reasoningFits = reasoning.orElse(0) <= output.value().orElse(Long.MAX_VALUE);
        Count thinking = reasoningFits ? fill(inline.reasoning(), reasoning) : inline.reasoning();
        Set<UsageFlag> flags = EnumSet.noneOf(UsageFlag.class);
        flags.addAll(inline.flags());
        OptionalLong raw = inline.reasoningRaw();
        if (thinking.known()) {
            flags.remove(UsageFlag.REASONING_MISSING);
            flags.remove(UsageFlag.REASONING_EXCEEDS_COMPLETION);
        } else if (!reasoningFits) {
            flags.remove(UsageFlag.REASONING_MISSING);
            flags.add(UsageFlag.REASONING_EXCEEDS_COMPLETION);
            raw = raw.isPresent() ? raw : reasoning;
        }
        if (differs(inline)) {
            flags.add(UsageFlag.USAGE_GENERATION_DIFFER);
        }
        return new TokenUsage(
                fill(inline.prompt(), prompt),
                fill(inline.cached(), cached),
                response(inline, thinking, output),
                thinking,
                raw,
                output,
                inline.cost().known() ? inline.cost() : cost(),
                flags);
    }

    private Cost cost() {
        return costUsd.map(usd -> Cost.of(usd, Cost.Source.GENERATION)).orElse(Cost.missing());
    }

    private static Count fill(Count told, OptionalLong recorded) {
        return told.known() || recorded.isEmpty() ? told : Count.of(recorded.getAsLong(), Count.Source.GENERATION);
    }

    private static Count response(TokenUsage inline, Count reasoning, Count completion) {
        boolean filled = !inline.reasoning().known() || !inline.completion().known();
        boolean computable = filled && !inline.response().known() && reasoning.known() && completion.known();
        return computable
                ? Count.of(completion.value().getAsLong() - reasoning.value().getAsLong(), Count.Source.GENERATION)
                : inline.response();
    }

    private boolean differs(TokenUsage inline) {
        OptionalLong toldReasoning =
                inline.reasoning().known() ? inline.reasoning().value() : inline.reasoningRaw();
        return differ(inline.prompt().value(), prompt)
                || differ(inline.completion().value(), completion)
                || differ(toldReasoning, reasoning)
                || completion.isPresent()
                        && completion.getAsLong() < toldReasoning.orElse(0)
                        && inline.completion().value().isEmpty();
    }

    private static boolean differ(OptionalLong told, OptionalLong recorded) {
        return told.isPresent() && recorded.isPresent() && !told.equals(recorded);
    }
}
