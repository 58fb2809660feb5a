package dev.rtel.eval;

import java.time.Instant;
import java.util.Optional;

/**
 * A run as the store knows it.
 *
 * @param plan what was to be done
 * @param state where it stands
 * @param finishedAt when it left the running state
 */
public record StoredRun(RunPlan plan, RunState state, Optional<Instant> finishedAt) {}
