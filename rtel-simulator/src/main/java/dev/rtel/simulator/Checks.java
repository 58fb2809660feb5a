package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Duration;

/** Checks of the values of public records. */
final class Checks {
    private Checks() {}

    /** @throws IllegalArgumentException with the message if the condition is false */
    static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    static void notNegative(String name, long value) {
        that(value >= 0, name + " must not be negative, was " + value);
    }

    static void notNegative(String name, double value) {
        that(value >= 0 && Double.isFinite(value), name + " must not be negative, was " + value);
    }

    static void notNegative(String name, BigDecimal value) {
        that(value.signum() >= 0, name + " must not be negative, was " + value);
    }

    static void notNegative(String name, Duration value) {
        that(!value.isNegative(), name + " must not be negative, was " + value);
    }

    static void share(String name, double value) {
        that(value >= 0 && value <= 1, name + " must be between 0 and 1, was " + value);
    }
}
