package dev.rtel.internal;

import dev.rtel.run.RunSummary;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Remembers the first reason to stop. Thread-safe. */
final class Stopper {
    private final AtomicReference<RunSummary.@Nullable Stop> stop = new AtomicReference<>();

    void stop(RunSummary.Reason reason, String message) {
        stop.compareAndSet(null, new RunSummary.Stop(reason, message));
    }

    boolean stopping() {
        return stop.get() != null;
    }

    Optional<RunSummary.Stop> reason() {
        return Optional.ofNullable(stop.get());
    }
}
