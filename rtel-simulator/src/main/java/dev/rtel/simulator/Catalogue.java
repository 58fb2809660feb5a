package dev.rtel.simulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the model list and the endpoint lists. Immutable. */
final class Catalogue {
    private final SimulatorScript script;

    Catalogue(SimulatorScript script) {
        this.script = script;
    }

    Reply models() {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        script.models().forEach(model -> putModel(data.addObject(), model));
        body.put("total_count", script.models().size());
        body.putObject("links").putNull("next");
        return Reply.json(200, body);
    }

    Reply endpoints(String name) {
        ModelProfile model =
                script.model(name).orElseThrow(() -> new ApiError(404, "Model \"" + name + "\" not found"));
        ObjectNode body = Json.object();
        ObjectNode data = body.putObject("data");
        putHead(data, model);
        ArrayNode endpoints = data.putArray("endpoints");
        model.endpoints().forEach(endpoint -> putEndpoint(endpoints.addObject(), model, endpoint));
        return Reply.json(200, body);
    }

    static List<String> supportedParameters(ModelProfile model) {
        List<String> names = new ArrayList<>(List.of("max_completion_tokens", "max_tokens"));
        if (model.reasons()) {
            names.addAll(0, List.of("include_reasoning"));
            names.add("reasoning");
            if (!model.supportedEfforts().isEmpty()) {
                names.add("reasoning_effort");
            }
        }
        names.addAll(List.of("response_format", "seed", "stop", "temperature", "top_p"));
        return names;
    }

    private static void putEndpoint(ObjectNode node, ModelProfile model, Endpoint endpoint) {
        node.put("name", endpoint.providerName() + " | " + model.id());
        node.put("model_id", model.id()).put("model_name", model.id());
        node.put("provider_name", endpoint.providerName()).put("tag", endpoint.tag());
        node.put("context_length", model.contextLength());
        node.put("max_completion_tokens", model.maxCompletionTokens()).putNull("max_prompt_tokens");
        node.put("quantization", endpoint.quantization());
        putPricing(node, endpoint);
        putSupportedParameters(node, model);
        node.put("status", 0).put("uptime_last_5m", 100).put("uptime_last_30m", 100);
        node.put("uptime_last_1d", 100).putNull("latency_last_30m").putNull("throughput_last_30m");
        node.put("supports_implicit_caching", false);
        node.putObject("supports_tool_choice")
                .put("none", false)
                .put("auto", false)
                .put("required", false)
                .put("function", false);
    }

    private static void putModel(ObjectNode node, ModelProfile model) {
        putHead(node, model);
        node.put("canonical_slug", model.canonicalSlug());
        node.put("context_length", model.contextLength());
        node.put("hugging_face_id", "").put("knowledge_cutoff", "2026-01-31");
        node.putNull("expiration_date").putNull("per_request_limits").putNull("supported_voices");
        putPricing(node, model.endpoints().get(0));
        node.putObject("top_provider")
                .put("context_length", model.contextLength())
                .put("max_completion_tokens", model.maxCompletionTokens())
                .put("is_moderated", false);
        putSupportedParameters(node, model);
        node.putObject("default_parameters")
                .putNull("temperature")
                .putNull("top_p")
                .putNull("frequency_penalty");
        if (model.reasons()) {
            putReasoning(node.putObject("reasoning"), model);
        }
        node.putObject("links").put("details", "/api/v1/models/" + model.canonicalSlug() + "/endpoints");
    }

    private static void putHead(ObjectNode node, ModelProfile model) {
        node.put("id", model.id());
        node.put("name", model.endpoints().get(0).providerName() + ": " + model.id());
        node.put("created", 1_788_000_000L);
        node.put("description", "A scripted model.");
        ObjectNode architecture = node.putObject("architecture");
        architecture.put("modality", "text->text");
        architecture.putArray("input_modalities").add("text");
        architecture.putArray("output_modalities").add("text");
        architecture.put("tokenizer", "Other").putNull("instruct_type");
    }

    private static void putPricing(ObjectNode node, Endpoint endpoint) {
        node.putObject("pricing")
                .put("prompt", Json.plain(endpoint.promptPrice()))
                .put("completion", Json.plain(endpoint.completionPrice()));
    }

    private static void putSupportedParameters(ObjectNode node, ModelProfile model) {
        ArrayNode names = node.putArray("supported_parameters");
        supportedParameters(model).forEach(names::add);
    }

    private static void putReasoning(ObjectNode node, ModelProfile model) {
        node.put("mandatory", model.reasoning() == ReasoningMode.MANDATORY);
        if (!model.supportedEfforts().isEmpty()) {
            node.put(
                    "default_effort",
                    Effort.MEDIUM.nearest(model.supportedEfforts()).wireName());
            ArrayNode efforts = node.putArray("supported_efforts");
            model.supportedEfforts().forEach(effort -> efforts.add(effort.wireName()));
        }
    }
}
