package dev.rtel.wire;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a usage object, whichever interface wrote it: chat completions of any vendor, Responses, Anthropic
 * Messages, Gemini, Cohere, Ollama, llama.cpp. A count may be negative here: that is judged later.
 *
 * @param outputDerived whether the output is what the total leaves beside prompt and reasoning
 * @param shape what the names of the fields tell about the place of reasoning
 */
record UsageReport(
        OptionalLong prompt,
        OptionalLong cached,
        OptionalLong output,
        OptionalLong reasoning,
        OptionalLong total,
        boolean outputDerived,
        Optional<BigDecimal> cost,
        Shape shape) {
    /** Where an interface counts reasoning, as far as its field names give it away. */
    enum Shape {
        /** On top of the output: Gemini's own interface. */
        BESIDE,
        /** Inside the output: Responses, Anthropic Messages, Cohere. */
        INSIDE,
        /** The names are those of chat completions, which differ from vendor to vendor. */
        OPEN
    }

    private static final BigDecimal TICKS_PER_USD = new BigDecimal("1e10");
    private static final List<String> OUTPUT_DETAILS = List.of("completion_tokens_details", "output_tokens_details");
    private static final List<String> PROMPT_DETAILS = List.of("prompt_tokens_details", "input_tokens_details");

    static UsageReport of(Map<String, @Nullable Object> usage) {
        // Cohere puts the counts one level down
        Map<String, @Nullable Object> counts =
                usage.get("tokens") instanceof Map<?, ?> ? Fields.object(usage, "tokens") : usage;
        Shape shape = counts.containsKey("totalTokenCount")
                ? Shape.BESIDE
                : counts.containsKey("output_tokens") ? Shape.INSIDE : Shape.OPEN;
        OptionalLong prompt = prompt(counts);
        OptionalLong reasoning = reasoning(counts);
        OptionalLong total = first(counts, "total_tokens", "totalTokenCount");
        OptionalLong told = first(
                counts, "completion_tokens", "output_tokens", "candidatesTokenCount", "eval_count", "tokens_predicted");
        OptionalLong rest = told.isEmpty() && shape == Shape.BESIDE ? rest(total, prompt, reasoning) : told;
        return new UsageReport(
                prompt, cached(usage), rest, reasoning, total, told.isEmpty() && rest.isPresent(), cost(usage), shape);
    }

    /** Gemini leaves the output count out when all was spent on thinking; its total tells it. */
    private static OptionalLong rest(OptionalLong total, OptionalLong prompt, OptionalLong reasoning) {
        if (total.isEmpty()
                || prompt.isEmpty()
                || reasoning.isEmpty()
                || prompt.getAsLong() < 0
                || reasoning.getAsLong() < 0) {
            return OptionalLong.empty();
        }
        long rest = total.getAsLong() - prompt.getAsLong() - reasoning.getAsLong();
        return rest < 0 ? OptionalLong.empty() : OptionalLong.of(rest);
    }

    private static OptionalLong prompt(Map<String, @Nullable Object> usage) {
        OptionalLong base = first(
                usage, "prompt_tokens", "input_tokens", "promptTokenCount", "prompt_eval_count", "tokens_evaluated");
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
        return first(
                usage,
                "cache_read_input_tokens",
                "cachedContentTokenCount",
                "prompt_cache_hit_tokens",
                "cached_tokens");
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
        if (Boolean.TRUE.equals(usage.get("is_byok"))) {
            // with the user's own key, cost is the router's fee alone: without the provider's price it is no cost
            Optional<BigDecimal> upstream =
                    WireNumber.money(Fields.object(usage, "cost_details").get("upstream_inference_cost"));
            return cost.flatMap(fee -> upstream.map(fee::add));
        }
        return cost.or(() -> WireNumber.money(usage.get("cost_in_usd_ticks")).map(t -> t.divide(TICKS_PER_USD)));
    }
}
