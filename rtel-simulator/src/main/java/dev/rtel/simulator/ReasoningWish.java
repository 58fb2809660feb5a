package dev.rtel.simulator;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request says about thinking.
 *
 * @param off true if the request switches thinking off
 * @param effort the effort it asks for
 * @param budget the most thinking tokens it allows
 * @param exclude true if the reply must not show the thinking
 */
record ReasoningWish(boolean off, Optional<Effort> effort, OptionalLong budget, boolean exclude) {
    static ReasoningWish read(ObjectNode body) {
        JsonNode reasoning = body.path("reasoning");
        if (!reasoning.isMissingNode() && !reasoning.isNull() && !reasoning.isObject()) {
            throw new ApiError(400, "reasoning must be an object");
        }
        Optional<Effort> effort = effort(reasoning.path("effort"), "reasoning.effort");
        Optional<Effort> shorthand = effort(body.path("reasoning_effort"), "reasoning_effort");
        if (effort.isPresent() && shorthand.isPresent() && !effort.equals(shorthand)) {
            throw new ApiError(400, "\"reasoning_effort\" contradicts \"reasoning.effort\"");
        }
        effort = effort.or(() -> shorthand);
        OptionalLong budget = ChatRequest.wholeNumber(reasoning.path("max_tokens"), "reasoning.max_tokens");
        if (effort.isPresent() && budget.isPresent()) {
            throw new ApiError(400, "Only one of \"reasoning.effort\" and \"reasoning.max_tokens\" may be provided");
        }
        boolean off = effort.filter(Effort.NONE::equals).isPresent() || isFalse(reasoning.path("enabled"));
        boolean notIncluded = isFalse(body.path("include_reasoning"));
        boolean exclude = notIncluded || reasoning.path("exclude").asBoolean(false);
        return new ReasoningWish(off, effort, budget, exclude);
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    private static Optional<Effort> effort(JsonNode node, String name) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        return Optional.of(Effort.ofWireName(node.asString(""))
                .orElseThrow(() -> new ApiError(400, name + " is not a known effort: " + node)));
    }
}
