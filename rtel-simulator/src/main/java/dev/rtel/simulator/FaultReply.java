package dev.rtel.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Writes the replies of faults that keep the model from answering, and spoils whole replies. */
final class FaultReply {
    private static final byte[] PADDING = "\n         \n".getBytes(StandardCharsets.US_ASCII);

    private FaultReply() {}

    /** Returns the reply of a fault for which nothing is billed. */
    static Reply insteadOfAnswer(Fault fault, Served served, String id, Clock clock) {
        Instant now = clock.instant();
        return switch (fault.kind()) {
            case STATUS -> error(fault, fault.status(), served).reply(clock);
            case RATE_LIMITED -> error(fault, 429, served).capacity().reply(clock);
            case DAILY_LIMIT -> dailyLimit(now);
            case OUT_OF_CREDIT -> new ApiError(402, Account.NO_CREDIT).reply();
            case HTML_ERROR ->
                Reply.html(
                        fault.status(), "<!DOCTYPE html>\n<html><body><h1>" + fault.status() + "</h1></body></html>\n");
            case ERROR_IN_BODY ->
                error(fault, fault.status(), served).reply(clock).withStatus(200);
            case CHOICES_NULL ->
                Reply.json(200, CompletionJson.envelope(id, now, served).putNull("choices"));
            case CHOICES_EMPTY -> {
                ObjectNode body = CompletionJson.envelope(id, now, served);
                body.putArray("choices");
                yield Reply.json(200, body);
            }
            case ERROR_IN_CHOICE ->
                Reply.json(200, errorInChoice(fault, served, id, clock)).withHeader("X-Generation-Id", id);
            case EMPTY_BODY -> Reply.json(200, Json.object()).withBody(new byte[0]);
            case BLANK_BODY -> Reply.json(200, Json.object()).withBody(padded(new byte[0], fault.paddingBlocks()));
            case CUT_CONNECTION -> Reply.json(200, Json.object()).withEnding(Reply.Ending.CUT_BEFORE);
            default -> throw new IllegalArgumentException(fault.kind() + " does not replace an answer");
        };
    }

    /** Returns the error of a fault; {@link FaultKind#STATUS} and those inside of status 200. */
    static ErrorReply error(Fault fault, int status, Served served) {
        Optional<Duration> wait = fault.retryAfterSeconds().isPresent()
                ? Optional.of(Duration.ofSeconds(fault.retryAfterSeconds().getAsInt()))
                : Optional.empty();
        return new ErrorReply(status, served.model().id(), List.of(served.endpoint()))
                .shape(fault.error())
                .retryable(fault.retryable())
                .wait(fault.hint(), wait);
    }

    /** Returns what a fault makes of the reply to a paid request. */
    static Reply spoiled(Fault fault, Reply reply) {
        return switch (fault.kind()) {
            case TRUNCATED_JSON ->
                reply.withBody(padded(Arrays.copyOf(reply.body(), reply.body().length / 2), fault.paddingBlocks()));
            case CUT_BODY -> reply.withEnding(Reply.Ending.CUT_MIDWAY);
            default -> reply;
        };
    }

    /** Returns a body with blocks of white space before it. */
    static byte[] padded(byte[] body, int blocks) {
        byte[] padded = new byte[PADDING.length * blocks + body.length];
        for (int i = 0; i < blocks; i++) {
            System.arraycopy(PADDING, 0, padded, i * PADDING.length, PADDING.length);
        }
        System.arraycopy(body, 0, padded, PADDING.length * blocks, body.length);
        return padded;
    }

    /** Returns the reply of OpenRouter's own daily limit, which lasts until the next day. */
    static Reply dailyLimit(Instant now) {
        Instant midnight = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        String reset = Long.toString(midnight.toEpochMilli());
        ObjectNode body = ApiError.body(
                429,
                "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day");
        ObjectNode metadata = body.withObject("/error/metadata");
        Map<String, String> headers =
                Map.of("X-RateLimit-Limit", "50", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset);
        headers.forEach(metadata.putObject("headers")::put);
        metadata.putNull("provider_name").put("limit_source", "openrouter_free_tier_daily");
        return Reply.json(429, body).withHeaders(headers);
    }

    private static ObjectNode errorInChoice(Fault fault, Served served, String id, Clock clock) {
        ObjectNode body = CompletionJson.envelope(id, clock.instant(), served);
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", "error").putNull("native_finish_reason");
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", "The answer is")
                .putNull("refusal")
                .putNull("reasoning");
        choice.set("error", midway(fault, served).error(clock));
        body.putObject("usage")
                .put("prompt_tokens", 9)
                .put("completion_tokens", 3)
                .put("total_tokens", 12)
                .put("cost", 0);
        return body;
    }

    /** Returns the error of a provider that fails in the middle of an answer. */
    static ErrorReply midway(Fault fault, Served served) {
        return error(fault, fault.status(), served).message("Provider disconnected mid-stream");
    }
}
