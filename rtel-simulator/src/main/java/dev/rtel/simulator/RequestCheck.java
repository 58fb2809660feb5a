package dev.rtel.simulator;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

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
        boolean excluded = provider.path("only").isArray() && !names(provider.path("only"), model)
                || names(provider.path("ignore"), model);
        if (excluded) {
            throw new ApiError(
                    404,
                    "No endpoints found for " + model.id() + ". The only provider is \"" + model.providerTag() + "\".");
        }
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
        long needed = Answerer.promptTokens(request);
        if (needed > model.contextLength()) {
            throw new ApiError(
                    400,
                    "context_length_exceeded",
                    "This endpoint's maximum context length is " + model.contextLength()
                            + " tokens. However, you requested about " + needed + " tokens.");
        }
    }

    private static boolean names(JsonNode slugs, ModelProfile model) {
        for (JsonNode slug : slugs) {
            String name = slug.asString("");
            if (model.providerTag().equals(name) || model.providerTag().startsWith(name + "/")) {
                return true;
            }
        }
        return false;
    }
}
