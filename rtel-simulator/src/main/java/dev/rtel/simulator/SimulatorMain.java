package dev.rtel.simulator;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs a simulator on its own until the process is killed. */
public final class SimulatorMain {
    private static final String USAGE = """
            usage: SimulatorMain --script FILE [--port N] [--seed N] [--latency-ms N] [--generation-lag-ms N]
                                 [--credit USD] [--fault KIND[:key=value,...]]...
            fault keys: model, trial, attempt (1+2), probability, status, retry-after, delay-ms, padding-blocks
            exit codes: 1 the port is not free, 2 wrong arguments or script
            """;

    private SimulatorMain() {}

    /**
     * Starts a simulator and prints {@code listening on http://127.0.0.1:PORT/api/v1}; does not return unless help is asked
     * for.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            System.out.print(USAGE);
            return;
        }
        try {
            Simulator simulator = Simulator.start(config(arguments));
            System.out.println("listening on " + simulator.baseUri());
            System.out.flush();
        } catch (ScriptException | IllegalArgumentException e) {
            fail(2, e.getMessage());
        } catch (UncheckedIOException e) {
            fail(1, e.getMessage());
        }
        new CountDownLatch(1).await();
    }

    static SimulatorConfig config(String... arguments) {
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException("\"" + arguments[arguments.length - 1] + "\" needs a value\n" + USAGE);
        }
        Path script = null;
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("--script")) {
                script = Path.of(arguments[i + 1]);
            }
        }
        if (script == null) {
            throw new IllegalArgumentException("--script is missing\n" + USAGE);
        }
        SimulatorConfig.Builder config = SimulatorConfig.builder(SimulatorScript.read(script));
        for (int i = 0; i < arguments.length; i += 2) {
            apply(config, arguments[i], arguments[i + 1]);
        }
        return config.build();
    }

    private static void apply(SimulatorConfig.Builder config, String name, String value) {
        try {
            switch (name) {
                case "--script" -> {}
                case "--port" -> config.port(Integer.parseInt(value));
                case "--seed" -> config.seed(Long.parseLong(value));
                case "--latency-ms" -> config.latency(Duration.ofMillis(Long.parseLong(value)));
                case "--generation-lag-ms" ->
                    config.generation(GenerationPolicy.after(Duration.ofMillis(Long.parseLong(value))));
                case "--credit" -> config.credit(new BigDecimal(value));
                case "--fault" -> config.fault(FaultParser.parse(value));
                default -> throw new IllegalArgumentException("unknown option \"" + name + "\"\n" + USAGE);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, was \"" + value + "\"", e);
        }
    }

    private static void fail(int code, @Nullable String message) {
        System.err.println(message);
        System.exit(code);
    }
}
