package dev.rtel.spi;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.TrialKey;
import java.time.Instant;

/** One attempt as the caller sees it. Grows by default methods only. */
public interface AttemptContext {
    /** Returns an id unique over all runs; its intent is durable before this call. */
    String attemptId();

    /** Returns the trial this attempt belongs to. */
    TrialKey trial();

    /** Returns {@link Attempt#CONTESTANT}, or the role (judge) that is being called for the trial's grading. */
    String role();

    /** Returns the number of the attempt within trial and role, from 1. */
    int attempt();

    /** Returns which call of the role within this grading it is, from 0; 0 for contestants. */
    default int call() {
        return 0;
    }

    /** Returns when the attempt must have ended, the body included. */
    Instant deadline();

    /**
     * Tells the provider's id of a call whose reply is still to come, so that it is durable before the reply is whole. Told
     * at most once, by any thread, never after the call has returned; a reply that is whole at once brings its id itself.
     */
    void onGenerationId(String id);
}
