package dev.rtel.spi;

import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;

/** A model lent to a grader: retried by the run's policy, metered, recorded. */
public interface RoleModel {
    /** Returns the id of the model in this role. */
    String id();

    /**
     * Asks the model; parameters that the roster gives the role win over those of the request.
     *
     * @throws ModelException if all attempts failed
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    Completion complete(CompletionRequest request) throws InterruptedException;
}
