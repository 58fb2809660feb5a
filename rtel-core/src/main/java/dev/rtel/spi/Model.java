package dev.rtel.spi;

import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Origin;
import java.util.Optional;

/** One LLM at one provider. Thread-safe. */
public interface Model extends AutoCloseable {
    /** Returns the id sent to the provider, e.g. {@code google/gemini-2.5-pro}. */
    String id();

    /**
     * Makes one attempt, without hidden retry; blocks until the whole answer is there or the deadline has passed.
     *
     * @throws ModelException.Transient if the same call may succeed later
     * @throws ModelException.Permanent if it will not
     * @throws ModelException.RunFatal if no call of this run can succeed (key rejected, credit gone)
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    Completion complete(CompletionRequest request, AttemptContext context) throws InterruptedException;

    /**
     * Returns who really produces the completions, for models that play back what another client recorded; empty =
     * the provider's own name.
     */
    default Optional<Origin> origin() {
        return Optional.empty();
    }

    /** Returns whether completions are played back, so that nothing is spent when they are asked for. */
    default boolean playback() {
        return false;
    }

    /** Releases what it holds; called once after the last call. */
    @Override
    default void close() {}
}
