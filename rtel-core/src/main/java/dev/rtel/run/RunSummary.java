package dev.rtel.run;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param plan what was to be done
 * @param state where it stands now
 * @param stop why it stopped early; empty = it did not
 * @param progress counts over all sessions
 * @param unknown attempts sent whose outcome nobody knows
 */
public record RunSummary(RunPlan plan, RunState state, Optional<Stop> stop, Progress progress, List<Attempt> unknown) {
    /** Copies the list. */
    public RunSummary {
        unknown = List.copyOf(unknown);
    }

    /**
     * Why a run stopped before its end; all are resumable.
     *
     * @param reason what kind
     * @param message in words
     */
    public record Stop(Reason reason, String message) {}

    /** Kinds of early ends. */
    public enum Reason {
        /** A spending or token limit. */
        BUDGET,
        /** The key was refused or the credit is gone. */
        ACCOUNT,
        /** No call reached the provider. */
        UNREACHABLE,
        /** Asked to stop. */
        CANCELLED
    }
}
