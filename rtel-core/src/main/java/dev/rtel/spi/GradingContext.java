package dev.rtel.spi;

import java.time.Duration;

/** Per-trial services of a grader. Grows by default methods only. */
public interface GradingContext {
    /**
     * Returns the model bound to a role, metered: its tokens are booked to the role, not to the contestant.
     *
     * @throws dev.rtel.config.ConfigException if the role is not among {@link Grader#requiredRoles()}
     */
    RoleModel model(String role);

    /** Returns the time left for this grading. */
    Duration remaining();

    /**
     * Returns whether the answer is known to come from a simulator that this very process started; never true
     * because of anything received or read. Only such answers may be executed without containment.
     */
    default boolean trusted() {
        return false;
    }
}
