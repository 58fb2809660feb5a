package dev.rtel.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Reads a fault from {@code kind[:key=value[,key=value]...]}; several attempts are written {@code attempt=1+2}. */
final class FaultParser {
    static final List<String> KEYS = List.of(
            "model",
            "trial",
            "attempt",
            "probability",
            "status",
            "error",
            "retryable",
            "retry-after",
            "hint",
            "delay-ms",
            "padding-blocks",
            "usage",
            "usage-chunk",
            "content",
            "finish",
            "reasoning",
            "echo");

    private FaultParser() {}

    static Fault parse(String text) {
        KeyValues values = KeyValues.parse("fault", text);
        Fault fault = values.checked(() -> Fault.of(Fields.word(values.head(), FaultKind.class, "fault")));
        return values.apply(fault, FaultParser::with, KEYS);
    }

    private static Fault with(Fault fault, String key, String value) {
        return switch (key) {
            case "model" -> fault.onModel(value);
            case "trial" -> fault.onTrial(value);
            case "attempt" ->
                fault.onAttempts(Arrays.stream(value.split("\\+"))
                        .mapToInt(Integer::parseInt)
                        .toArray());
            case "probability" -> fault.withProbability(Double.parseDouble(value));
            case "status" -> fault.withStatus(Integer.parseInt(value));
            case "error" -> fault.withError(Fields.word(value, ErrorShape.class, key));
            case "retryable" -> fault.withRetryable(flag(value));
            case "retry-after" -> fault.withRetryAfterSeconds(Integer.parseInt(value));
            case "hint" -> fault.withHint(Fields.word(value, WaitHint.class, key));
            case "delay-ms" -> fault.withDelay(Duration.ofMillis(Long.parseLong(value)));
            case "padding-blocks" -> fault.withPaddingBlocks(Integer.parseInt(value));
            case "usage" -> fault.withShape(Fields.word(value, UsageShape.class, key));
            case "usage-chunk" -> fault.withShape(Fields.word(value, UsageChunk.class, key));
            case "content" -> fault.withShape(Fields.word(value, ContentShape.class, key));
            case "finish" -> fault.withShape(Fields.word(value, FinishShape.class, key));
            case "reasoning" -> fault.withShape(Fields.word(value, ReasoningText.class, key));
            default -> fault.withShape(Fields.word(value, ModelEcho.class, key));
        };
    }

    private static boolean flag(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("retryable must be true or false, was \"" + value + "\"");
        }
        return Boolean.parseBoolean(value);
    }
}
