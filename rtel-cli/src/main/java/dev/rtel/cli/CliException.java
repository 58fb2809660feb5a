package dev.rtel.cli;

import dev.rtel.common.RtelException;

/** An expected end of a command other than success: type, message, what to do, exit code. */
final class CliException extends RtelException {
    private static final long serialVersionUID = 1L;
    private final ExitCode exit;
    private final String type;
    private final String hint;

    CliException(ExitCode exit, String type, String message, String hint) {
        super(message, null);
        this.exit = exit;
        this.type = type;
        this.hint = hint;
    }

    ExitCode exit() {
        return exit;
    }

    String type() {
        return type;
    }

    String hint() {
        return hint;
    }
}
