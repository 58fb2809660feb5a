package dev.rtel.simulator;

import java.time.Duration;
import java.util.Arrays;

/** Reads a fault from {@code kind[:key=value[,key=value]...]}; several attempts are written {@code attempt=1+2}. */
final class FaultParser {
    private FaultParser() {}

    static Fault parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        Fault fault = Fault.of(kind(kind));
        if (colon < 0) {
            return fault;
        }
        for (String pair : text.substring(colon + 1).split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("fault \"" + text + "\": \"" + pair + "\" must be key=value");
            }
            fault = with(fault, pair.substring(0, equals), pair.substring(equals + 1), text);
        }
        return fault;
    }

    private static FaultKind kind(String word) {
        try {
            return Fields.word(word, FaultKind.class, "fault");
        } catch (ScriptException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Fault with(Fault fault, String key, String value, String text) {
        try {
            return switch (key) {
                case "model" -> fault.onModel(value);
                case "trial" -> fault.onTrial(value);
                case "attempt" ->
                    fault.onAttempts(Arrays.stream(value.split("\\+"))
                            .mapToInt(Integer::parseInt)
                            .toArray());
                case "probability" -> fault.withProbability(Double.parseDouble(value));
                case "status" -> fault.withStatus(Integer.parseInt(value));
                case "retry-after" -> fault.withRetryAfterSeconds(Integer.parseInt(value));
                case "delay-ms" -> fault.withDelay(Duration.ofMillis(Long.parseLong(value)));
                case "padding-blocks" -> fault.withPaddingBlocks(Integer.parseInt(value));
                default ->
                    throw new IllegalArgumentException("unknown key \"" + key
                            + "\"; known: [model, trial, attempt, probability, status, retry-after, delay-ms,"
                            + " padding-blocks]");
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "fault \"" + text + "\": " + key + " must be a number, was \"" + value + "\"", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fault \"" + text + "\": " + e.getMessage(), e);
        }
    }
}
