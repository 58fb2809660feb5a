package dev.rtel.simulator;

import java.util.function.BooleanSupplier;

/** Waits for a condition. */
final class Polling {
    private Polling() {}

    static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not come true within 10 s");
            }
            Thread.sleep(2);
        }
    }
}
