package dev.rtel.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/** Writes the replies of faults that keep the model from answering, and changes those of faults that spoil an answer. */
final class FaultReply {
    private static final byte[] PADDING = "\n         \n".getBytes(StandardCharsets.US_ASCII);

    private FaultReply() {}

    /** Returns the reply of a fault for which nothing is billed. */
    static Reply insteadOfAnswer(Fault fault, ModelProfile model, String id, Instant now) {
        return switch (fault.kind()) {
            case STATUS -> hinted(fault, Reply.json(fault.status(), ApiError.body(fault.status(), text(fault, model))));
            case RATE_LIMITED -> hinted(fault, Reply.json(429, rateLimited(fault, model)));
            case DAILY_LIMIT -> dailyLimit(now);
            case OUT_OF_CREDIT -> new ApiError(402, Account.NO_CREDIT).reply();
            case HTML_ERROR ->
                Reply.html(
                        fault.status(), "<!DOCTYPE html>\n<html><body><h1>" + fault.status() + "</h1></body></html>\n");
            case ERROR_IN_BODY -> Reply.json(200, ApiError.body(502, text(fault, model)));
            case CHOICES_NULL ->
                Reply.json(200, CompletionJson.envelope(id, now, model).putNull("choices"));
            case ERROR_IN_CHOICE ->
                Reply.json(200, errorInChoice(model, id, now)).withHeader("X-Generation-Id", id);
            case EMPTY_BODY -> Reply.json(200, Json.object()).withBody(new byte[0]);
            case CUT_CONNECTION -> Reply.json(200, Json.object()).withEnding(Reply.Ending.CUT_BEFORE);
            default -> throw new IllegalArgumentException(fault.kind() + " does not replace an answer");
        };
    }

    /** Returns what a fault makes of the reply to a paid request. */
    static Reply spoiled(Fault fault, Reply reply) {
        return switch (fault.kind()) {
            case PADDING -> reply.withBody(padded(reply.body(), fault.paddingBlocks()));
            case TRUNCATED_JSON ->
                reply.withBody(padded(Arrays.copyOf(reply.body(), reply.body().length / 2), fault.paddingBlocks()));
            case CUT_BODY -> reply.withEnding(Reply.Ending.CUT_MIDWAY);
            default -> reply;
        };
    }

    /** Returns what a fault makes of a streamed reply to a paid request. */
    static EventStream spoiled(Fault fault, EventStream stream) {
        return switch (fault.kind()) {
            case TRUNCATED_JSON -> stream.halved(EventStream.Ending.NO_DONE);
            case CUT_BODY -> stream.halved(EventStream.Ending.CUT);
            case STALL -> stream.stalled(fault.delay().toNanos());
            default -> stream;
        };
    }

    private static byte[] padded(byte[] body, int blocks) {
        byte[] padded = new byte[PADDING.length * blocks + body.length];
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(PADDING, 0, padded, i * PADDING.length, PADDING.length);
        }
        System.arraycopy(body, 0, padded, PADDING.length * blocks, body.length);
        return padded;
    }

    private static Reply hinted(Fault fault, Reply reply) {
        return fault.retryAfterSeconds().isPresent()
                ? reply.withHeader(
                        "Retry-After",
                        Integer.toString(fault.retryAfterSeconds().getAsInt()))
                : reply;
    }

    private static String text(Fault fault, ModelProfile model) {
        return fault.kind() == FaultKind.STATUS && fault.status() < 502
                ? "Provider returned error"
                : "Upstream error from " + model.providerName() + ": service unavailable";
    }

    private static ObjectNode rateLimited(Fault fault, ModelProfile model) {
        ObjectNode body = ApiError.body(429, "Provider returned error");
        ObjectNode error = body.withObject("/error");
        error.withObject("/metadata")
                .put("provider_name", model.providerName())
                .put("raw", model.id() + " is temporarily rate-limited upstream. Please retry shortly.");
        ObjectNode availability = error.putObject("availability");
        availability.put("code", "capacity_exhausted").put("retryable", true);
        fault.retryAfterSeconds().ifPresent(seconds -> availability.put("retry_after", seconds));
        availability.putArray("requested_models").add(model.id());
        availability.putArray("affected_providers").add(model.providerTag());
        availability.put("docs_url", "https://openrouter.ai/docs/errors#capacity_exhausted");
        return body;
    }

    private static Reply dailyLimit(Instant now) {
        Instant midnight = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        String reset = Long.toString(midnight.toEpochMilli());
        ObjectNode body = ApiError.body(
                429,
                "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day");
        ObjectNode metadata = body.withObject("/error/metadata");
        metadata.putObject("headers")
                .put("X-RateLimit-Limit", "50")
                .put("X-RateLimit-Remaining", "0")
                .put("X-RateLimit-Reset", reset);
        metadata.putNull("provider_name").put("limit_source", "openrouter_free_tier_daily");
        return Reply.json(429, body)
                .withHeader("X-RateLimit-Limit", "50")
                .withHeader("X-RateLimit-Remaining", "0")
                .withHeader("X-RateLimit-Reset", reset);
    }

    private static ObjectNode errorInChoice(ModelProfile model, String id, Instant now) {
        ObjectNode body = CompletionJson.envelope(id, now, model);
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", "error").putNull("native_finish_reason");
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", "The answer is")
                .putNull("refusal")
                .putNull("reasoning");
        ApiError.fill(choice.putObject("error"), 502, "provider_unavailable", "Provider disconnected mid-stream");
        body.putObject("usage")
                .put("prompt_tokens", 9)
                .put("completion_tokens", 3)
                .put("total_tokens", 12)
                .put("cost", 0);
        return body;
    }
}
