package dev.rtel.wire;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a usage object, whichever interface wrote it (chat completions, Responses, Anthropic, Gemini, Ollama).
 * A count may be negative here: that is judged later.
 *
 * @param beside whether this interface is known to count reasoning beside the output
 */
record UsageReport(
        OptionalLong prompt,
        OptionalLong cached,
        OptionalLong output,
        OptionalLong reasoning,
        OptionalLong total,
        Optional<BigDecimal> cost,
        boolean beside) {
    private static final BigDecimal TICKS_PER_USD = new BigDecimal("1e10");
    private static final List<String> OUTPUT_DETAILS = List.of("completion_tokens_details", "output_tokens_details");
    private static final List<String> PROMPT_DETAILS = List.of("prompt_tokens_details", "input_tokens_details");

    static UsageReport of(Map<String, @Nullable Object> usage) {
        return new UsageReport(
                prompt(usage),
                cached(usage),
                first(usage, "completion_tokens", "output_tokens", "candidatesTokenCount", "eval_count"),
                reasoning(usage),
                first(usage, "total_tokens", "totalTokenCount"),
                cost(usage),
                usage.containsKey("totalTokenCount"));
    }

    private static OptionalLong prompt(Map<String, @Nullable Object> usage) {
        OptionalLong base = first(usage, "prompt_tokens", "input_tokens", "promptTokenCount", "prompt_eval_count");
        // Gemini bills tool prompts, Anthropic cache reads and writes, beside the plain count
        for (String extra :
                List.of("toolUsePromptTokenCount", "cache_read_input_tokens", "cache_creation_input_tokens")) {
            OptionalLong more = WireNumber.whole(usage.get(extra));
            if (base.isPresent() && base.getAsLong() >= 0 && more.isPresent() && more.getAsLong() > 0) {
                base = OptionalLong.of(base.getAsLong() + more.getAsLong());
            }
        }
        return base;
    }

    private static OptionalLong cached(Map<String, @Nullable Object> usage) {
        for (String details : PROMPT_DETAILS) {
            OptionalLong count = WireNumber.whole(Fields.object(usage, details).get("cached_tokens"));
            if (count.isPresent()) {
                return count;
            }
        }
        return first(usage, "cache_read_input_tokens", "cachedContentTokenCount", "prompt_cache_hit_tokens");
    }

    private static OptionalLong reasoning(Map<String, @Nullable Object> usage) {
        for (String details : OUTPUT_DETAILS) {
            OptionalLong count = first(Fields.object(usage, details), "reasoning_tokens", "thinking_tokens");
            if (count.isPresent()) {
                return count;
            }
        }
        return first(usage, "reasoning_tokens", "thoughtsTokenCount");
    }

    private static OptionalLong first(Map<String, @Nullable Object> object, String... keys) {
        for (String key : keys) {
            OptionalLong count = WireNumber.whole(object.get(key));
            if (count.isPresent()) {
                return count;
            }
        }
        return OptionalLong.empty();
    }

    private static Optional<BigDecimal> cost(Map<String, @Nullable Object> usage) {
        Optional<BigDecimal> cost = WireNumber.money(usage.get("cost"));
        if (cost.isPresent() && Boolean.TRUE.equals(usage.get("is_byok"))) {
            // with the user's own key, cost is the router's fee alone
            Optional<BigDecimal> upstream =
                    WireNumber.money(Fields.object(usage, "cost_details").get("upstream_inference_cost"));
            return Optional.of(cost.get().add(upstream.orElse(BigDecimal.ZERO)));
        }
        return cost.or(() -> WireNumber.money(usage.get("cost_in_usd_ticks")).map(t -> t.divide(TICKS_PER_USD)));
    }
}
