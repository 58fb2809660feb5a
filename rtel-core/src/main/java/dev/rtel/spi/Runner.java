package dev.rtel.spi;

import dev.rtel.eval.Trial;
import java.util.List;

/** Decides order and concurrency only; what a trial consists of is the executor's business. */
public interface Runner {
    /**
     * Executes each trial once; blocks until that is done or {@link TrialExecutor#stopping()} is true and the running
     * ones have ended.
     *
     * @param pending in plan order; may be empty
     * @throws InterruptedException if interrupted; running trials were interrupted too
     */
    void run(List<Trial> pending, TrialExecutor executor) throws InterruptedException;
}
