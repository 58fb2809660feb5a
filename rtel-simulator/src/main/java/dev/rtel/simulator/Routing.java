package dev.rtel.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Finds the endpoints that may serve a request, in the order in which they are tried. The order depends on seed and trial,
 * never on the attempt: a call that is made again after an interruption goes the same way.
 */
final class Routing {
    private static final double FREE_PRICE = 1e-9;

    private Routing() {}

    /** Returns at least one endpoint; exactly one if fallbacks are not allowed. */
    static List<Endpoint> candidates(ModelProfile model, ChatRequest request, long seed) {
        JsonNode provider = request.body().path("provider");
        List<Endpoint> allowed = model.endpoints().stream()
                .filter(endpoint -> !provider.path("only").isArray() || names(provider.path("only"), endpoint))
                .filter(endpoint -> !names(provider.path("ignore"), endpoint))
                .filter(endpoint -> fits(provider.path("quantizations"), endpoint))
                .toList();
        if (allowed.isEmpty()) {
            throw new ApiError(
                    404,
                    "No endpoints found for " + model.id() + ". Its providers are "
                            + model.endpoints().stream().map(Endpoint::tag).toList() + ".");
        }
        List<Endpoint> sorted = sorted(allowed, provider.path("order"), request, seed);
        JsonNode fallbacks = provider.path("allow_fallbacks");
        boolean first = fallbacks.isBoolean() && !fallbacks.booleanValue();
        return first ? sorted.subList(0, 1) : sorted;
    }

    private static List<Endpoint> sorted(List<Endpoint> allowed, JsonNode order, ChatRequest request, long seed) {
        List<Endpoint> rest = new ArrayList<>(allowed);
        List<Endpoint> sorted = new ArrayList<>();
        for (JsonNode slug : order) {
            for (Endpoint endpoint : allowed) {
                if (endpoint.isMeantBy(slug.asString("")) && rest.remove(endpoint)) {
                    sorted.add(endpoint);
                }
            }
        }
        if (rest.size() > 1) {
            Dice dice = new Dice(seed, request.trialOrText());
            rest.sort(Comparator.comparingDouble(endpoint -> turn(endpoint, dice)));
        }
        sorted.addAll(rest);
        return sorted;
    }

    /** Draws a place in the queue, weighted by the inverse square of the price as OpenRouter's default routing is. */
    private static double turn(Endpoint endpoint, Dice dice) {
        BigDecimal both = endpoint.promptPrice().add(endpoint.completionPrice());
        double price = Math.max(both.doubleValue(), FREE_PRICE);
        return -Math.log(1.0 - dice.roll("route/" + endpoint.tag())) * price * price;
    }

    private static boolean fits(JsonNode quantizations, Endpoint endpoint) {
        if (!quantizations.isArray() || quantizations.isEmpty()) {
            return true;
        }
        for (JsonNode quantization : quantizations) {
            if (quantization.asString("").equals(endpoint.quantization())) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(JsonNode slugs, Endpoint endpoint) {
        for (JsonNode slug : slugs) {
            if (endpoint.isMeantBy(slug.asString(""))) {
                return true;
            }
        }
        return false;
    }
}
