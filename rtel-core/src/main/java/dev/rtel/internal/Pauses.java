package dev.rtel.internal;

import java.time.Duration;

/** Waits between attempts; replaced in tests. */
@FunctionalInterface
interface Pauses {
    void pause(Duration duration) throws InterruptedException;

    /** Really sleeps. */
    static Pauses sleeping() {
        return duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
    }
}
