package dev.rtel.internal;

import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Message;
import dev.rtel.eval.PlannedModel;
import dev.rtel.plan.Limits;
import dev.rtel.plan.PreparedPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The worst case of a call, before it is made. */
final class Reserves {
    /** Around messages there are tokens of the chat template's own. */
    private static final int TOKENS_PER_MESSAGE = 16;

    private Reserves() {}

    static Spending.Reserve of(PreparedPlan prepared, PlannedModel model, CompletionRequest request) {
        return Spending.Reserve.of(prepared.dearest(model), promptTokens(request), outputTokens(request.params()));
    }

    /** No tokenizer makes more tokens of a text than it has bytes. */
    private static long promptTokens(CompletionRequest request) {
        long bytes = 0;
        for (Message message : request.messages()) {
            bytes += TOKENS_PER_MESSAGE + message.content().getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    /** Some servers heed one of the two limits, some the other. */
    private static long outputTokens(Map<String, @Nullable Object> params) {
        long most = 0;
        for (String key : List.of("max_tokens", "max_completion_tokens")) {
            most = Math.max(most, params.get(key) instanceof Number number ? number.longValue() : 0);
        }
        return most > 0 ? most : Limits.DEFAULT_OUTPUT_TOKENS;
    }
}
