package dev.rtel.simulator;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks that a model and its provider can serve a request. */
final class RequestCheck {
    private static final Set<String> SELECTABLE = Set.of(
            "temperature",
            "top_p",
            "top_k",
            "seed",
            "stop",
            "reasoning",
            "include_reasoning",
            "reasoning_effort",
            "response_format",
            "tools",
            "tool_choice",
            "logprobs",
            "top_logprobs");

    private RequestCheck() {}

    static void check(ModelProfile model, ChatRequest request) {
        JsonNode provider = request.body().path("provider");
        if (provider.path("require_parameters").asBoolean(false)) {
            List<String> supported = Catalogue.supportedParameters(model);
            for (String name : request.body().propertyNames()) {
                if (SELECTABLE.contains(name) && !supported.contains(name)) {
                    throw new ApiError(
                            404, "No endpoints found that can handle the requested parameters: " + name + ".");
                }
            }
        }
        boolean notIncluded = request.body().path("include_reasoning").isBoolean()
                && request.reasoning().exclude()
                && !request.body().path("include_reasoning").booleanValue();
        if (model.reasoning() == ReasoningMode.MANDATORY && (request.reasoning().off() || notIncluded)) {
            throw new ApiError(400, "Reasoning is mandatory for this endpoint and cannot be disabled.");
        }
        if (model.reasons()) {
            checkEffort(model, request.reasoning());
        }
        long needed = Answerer.promptTokens(request);
        if (needed > model.contextLength()) {
            throw new ApiError(
                    400,
                    "context_length_exceeded",
                    "This endpoint's maximum context length is " + model.contextLength()
                            + " tokens. However, you requested about " + needed + " tokens.");
        }
    }

    /** Refuses an effort that the model does not know, as a provider does that checks its parameters. */
    private static void checkEffort(ModelProfile model, ReasoningWish wish) {
        boolean unknown = model.rejectsOtherEfforts()
                && !model.supportedEfforts().isEmpty()
                && wish.effort()
                        .filter(effort -> !model.supportedEfforts().contains(effort))
                        .isPresent();
        if (unknown) {
            String effort = wish.effort().orElseThrow().wireName();
            String supported = String.join(
                    ", ",
                    model.supportedEfforts().stream().map(Effort::wireName).toList());
            ObjectNode raw = Json.object();
            raw.putObject("error")
                    .put("message", "Unsupported value: '" + effort + "'. Supported values are: " + supported + ".")
                    .put("type", "invalid_request_error")
                    .put("param", "reasoning.effort")
                    .put("code", "unsupported_value");
            ObjectNode body = ApiError.body(400, "Provider returned error");
            body.withObject("/error/metadata")
                    .put("provider_name", model.endpoints().get(0).providerName())
                    .put("raw", Json.text(raw))
                    .put("is_byok", false);
            throw new ApiError(Reply.json(400, body));
        }
    }
}
