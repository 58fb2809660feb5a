package dev.rtel.report;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Message;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.RunRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was answered, as {@code completions.jsonl}: one object a line for every trial with a completion, quarantined and
 * ungraded ones too. What is unknown is absent; only {@code text} may be null. The judge's answers are kept beside the
 * contestant's, so that a replay needs no judge. Thread-safe.
 *
 * <p>Beyond the documented keys: {@code model_id, client, routing, simulated} (only when true), {@code cache_hit} (only
 * when true), {@code completion_fingerprint, judge}, and {@code raw_text} instead of {@code raw} for a reply that is
 * neither JSON nor the text of an event stream.
 */
public final class CompletionsJsonl {
    /** Name of the file in a result folder. */
    public static final String FILE_NAME = "completions.jsonl";

    private CompletionsJsonl() {}

    /**
     * Writes all completions in plan order, as they are read.
     *
     * @throws IOException if writing fails
     */
    public static void write(RunRecords records, OutputStream out) throws IOException {
        Map<String, PlannedModel> roles = records.run().plan().roles();
        try (Stream<TrialRecord> read = records.read(ResultStore.Projection.FULL)) {
            for (Iterator<TrialRecord> each = read.iterator(); each.hasNext(); ) {
                Optional<Map<String, @Nullable Object>> line = toMap(each.next(), roles);
                if (line.isPresent()) {
                    out.write((PlainJson.write(line.get()) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** Returns one trial's completion as plain data, or empty when it has none. */
    static Optional<Map<String, @Nullable Object>> toMap(TrialRecord record, Map<String, PlannedModel> roles) {
        return record.completion().map(completion -> toMap(record, completion, roles));
    }

    private static Map<String, @Nullable Object> toMap(
            TrialRecord record, Completion completion, Map<String, PlannedModel> roles) {
        PlannedModel model = record.trial().model();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("model", record.key().model());
        map.put("task", record.key().task());
        map.put("sample", record.key().sample());
        map.put("epoch", record.key().epoch());
        map.put("text", completion.text().orElse(null));
        List<Object> input = new ArrayList<>();
        for (Message message : record.trial().messages()) {
            input.add(LeaderboardJson.object("role", message.role(), "content", message.content()));
        }
        map.put("input", input);
        if (!model.params().isEmpty()) {
            map.put("params", model.params());
        }
        answer(map, completion, record.usage());
        map.put("model_id", model.id());
        map.put("client", model.identity().client());
        if (!model.routing().isEmpty()) {
            map.put("routing", model.routing());
        }
        if (record.trial().simulated()) {
            map.put("simulated", true);
        }
        map.put("completion_fingerprint", record.trial().completionFingerprint());
        if (record.outcome() instanceof Outcome.Scored scored
                && !scored.graderUsage().calls().isEmpty()) {
            map.put("judge", judge(scored.graderUsage(), roles));
        }
        return map;
    }

    private static List<Object> judge(RoleUsage usage, Map<String, PlannedModel> roles) {
        List<Object> calls = new ArrayList<>();
        for (RoleUsage.Call call : usage.calls()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("role", call.role());
            map.put("model", call.model());
            PlannedModel bound = roles.get(call.role());
            if (bound != null && !bound.params().isEmpty()) {
                map.put("params", bound.params());
            }
            map.put("text", call.completion().text().orElse(null));
            answer(map, call.completion(), Optional.of(call.usage()));
            calls.add(map);
        }
        return calls;
    }

    private static void answer(Map<String, @Nullable Object> map, Completion completion, Optional<TokenUsage> settled) {
        completion.finishReason().ifPresent(v -> map.put("finish_reason", v));
        completion.reasoning().ifPresent(v -> map.put("reasoning", v));
        Map<String, @Nullable Object> usage = usage(completion.usage(), settled);
        if (!usage.isEmpty()) {
            map.put("usage", usage);
        }
        completion
                .billing()
                .flatMap(BillingRecord::raw)
                .ifPresent(record -> map.put("generation", PlainJson.readObject(record)));
        completion.raw().ifPresent(raw -> raw(map, raw));
        completion.latency().ifPresent(v -> map.put("latency_ms", JsonNumbers.millis(Optional.of(v))));
        completion.ttft().ifPresent(v -> map.put("ttft_ms", JsonNumbers.millis(Optional.of(v))));
        completion.ttftContent().ifPresent(v -> map.put("ttft_content_ms", JsonNumbers.millis(Optional.of(v))));
        completion.provider().ifPresent(v -> map.put("provider", v));
        completion.servedModel().ifPresent(v -> map.put("served_model", v));
        completion.generationId().ifPresent(v -> map.put("generation_id", v));
        if (completion.cacheHit()) {
            map.put("cache_hit", true);
        }
    }

    private static void raw(Map<String, @Nullable Object> map, String raw) {
        try {
            map.put("raw", PlainJson.read(raw));
        } catch (PlainJson.MalformedJsonException e) {
            map.put(isEventStream(raw) ? "raw" : "raw_text", raw);
        }
    }

    /** A streamed reply is read back from its text as one in one piece is from its JSON. */
    private static boolean isEventStream(String raw) {
        return raw.startsWith("data:") || raw.startsWith(":") || raw.contains("\ndata:");
    }

    /**
     * The provider's own usage under flat names. Where it told no count at all, those of its billing record; both are
     * never mixed, since they may be counted by different tokenizers.
     */
    private static Map<String, @Nullable Object> usage(
            Map<String, @Nullable Object> reported, Optional<TokenUsage> settled) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        number(map, "prompt_tokens", reported.get("prompt_tokens"));
        number(map, "completion_tokens", reported.get("completion_tokens"));
        Object details = reported.get("completion_tokens_details");
        Object nested = details instanceof Map<?, ?> inner ? inner.get("reasoning_tokens") : null;
        number(map, "reasoning_tokens", nested == null ? reported.get("reasoning_tokens") : nested);
        number(map, "total_tokens", reported.get("total_tokens"));
        if (map.isEmpty()) {
            settled.ifPresent(usage -> {
                billed(map, "prompt_tokens", usage.prompt());
                billed(map, "completion_tokens", usage.completion());
                billed(map, "reasoning_tokens", usage.reasoning());
            });
        }
        number(map, "cost", reported.get("cost"));
        settled.filter(usage -> !map.containsKey("cost") && usage.cost().source() == Cost.Source.GENERATION)
                .flatMap(usage -> usage.cost().usd())
                .ifPresent(usd -> map.put("cost", usd));
        return map;
    }

    private static void number(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
        if (value instanceof Number) {
            map.put(key, value);
        }
    }

    private static void billed(Map<String, @Nullable Object> map, String key, Count count) {
        if (count.source() == Count.Source.GENERATION) {
            count.value().ifPresent(tokens -> map.put(key, tokens));
        }
    }
}
