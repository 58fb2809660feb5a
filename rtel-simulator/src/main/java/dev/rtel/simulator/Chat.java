package dev.rtel.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers requests for completions. Thread-safe; a call that is not streamed blocks for the simulated latency. */
final class Chat {
    private static final String OTHER_MODEL = "simulated/another-model";

    private final SimulatorConfig config;
    private final Answerer answerer;
    private final FaultPlan faults;
    private final Traffic traffic;
    private final Ledger ledger;
    private final Account account;
    private final Delivery delivery;

    Chat(SimulatorConfig config, Ledger ledger, Account account, Traffic traffic) {
        this.config = config;
        this.answerer = new Answerer(config.script(), config.seed());
        this.faults = new FaultPlan(config.faults(), config.seed());
        this.traffic = traffic;
        this.ledger = ledger;
        this.account = account;
        this.delivery = new Delivery(config, ledger);
    }

    Response complete(Call call) throws InterruptedException {
        Traffic.Slot slot = traffic.enter();
        boolean goesOn = false;
        try {
            Response response = complete(call, slot);
            if (response instanceof EventStream stream) {
                goesOn = true;
                return stream.withRelease(slot::close);
            }
            return response;
        } finally {
            if (!goesOn) {
                slot.close(); // before the reply is sent, or the client's next request could come first
            }
        }
    }

    private Response complete(Call call, Traffic.Slot slot) throws InterruptedException {
        ChatRequest request = ChatRequest.parse(call.body());
        ModelProfile model = config.script()
                .model(request.model())
                .orElseThrow(() -> new ApiError(400, request.model() + " is not a valid model ID"));
        RequestCheck.check(model, request);
        List<Endpoint> candidates = Routing.candidates(model, request, config.seed());
        Endpoint endpoint = traffic.admit(slot, model, candidates);
        Optional<Fault> fault = faults.find(model, request);
        Turn turn = new Turn(request, served(request, model, endpoint, fault), fault, call.arrival());
        Response response = answer(turn, model);
        if (response instanceof Reply reply) {
            traffic.replied(endpoint, reply.status());
        }
        return response;
    }

    private Response answer(Turn turn, ModelProfile asked) throws InterruptedException {
        if (turn.fault().isPresent() && !turn.fault().get().kind().isBilled()) {
            return unpaid(turn, turn.fault().get());
        }
        account.check(asked, turn.served().endpoint(), turn.request());
        Answer answer = turn.has(FaultKind.REFUSAL)
                ? Answer.refusal(Answerer.promptTokens(turn.request()))
                : answerer.answer(turn.served(), turn.request());
        boolean streams = turn.request().stream() && !turn.has(FaultKind.NESTED_COMPLETION);
        return streams ? delivery.streamed(turn, answer) : delivery.whole(turn, answer);
    }

    private Response unpaid(Turn turn, Fault fault) {
        boolean streams = turn.request().stream();
        return switch (fault.kind()) {
            case CACHE_HIT -> delivery.cached(turn, answerer.answer(turn.served(), turn.request()));
            case STREAM_ERROR, STREAM_ERROR_WITHOUT_CHOICES ->
                delivery.broken(turn, answerer.answer(turn.served(), turn.request()));
            case ERROR_IN_CHOICE ->
                streams ? delivery.broken(turn, answerer.answer(turn.served(), turn.request())) : instead(turn, fault);
            case BLANK_BODY -> streams ? delivery.blank(turn) : instead(turn, fault);
            default -> instead(turn, fault);
        };
    }

    private Reply instead(Turn turn, Fault fault) {
        String id = ledger.freshId(turn.request(), config.clock().instant());
        return FaultReply.insteadOfAnswer(fault, turn.served(), id, config.clock());
    }

    private Served served(ChatRequest request, ModelProfile model, Endpoint endpoint, Optional<Fault> fault) {
        ReplyShape shape = fault.map(what -> what.over(model.shape())).orElse(model.shape());
        FaultKind kind = fault.map(Fault::kind).orElse(FaultKind.SHAPE);
        if (shape.echo() == ModelEcho.FALLBACK) {
            return fallback(request, model)
                    .map(other -> new Served(other, other.endpoints().get(0), shape, other.canonicalSlug()))
                    .orElseGet(() -> new Served(model, endpoint, shape, OTHER_MODEL));
        }
        if (kind == FaultKind.OTHER_MODEL) {
            return new Served(model, endpoint, shape, OTHER_MODEL);
        }
        Endpoint serving = kind == FaultKind.OTHER_PROVIDER ? another(model, endpoint) : endpoint;
        boolean asked = shape.echo() == ModelEcho.REQUESTED;
        return new Served(model, serving, shape, asked ? request.model() : model.canonicalSlug());
    }

    private Optional<ModelProfile> fallback(ChatRequest request, ModelProfile model) {
        return request.fallbackModels().stream()
                .flatMap(name -> config.script().model(name).stream())
                .filter(other -> !other.id().equals(model.id()))
                .findFirst();
    }

    /** Returns an endpoint of another provider: one of the model's own, or a made-up one at the same price. */
    private static Endpoint another(ModelProfile model, Endpoint asked) {
        List<Endpoint> others = new ArrayList<>(model.endpoints());
        others.removeIf(endpoint -> endpoint.provider().equals(asked.provider()));
        return others.isEmpty()
                ? new Endpoint(
                        "Another Provider",
                        "another-provider",
                        Endpoint.UNKNOWN_QUANTIZATION,
                        asked.promptPrice(),
                        asked.completionPrice())
                : others.get(0);
    }
}
