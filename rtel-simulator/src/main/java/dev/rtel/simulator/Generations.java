package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Answers reads of generation records, too early ones as OpenRouter does. Thread-safe. */
final class Generations {
    private static final DateTimeFormatter CREATED_AT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final BigDecimal COST_DIFFERENCE = new BigDecimal("0.0001");

    private final Ledger ledger;
    private final GenerationPolicy policy;
    private final Clock clock;

    Generations(Ledger ledger, GenerationPolicy policy, Clock clock) {
        this.ledger = ledger;
        this.policy = policy;
        this.clock = clock;
    }

    Reply read(Call call) {
        String id = call.query().get("id");
        if (id == null || id.isEmpty()) {
            throw new ApiError(400, "the query parameter \"id\" is missing");
        }
        Paid paid = ledger.find(id).orElseThrow(() -> new ApiError(404, "Resource not found"));
        GenerationShape shape = policy.shape(paid.roll());
        boolean hidden = paid.polls().getAndIncrement() < policy.hiddenPolls()
                || paid.end().isEmpty()
                || clock.instant().isBefore(paid.end().get().plus(policy.lag()))
                || shape == GenerationShape.NEVER;
        if (hidden) {
            throw new ApiError(policy.pendingStatus(), pendingMessage());
        }
        ObjectNode body = Json.object();
        putRecord(body.putObject("data"), paid, shape);
        return Reply.json(200, body);
    }

    private String pendingMessage() {
        return switch (policy.pendingStatus()) {
            case 404 -> "Resource not found";
            case 429 -> "Rate limit exceeded";
            default -> "Internal Server Error";
        };
    }

    private static void putRecord(ObjectNode data, Paid paid, GenerationShape shape) {
        BillLine line = paid.line();
        Dice dice = new Dice(0, line.generationId());
        data.put("id", line.generationId());
        data.put("request_id", "req-" + line.time().getEpochSecond() + "-" + dice.letters("request", 20));
        data.put("upstream_id", "chatcmpl-" + dice.letters("upstream", 12));
        data.put("api_type", "completions");
        data.put("created_at", CREATED_AT.format(line.time()));
        data.put("model", paid.served().name());
        data.put("provider_name", line.provider());
        data.putNull("router").putNull("preset_id").putNull("service_tier");
        data.put("streamed", line.streamed());
        data.put("cancelled", line.cancelled() || shape == GenerationShape.CANCELLED);
        data.put("finish_reason", paid.finishReason());
        data.put("native_finish_reason", paid.finishReason());
        data.put("latency", paid.latency().toMillis());
        data.put("generation_time", paid.generationTime().toMillis());
        data.putNull("moderation_latency");
        putTokens(data, line, shape);
        data.putNull("num_media_prompt").putNull("num_input_audio_prompt").put("num_media_completion", 0);
        data.putNull("num_search_results").putNull("num_fetches").putNull("web_search_engine");
        putCosts(data, paid, shape);
        data.putArray("provider_responses")
                .addObject()
                .put("endpoint_id", "ep_" + dice.letters("endpoint", 8))
                .put("is_byok", paid.served().model().byokFee().isPresent())
                .put("latency", paid.latency().toMillis())
                .put("model_permaslug", paid.served().name())
                .put("provider_name", line.provider())
                .put("status", 200);
        data.put("origin", "").putNull("http_referer").putNull("user_agent").putNull("app_id");
        data.putNull("external_user").putNull("session_id").putNull("response_cache_source_id");
        data.put("data_region", "global").putNull("workspace_id");
    }

    private static void putCosts(ObjectNode data, Paid paid, GenerationShape shape) {
        BillLine line = paid.line();
        BigDecimal difference = shape == GenerationShape.COST_DIFFERS ? COST_DIFFERENCE : BigDecimal.ZERO;
        Json.putMoney(data, "usage", line.charged().add(difference));
        Json.putMoney(data, "total_cost", line.charged().add(difference));
        data.putNull("cache_discount");
        if (paid.served().model().showsUpstreamCost()) {
            Json.putMoney(data, "upstream_inference_cost", line.cost().subtract(line.charged()));
        } else {
            data.putNull("upstream_inference_cost");
        }
        data.put("is_byok", paid.served().model().byokFee().isPresent());
    }

    private static void putTokens(ObjectNode data, BillLine line, GenerationShape shape) {
        boolean otherTokenizer = shape == GenerationShape.TOKENS_DIFFER;
        long difference = shape == GenerationShape.NATIVE_DIFFER ? 7 : 0;
        data.put("tokens_prompt", otherTokenizer ? line.promptTokens() + 1 : line.promptTokens());
        data.put("tokens_completion", otherTokenizer ? line.completionTokens() * 11 / 10 + 1 : line.completionTokens());
        data.put("native_tokens_prompt", line.promptTokens());
        data.put("native_tokens_completion", line.completionTokens() + difference);
        if (shape == GenerationShape.REASONING_NULL) {
            data.putNull("native_tokens_reasoning");
        } else {
            data.put("native_tokens_reasoning", line.reasoningTokens() + difference);
        }
        data.put("native_tokens_cached", 0).putNull("native_tokens_completion_images");
    }
}
