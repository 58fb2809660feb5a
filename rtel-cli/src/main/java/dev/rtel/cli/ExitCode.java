package dev.rtel.cli;

/** Exit codes of every command, as the contracts list them. */
enum ExitCode {
    DONE(0, "done (wrong answers are results)"),
    INTERNAL(1, "internal error"),
    USAGE(2, "usage or configuration"),
    TOO_MANY_ERRORS(3, "finished, but more trials failed than --max-errors allows"),
    NOTHING_SELECTED(4, "nothing selected"),
    BUDGET(5, "stopped by a budget (resumable)"),
    ACCOUNT(6, "key or credit problem"),
    UNREACHABLE(7, "provider unreachable"),
    TOOL_MISSING(8, "local tool missing"),
    GATE(10, "a gate failed"),
    INTERRUPTED(130, "interrupted (resumable)"),
    TERMINATED(143, "terminated (resumable)");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
