package dev.rtel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests for completions. Thread-safe; a call that is not streamed blocks for the simulated latency. */
final class Chat {
    private static final String OTHER_MODEL = "simulated/another-model";

    private final SimulatorConfig config;
    private final Answerer answerer;
    private final FaultPlan faults;
    private final Ledger ledger;
    private final Account account;

    Chat(SimulatorConfig config, Ledger ledger, Account account) {
        this.config = config;
        this.answerer = new Answerer(config.script(), config.seed());
        this.faults = new FaultPlan(config.faults(), config.seed());
        this.ledger = ledger;
        this.account = account;
    }

    Response complete(Call call) throws InterruptedException {
        ChatRequest request = ChatRequest.parse(call.body());
        ModelProfile model = config.script()
                .model(request.model())
                .orElseThrow(() -> new ApiError(400, request.model() + " is not a valid model ID"));
        RequestCheck.check(model, request);
        Optional<Fault> fault = faults.find(model, request);
        if (fault.isPresent() && !fault.get().kind().isBilled()) {
            return unpaid(fault.get(), model, request, call.arrival());
        }
        account.check(model, request);
        boolean refuses = is(fault, FaultKind.REFUSAL);
        Answer answer = refuses ? Answer.refusal(Answerer.promptTokens(request)) : answerer.answer(model, request);
        return request.stream()
                ? streamed(fault, model, request, answer, call.arrival())
                : whole(fault, model, request, answer);
    }

    private Response unpaid(Fault fault, ModelProfile model, ChatRequest request, long arrival) {
        Instant now = config.clock().instant();
        String id = ledger.freshId(request, now);
        if (fault.kind() != FaultKind.CACHE_HIT) {
            return FaultReply.insteadOfAnswer(fault, model, id, now);
        }
        Answer answer = answerer.answer(model, request);
        if (request.stream()) {
            ChunkJson json = new ChunkJson(id, now, model.canonicalSlug(), model.providerName());
            ObjectNode usage = json.usage(UsageChunk.REPEATED_FINISH, answer.finishReason());
            UsageJson.putZero(usage);
            List<StreamEvent> events = new ChatStream(json, model, answer, Pacing.BY_LATENCY, Duration.ZERO)
                    .produce()
                    .finish(answer.finishReason())
                    .add(usage)
                    .events();
            return stream(id, model, events, arrival, Settlement.NONE).withHeader("X-OpenRouter-Cache-Status", "HIT");
        }
        ObjectNode body = CompletionJson.of(id, now, model, answer);
        UsageJson.putZero(body);
        return Reply.json(200, body).withHeader("X-Generation-Id", id).withHeader("X-OpenRouter-Cache-Status", "HIT");
    }

    private Reply whole(Optional<Fault> fault, ModelProfile model, ChatRequest request, Answer answer)
            throws InterruptedException {
        Duration latency = latency(model, request);
        Thread.sleep(latency.toMillis());
        Paid paid = ledger.pay(model, request, answer, latency);
        String id = paid.line().generationId();
        ObjectNode body = CompletionJson.of(id, paid.line().time(), model, answer);
        if (is(fault, FaultKind.OTHER_MODEL)) {
            body.put("model", OTHER_MODEL);
        }
        if (is(fault, FaultKind.STALL)) {
            Thread.sleep(fault.orElseThrow().delay().toMillis());
        }
        Reply reply = Reply.json(200, body)
                .withHeader("X-Generation-Id", id)
                .withHeader("X-Provider-Name", model.providerName());
        return fault.map(what -> FaultReply.spoiled(what, reply)).orElse(reply);
    }

    private EventStream streamed(
            Optional<Fault> fault, ModelProfile model, ChatRequest request, Answer answer, long arrival) {
        Duration latency = latency(model, request);
        ModelProfile sender = fault.filter(what -> what.kind() == FaultKind.PADDING)
                .map(what -> model.toBuilder()
                        .comments(what.paddingBlocks(), what.paddingBlocks())
                        .build())
                .orElse(model);
        Paid paid = ledger.open(model, request, answer, latency);
        String id = paid.line().generationId();
        String name = is(fault, FaultKind.OTHER_MODEL) ? OTHER_MODEL : model.canonicalSlug();
        ChunkJson json = new ChunkJson(id, paid.line().time(), name, model.providerName());
        ChatStream chunks = new ChatStream(json, sender, answer, config.pacing().orElse(model.pacing()), latency)
                .produce()
                .finish(answer.finishReason());
        if (model.usageChunk() != UsageChunk.ABSENT) {
            ObjectNode usage = json.usage(model.usageChunk(), answer.finishReason());
            UsageJson.put(usage, model, answer);
            chunks.add(usage);
        }
        EventStream stream = stream(id, model, chunks.events(), arrival, ledger.settlement(paid));
        return fault.map(what -> FaultReply.spoiled(what, stream)).orElse(stream);
    }

    private static EventStream stream(
            String id, ModelProfile model, List<StreamEvent> events, long arrival, Settlement settlement) {
        return new EventStream(
                Map.of("X-Generation-Id", id, "X-Provider-Name", model.providerName(), "Cache-Control", "no-cache"),
                events,
                EventStream.Ending.DONE,
                arrival,
                settlement,
                () -> {});
    }

    private Duration latency(ModelProfile model, ChatRequest request) {
        return config.latency().orElseGet(() -> {
            Dice dice = new Dice(config.seed(), request.trialOrText(), Integer.toString(request.attempt()));
            double millis = model.latency().toMillis() + model.latencySpread().toMillis() * dice.gaussian("latency");
            return Duration.ofMillis(Math.max(0, Math.round(millis)));
        });
    }

    private static boolean is(Optional<Fault> fault, FaultKind kind) {
        return fault.filter(what -> what.kind() == kind).isPresent();
    }
}
