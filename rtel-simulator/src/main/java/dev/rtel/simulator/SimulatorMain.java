package dev.rtel.simulator;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs a simulator on its own until the process is killed. */
public final class SimulatorMain {
    private SimulatorMain() {}

    /**
     * Starts a simulator and prints {@code listening on http://127.0.0.1:PORT/api/v1}; does not return unless help is asked
     * for.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            System.out.print(Arguments.USAGE);
            return;
        }
        try {
            Simulator simulator = Simulator.start(Arguments.parse(arguments));
            System.out.println("listening on " + simulator.baseUri());
            System.out.flush();
        } catch (ScriptException | IllegalArgumentException e) {
            fail(2, e.getMessage());
        } catch (UncheckedIOException e) {
            fail(1, e.getMessage());
        }
        new CountDownLatch(1).await();
    }

    private static void fail(int code, @Nullable String message) {
        System.err.println(message);
        System.exit(code);
    }
}
