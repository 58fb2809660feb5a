package dev.rtel.wire;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.BillingRecord;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenRouter's billing records ({@code GET /generation?id=}). Only native counts are read: the normalised ones come
 * from another tokenizer and are not billed. Stateless, thread-safe.
 */
public final class GenerationReply {
    private GenerationReply() {}

    /** Reads the body of a successful look-up; empty when it is no such record. */
    public static Optional<BillingRecord> read(String body) {
        Map<String, @Nullable Object> data =
                Fields.object(ChatReply.parse(body.strip()).orElse(Map.of()), "data");
        return data.isEmpty() ? Optional.empty() : Optional.of(of(data));
    }

    /** Reads the record itself, e.g. the member {@code generation} of a completions file. */
    public static BillingRecord of(Map<String, @Nullable Object> data) {
        return new BillingRecord(
                Fields.text(data, "id"),
                count(data, "native_tokens_prompt"),
                count(data, "native_tokens_cached"),
                count(data, "native_tokens_completion"),
                count(data, "native_tokens_reasoning"),
                cost(data),
                Fields.text(data, "provider_name"),
                Fields.text(data, "model"),
                Boolean.TRUE.equals(data.get("cancelled")),
                Optional.of(PlainJson.write(data)));
    }

    private static OptionalLong count(Map<String, @Nullable Object> data, String key) {
        OptionalLong count = WireNumber.whole(data.get(key));
        return count.orElse(0) < 0 ? OptionalLong.empty() : count;
    }

    /** With the user's own provider key the total is the router's fee alone. */
    private static Optional<BigDecimal> cost(Map<String, @Nullable Object> data) {
        Optional<BigDecimal> total = WireNumber.money(data.get("total_cost"));
        return Boolean.TRUE.equals(data.get("is_byok"))
                ? total.flatMap(fee ->
                        WireNumber.money(data.get("upstream_inference_cost")).map(fee::add))
                : total;
    }
}
