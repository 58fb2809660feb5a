package dev.rtel.internal;

import dev.rtel.eval.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Notices models that have collapsed: so many trials in a row failed that the rest would too. An error that no repetition
 * mends is believed sooner than one that time may mend. Thread-safe.
 */
final class Breakers {
    static final int PERMANENT_IN_A_ROW = 5;
    static final int TRANSIENT_IN_A_ROW = 10;
    private final Map<String, Integer> inARow = new HashMap<>();
    private final Map<String, String> collapsed = new HashMap<>();

    synchronized void answered(String model) {
        inARow.remove(model);
    }

    /**
     * Notes a failed trial.
     *
     * @return why the model is given up; empty if it is not, or was before
     */
    synchronized Optional<String> failed(String model, Failure failure) {
        int count = inARow.merge(model, 1, Integer::sum);
        if (count < (failure.retryable() ? TRANSIENT_IN_A_ROW : PERMANENT_IN_A_ROW) || collapsed.containsKey(model)) {
            return Optional.empty();
        }
        String reason = "collapsed: " + count + " trials in a row failed, the last with " + failure.type();
        collapsed.put(model, reason);
        return Optional.of(reason);
    }

    /** Why the model is given up; empty while it is not. */
    synchronized Optional<String> collapsed(String model) {
        return Optional.ofNullable(collapsed.get(model));
    }
}
