package dev.rtel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests for completions. Thread-safe; a call blocks for the simulated latency. */
final class Chat {
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

    Reply complete(Call call) throws InterruptedException {
        ChatRequest request = ChatRequest.parse(call.body());
        ModelProfile model = config.script()
                .model(request.model())
                .orElseThrow(() -> new ApiError(400, request.model() + " is not a valid model ID"));
        RequestCheck.check(model, request);
        Optional<Fault> fault = faults.find(model, request);
        if (fault.isPresent() && !fault.get().kind().isBilled()) {
            return unpaid(fault.get(), model, request);
        }
        account.check(model, request);
        return paid(fault, model, request);
    }

    private Reply unpaid(Fault fault, ModelProfile model, ChatRequest request) {
        Instant now = config.clock().instant();
        String id = ledger.freshId(request, now);
        if (fault.kind() != FaultKind.CACHE_HIT) {
            return FaultReply.insteadOfAnswer(fault, model, id, now);
        }
        ObjectNode body = CompletionJson.of(id, now, model, answerer.answer(model, request));
        UsageJson.putZero(body);
        return Reply.json(200, body).withHeader("X-Generation-Id", id).withHeader("X-OpenRouter-Cache-Status", "HIT");
    }

    private Reply paid(Optional<Fault> fault, ModelProfile model, ChatRequest request) throws InterruptedException {
        boolean refuses = is(fault, FaultKind.REFUSAL);
        Answer answer = refuses ? Answer.refusal(Answerer.promptTokens(request)) : answerer.answer(model, request);
        Duration latency = latency(model, request);
        Thread.sleep(latency.toMillis());
        Paid paid = ledger.pay(model, request, answer, latency);
        String id = paid.line().generationId();
        ObjectNode body = CompletionJson.of(id, paid.line().time(), model, answer);
        if (is(fault, FaultKind.OTHER_MODEL)) {
            body.put("model", "simulated/another-model");
        }
        if (is(fault, FaultKind.STALL)) {
            Thread.sleep(fault.orElseThrow().delay().toMillis());
        }
        Reply reply = Reply.json(200, body)
                .withHeader("X-Generation-Id", id)
                .withHeader("X-Provider-Name", model.providerName());
        return fault.map(what -> FaultReply.spoiled(what, reply)).orElse(reply);
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
