package dev.rtel.simulator;

import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/** Writes the usage object of a completion in the form that is asked for. */
final class UsageJson {
    private UsageJson() {}

    /** Adds {@code usage} to a completion or chunk; nothing if the shape is that there is none. */
    static void put(ObjectNode body, Served served, Answer answer) {
        UsageShape shape = served.shape().usage();
        if (shape == UsageShape.ABSENT) {
            return;
        }
        boolean additive = shape == UsageShape.ADDITIVE_TOTAL;
        ObjectNode usage = body.putObject("usage");
        usage.put("prompt_tokens", answer.promptTokens());
        usage.put("completion_tokens", additive ? answer.visibleTokens() : answer.completionTokens());
        usage.put("total_tokens", answer.promptTokens() + answer.completionTokens());
        putCosts(usage, served, answer);
        putPromptDetails(usage);
        putCompletionDetails(usage, answer, shape);
    }

    static void putZero(ObjectNode body) {
        ObjectNode usage = body.putObject("usage");
        usage.put("prompt_tokens", 0).put("completion_tokens", 0).put("total_tokens", 0);
        usage.put("cost", 0).put("is_byok", false);
        putPromptDetails(usage);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
    }

    private static void putCosts(ObjectNode usage, Served served, Answer answer) {
        UsageShape shape = served.shape().usage();
        Charge charge = served.charge(answer.promptTokens(), answer.completionTokens());
        if (shape != UsageShape.COST_ABSENT) {
            putMoney(usage, "cost", charge.account(), shape);
        }
        usage.put("is_byok", charge.fee().isPresent());
        if (shape != UsageShape.COST_ABSENT) {
            ObjectNode details = usage.putObject("cost_details");
            if (served.model().showsUpstreamCost()) {
                putMoney(details, "upstream_inference_cost", charge.upstream(), shape);
            } else {
                details.putNull("upstream_inference_cost");
            }
            putMoney(details, "upstream_inference_prompt_cost", charge.prompt(), shape);
            putMoney(details, "upstream_inference_completions_cost", charge.completion(), shape);
        }
    }

    private static void putPromptDetails(ObjectNode usage) {
        usage.putObject("prompt_tokens_details")
                .put("cached_tokens", 0)
                .put("cache_write_tokens", 0)
                .put("audio_tokens", 0)
                .put("video_tokens", 0);
    }

    private static void putCompletionDetails(ObjectNode usage, Answer answer, UsageShape shape) {
        if (shape == UsageShape.DETAILS_ABSENT) {
            return;
        }
        if (shape == UsageShape.DETAILS_NULL) {
            usage.putNull("completion_tokens_details");
            return;
        }
        ObjectNode details = usage.putObject("completion_tokens_details");
        switch (shape) {
            case REASONING_NULL -> details.putNull("reasoning_tokens");
            case ZERO_WITH_TEXT -> details.put("reasoning_tokens", 0);
            case REASONING_EXCEEDS -> details.put("reasoning_tokens", answer.completionTokens() + 1);
            default -> details.put("reasoning_tokens", answer.reasoningTokens());
        }
        details.put("image_tokens", 0).put("audio_tokens", 0);
    }

    private static void putMoney(ObjectNode object, String name, BigDecimal amount, UsageShape shape) {
        if (shape == UsageShape.EXPONENT_COST) {
            Json.putMoneyWithExponent(object, name, amount);
        } else {
            Json.putMoney(object, name, amount);
        }
    }
}
