package dev.rtel.tasks.check;

import java.util.Locale;
import java.util.Optional;

/**
 * Something about a task that should be otherwise.
 *
 * @param severity how bad it is
 * @param rule a stable word, e.g. {@code gold-in-prompt}
 * @param where {@code file:line}, or the task's name where no file is known
 * @param sample the sample; empty = the task as a whole
 * @param what what is wrong, the offending value in quotes
 * @param expected what was expected
 * @param todo what to do about it
 */
public record Finding(
        Severity severity,
        String rule,
        String where,
        Optional<String> sample,
        String what,
        String expected,
        String todo) {
    /** How bad a finding is. */
    public enum Severity {
        /** The task measures something else than it says. */
        ERROR,
        /** Doubtful; an author should look. */
        WARNING,
        /** Worth knowing. */
        NOTE;

        /** Returns the word used in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the finding in one line. */
    public String text() {
        return where + ": " + sample.map(id -> "sample '" + id + "': ").orElse("") + what + "; expected " + expected
                + ". " + todo + ". [" + rule + "]";
    }
}
