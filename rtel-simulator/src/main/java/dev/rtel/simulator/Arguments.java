package dev.rtel.simulator;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Reads the arguments of {@link SimulatorMain}. */
final class Arguments {
    static final String USAGE = """
            usage: SimulatorMain --script FILE [--port N] [--seed N] [--key KEY] [--credit USD]
                                 [--latency-ms N] [--first-reasoning-ms N] [--first-content-ms N] [--chunk-gap-ms N]
                                 [--generation-lag-ms N] [--generation-polls N] [--generation-status 404|429|500]
                                 [--generation-share SHAPE=SHARE]... [--daily-cap N]
                                 [--limit PROVIDER:key=value,...]... [--storm PROVIDER:key=value,...]...
                                 [--fault KIND[:key=value,...]]... [--chaos PROFILE [--stall-ms N]]
            limit keys: per-minute, in-flight, hint
            storm keys: for-ms, after-ms, every-ms, status (429 or 503), hint
            fault keys: model, trial, attempt (1+2), probability, status, error, retryable, retry-after, hint, delay-ms,
                        padding-blocks, usage, usage-chunk, content, finish, reasoning, echo
            chaos profiles: none, gentle, rough, everything, storm
            exit codes: 1 the port is not free, 2 wrong arguments or script
            """;

    private static final List<String> LIMIT_KEYS = List.of("per-minute", "in-flight", "hint");
    private static final List<String> STORM_KEYS = List.of("for-ms", "after-ms", "every-ms", "status", "hint");

    private final SimulatorConfig.Builder config;
    private Pacing pacing = Pacing.BY_LATENCY;
    private GenerationPolicy generation = GenerationPolicy.IMMEDIATE;

    private Arguments(SimulatorConfig.Builder config) {
        this.config = config;
    }

    static SimulatorConfig parse(String... arguments) {
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException("\"" + arguments[arguments.length - 1] + "\" needs a value\n" + USAGE);
        }
        String script = value(arguments, "--script", "");
        if (script.isEmpty()) {
            throw new IllegalArgumentException("--script is missing\n" + USAGE);
        }
        Arguments read = new Arguments(SimulatorConfig.builder(SimulatorScript.read(Path.of(script))));
        read.startWith(ChaosProfile.named(value(arguments, "--chaos", "none")), value(arguments, "--stall-ms", "2000"));
        for (int i = 0; i < arguments.length; i += 2) {
            read.apply(arguments[i], arguments[i + 1]);
        }
        return read.config.pacing(read.pacing).generation(read.generation).build();
    }

    private static String value(String[] arguments, String name, String otherwise) {
        String value = otherwise;
        for (int i = 0; i < arguments.length; i += 2) {
            value = arguments[i].equals(name) ? arguments[i + 1] : value;
        }
        return value;
    }

    /** Starts with a profile, so that whatever else is said counts more. */
    private void startWith(ChaosProfile profile, String stall) {
        config.chaos(profile, number("--stall-ms", stall));
        generation = profile.generation();
    }

    private void apply(String name, String value) {
        try {
            switch (name) {
                case "--script", "--chaos", "--stall-ms" -> {}
                case "--port" -> config.port(Integer.parseInt(value));
                case "--seed" -> config.seed(Long.parseLong(value));
                case "--key" -> config.acceptedKey(value);
                case "--credit" -> config.credit(new BigDecimal(value));
                case "--latency-ms" -> config.latency(number(name, value));
                case "--first-reasoning-ms" -> pacing = pacing.withFirstReasoning(number(name, value));
                case "--first-content-ms" -> pacing = pacing.withFirstContent(number(name, value));
                case "--chunk-gap-ms" -> pacing = pacing.withChunkGap(number(name, value));
                case "--generation-lag-ms" -> generation = generation.withLag(number(name, value));
                case "--generation-polls" -> generation = generation.withHiddenPolls(Integer.parseInt(value));
                case "--generation-status" -> generation = generation.withPendingStatus(Integer.parseInt(value));
                case "--generation-share" -> generation = share(generation, value);
                case "--daily-cap" -> config.dailyCap(Integer.parseInt(value));
                case "--limit" -> config.limit(limit(value));
                case "--storm" -> config.storm(storm(value));
                case "--fault" -> config.fault(FaultParser.parse(value));
                default -> throw new IllegalArgumentException("unknown option \"" + name + "\"\n" + USAGE);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, was \"" + value + "\"", e);
        }
    }

    private static Duration number(String name, String millis) {
        try {
            return Duration.ofMillis(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, was \"" + millis + "\"", e);
        }
    }

    private static GenerationPolicy share(GenerationPolicy policy, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("--generation-share must be SHAPE=SHARE, was \"" + text + "\"");
        }
        GenerationShape shape =
                Fields.word(text.substring(0, equals), GenerationShape.class, "shape of a generation record");
        return policy.withShare(shape, Double.parseDouble(text.substring(equals + 1)));
    }

    private static ProviderLimit limit(String text) {
        KeyValues values = KeyValues.parse("limit", text);
        OptionalInt perMinute = values.number("per-minute");
        OptionalInt inFlight = values.number("in-flight");
        ProviderLimit limit =
                values.checked(() -> new ProviderLimit(values.head(), perMinute, inFlight, WaitHint.RETRY_AFTER));
        return values.apply(
                limit,
                (now, key, value) -> key.equals("hint") ? now.withHint(Fields.word(value, WaitHint.class, key)) : now,
                LIMIT_KEYS);
    }

    private static Storm storm(String text) {
        KeyValues values = KeyValues.parse("storm", text);
        int length = values.number("for-ms")
                .orElseThrow(() -> new IllegalArgumentException("storm \"" + text + "\" needs for-ms=N"));
        return values.apply(
                Storm.of(values.head(), Duration.ofMillis(length)),
                (now, key, value) -> switch (key) {
                    case "after-ms" -> now.withAfter(Duration.ofMillis(Long.parseLong(value)));
                    case "every-ms" -> now.withEvery(Duration.ofMillis(Long.parseLong(value)));
                    case "status" -> now.withStatus(Integer.parseInt(value));
                    case "hint" -> now.withHint(Fields.word(value, WaitHint.class, key));
                    default -> now;
                },
                STORM_KEYS);
    }
}
