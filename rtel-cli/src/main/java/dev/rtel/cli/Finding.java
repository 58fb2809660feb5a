package dev.rtel.cli;

import java.util.List;

/**
 * Something that a check before the run found.
 *
 * @param model entry or role it concerns; empty = the account
 * @param severity whether the run would go wrong
 * @param text what, and what to do
 */
record Finding(String model, Severity severity, String text) {
    /** How bad it is. */
    enum Severity {
        /** Calls would be refused, or measure something else. */
        ERROR,
        /** The key or the credit will not do. */
        ACCOUNT,
        /** Worth knowing. */
        WARNING
    }

    static Finding error(String model, String text) {
        return new Finding(model, Severity.ERROR, text);
    }

    static Finding warning(String model, String text) {
        return new Finding(model, Severity.WARNING, text);
    }

    static Finding account(String text) {
        return new Finding("", Severity.ACCOUNT, text);
    }

    static boolean anyOf(List<Finding> findings, Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity() == severity);
    }

    @Override
    public String toString() {
        return (model.isEmpty() ? "" : model + ": ") + text;
    }
}
