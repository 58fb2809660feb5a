package dev.rtel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Turns answers into replies, whole or streamed, and writes the bill. Thread-safe. */
final class Delivery {
    private final SimulatorConfig config;
    private final Ledger ledger;

    Delivery(SimulatorConfig config, Ledger ledger) {
        this.config = config;
        this.ledger = ledger;
    }

    /** Waits for the simulated latency, enters the answer in the bill and returns it. */
    Reply whole(Turn turn, Answer answer) throws InterruptedException {
        Duration latency = latency(turn);
        sleep(latency);
        Served served = turn.served();
        Paid paid = ledger.pay(turn, answer, latency);
        String id = paid.line().generationId();
        ObjectNode body = CompletionJson.of(id, paid.line().time(), served, answer);
        if (turn.has(FaultKind.NESTED_COMPLETION)) {
            ObjectNode nested = Json.object();
            nested.set("provider", body);
            body = nested;
        }
        if (turn.has(FaultKind.STALL)) {
            sleep(turn.fault().orElseThrow().delay());
        }
        Reply reply = Reply.json(200, body)
                .withHeaders(Map.of(
                        "X-Generation-Id",
                        id,
                        "X-Provider-Name",
                        served.endpoint().providerName()));
        if (served.shape().paddingBlocks() > 0) {
            reply = reply.withBody(
                    FaultReply.padded(reply.body(), served.shape().paddingBlocks()));
        }
        Optional<Fault> fault = turn.fault();
        return fault.isPresent() ? FaultReply.spoiled(fault.get(), reply) : reply;
    }

    /** Enters the answer in the bill and returns its stream. */
    EventStream streamed(Turn turn, Answer answer) {
        Served served = turn.served();
        Duration latency = latency(turn);
        Paid paid = ledger.open(turn, answer, latency);
        String id = paid.line().generationId();
        ChunkJson json = served.chunks(id, paid.line().time());
        ChatStream chunks = new ChatStream(json, served.shape(), answer, pacing(turn), latency).produce();
        if (!turn.has(FaultKind.CUT_BEFORE_USAGE)) {
            putEnd(chunks, json, turn, answer);
        }
        EventStream stream = stream(turn, id, chunks.events(), ledger.settlement(paid, chunks.firstDelta()));
        return turn.fault().map(fault -> spoiled(fault, stream)).orElse(stream);
    }

    /** Returns an answer from the response cache: at once, with zero usage, not billed. */
    Response cached(Turn turn, Answer answer) {
        Instant now = config.clock().instant();
        String id = ledger.freshId(turn.request(), now);
        Served served = turn.served();
        if (!turn.request().stream()) {
            ObjectNode body = CompletionJson.of(id, now, served, answer);
            UsageJson.putZero(body);
            return Reply.json(200, body).withHeaders(Map.of("X-Generation-Id", id, "X-OpenRouter-Cache-Status", "HIT"));
        }
        ChunkJson json = served.chunks(id, now);
        ObjectNode usage = json.usage(UsageChunk.REPEATED_FINISH, answer.finishReason());
        UsageJson.putZero(usage);
        List<StreamEvent> events = new ChatStream(json, served.shape(), answer, Pacing.BY_LATENCY, Duration.ZERO)
                .produce()
                .finish(answer.finishReason())
                .add(usage)
                .events();
        return stream(turn, id, events, Settlement.NONE).withHeader("X-OpenRouter-Cache-Status", "HIT");
    }

    /** Returns half of an answer and the error that ends it, not billed. */
    EventStream broken(Turn turn, Answer answer) {
        Instant now = config.clock().instant();
        String id = ledger.freshId(turn.request(), now);
        Served served = turn.served();
        ChunkJson json = served.chunks(id, now);
        Fault fault = turn.fault().orElseThrow();
        ObjectNode error = FaultReply.midway(fault, served).error(config.clock());
        ObjectNode last = json.chunk("error");
        switch (fault.kind()) {
            case ERROR_IN_CHOICE -> ChunkJson.choice(last).set("error", error);
            case STREAM_ERROR -> last.set("error", error);
            default -> {
                last = json.envelope();
                last.set("error", error);
                last.putArray("choices");
            }
        }
        List<StreamEvent> events = new ChatStream(json, served.shape(), answer, pacing(turn), latency(turn))
                .produce()
                .half()
                .add(last)
                .events();
        return stream(turn, id, events, Settlement.NONE).withEnding(EventStream.Ending.NO_DONE);
    }

    /** Returns a stream of comments without any chunk, not billed. */
    EventStream blank(Turn turn) {
        String comments = EventStream.COMMENT.repeat(turn.fault().orElseThrow().paddingBlocks());
        List<StreamEvent> events = List.of(StreamEvent.of(0, comments, 0, 0, true));
        String id = ledger.freshId(turn.request(), config.clock().instant());
        return stream(turn, id, events, Settlement.NONE).withEnding(EventStream.Ending.NO_DONE);
    }

    private void putEnd(ChatStream chunks, ChunkJson json, Turn turn, Answer answer) {
        Served served = turn.served();
        @Nullable
        String finishReason =
                served.shape().finish().word(answer.finishReason()).orElse(null);
        if (turn.has(FaultKind.STREAM_TOKEN_LIMIT)) {
            ObjectNode usage = json.usage(UsageChunk.REPEATED_FINISH, null);
            usage.putObject("error").put("code", 400).put("message", "Token limit reached");
            UsageJson.put(usage, served, answer);
            chunks.add(usage);
            return;
        }
        if (served.shape().finish() == FinishShape.TOOL_CALLS) {
            chunks.toolCall();
        }
        chunks.finish(finishReason);
        boolean hasUsage = served.shape().usageChunk() != UsageChunk.ABSENT
                && served.shape().usage() != UsageShape.ABSENT;
        if (hasUsage) {
            ObjectNode usage = json.usage(served.shape().usageChunk(), finishReason);
            UsageJson.put(usage, served, answer);
            chunks.add(usage);
        }
    }

    private static EventStream spoiled(Fault fault, EventStream stream) {
        return switch (fault.kind()) {
            case TRUNCATED_JSON -> stream.halved(EventStream.Ending.NO_DONE);
            case CUT_BODY -> stream.halved(EventStream.Ending.CUT);
            case STALL -> stream.stalled(fault.delay().toNanos());
            case CUT_BEFORE_USAGE, CUT_AFTER_USAGE -> stream.withEnding(EventStream.Ending.CUT);
            case NO_DONE -> stream.withEnding(EventStream.Ending.NO_DONE);
            default -> stream;
        };
    }

    private static EventStream stream(Turn turn, String id, List<StreamEvent> events, Settlement settlement) {
        Map<String, String> headers = Map.of(
                "X-Generation-Id",
                id,
                "X-Provider-Name",
                turn.served().endpoint().providerName(),
                "Cache-Control",
                "no-cache");
        return new EventStream(headers, events, EventStream.Ending.DONE, turn.arrival(), settlement, () -> {});
    }

    private Pacing pacing(Turn turn) {
        return config.pacing().orElse(turn.served().model().pacing());
    }

    private Duration latency(Turn turn) {
        return config.latency().orElseGet(() -> {
            ChatRequest request = turn.request();
            ModelProfile model = turn.served().model();
            Dice dice = new Dice(config.seed(), request.trialOrText(), Integer.toString(request.attempt()));
            double millis = model.latency().toMillis() + model.latencySpread().toMillis() * dice.gaussian("latency");
            return Duration.ofMillis(Math.max(0, Math.round(millis)));
        });
    }

    private static void sleep(Duration time) throws InterruptedException {
        if (!time.isZero()) {
            Thread.sleep(time.toMillis());
        }
    }
}
