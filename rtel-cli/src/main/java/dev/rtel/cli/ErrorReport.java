package dev.rtel.cli;

import dev.rtel.common.PlainJson;
import dev.rtel.common.RtelException;
import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import dev.rtel.plan.NothingSelectedException;
import dev.rtel.run.UngradableException;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns whatever went wrong into one message and an exit code. */
final class ErrorReport {
    private final Surroundings surroundings;
    private final GlobalOptions options;

    ErrorReport(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    int report(Throwable error) {
        Problem problem = problem(error);
        if (options.json) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("schema", "rtel.error/1");
            document.put("type", problem.type());
            document.put("message", problem.message());
            document.put("hint", problem.hint());
            document.put("exit", (long) problem.exit().code());
            surroundings.out().println(PlainJson.writePretty(document));
        }
        // messages repeat names from files and what servers said
        surroundings.err().println("rtel: " + Plain.lines(problem.message()));
        if (!problem.hint().isEmpty()) {
            surroundings.err().println("  " + Plain.lines(problem.hint()).replace("\n", "\n  "));
        }
        if (options.debug) {
            error.printStackTrace(surroundings.err());
        }
        return problem.exit().code();
    }

    private record Problem(ExitCode exit, String type, String message, String hint) {}

    private static Problem problem(Throwable error) {
        if (error instanceof ParameterException parameter) {
            return parameter(parameter);
        }
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        if (error instanceof CliException cli) {
            return new Problem(cli.exit(), cli.type(), message, cli.hint());
        }
        if (error instanceof ConfigException) {
            return new Problem(ExitCode.USAGE, "configuration", message, "");
        }
        if (error instanceof NothingSelectedException) {
            return new Problem(ExitCode.NOTHING_SELECTED, "nothing-selected", message, "");
        }
        if (error instanceof UngradableException) {
            return new Problem(
                    ExitCode.TOOL_MISSING,
                    "ungradable",
                    message,
                    "Leave the task out (--task), or see what there is:  rtel doctor");
        }
        if (error instanceof ModelException.RunFatal) {
            return new Problem(ExitCode.ACCOUNT, "account", message, "");
        }
        if (error instanceof StoreException.Leased) {
            return new Problem(ExitCode.USAGE, "busy", message, "");
        }
        if (error instanceof StoreException) {
            return new Problem(ExitCode.INTERNAL, "store", message, "");
        }
        if (error instanceof UncheckedIOException || error instanceof IOException) {
            return new Problem(
                    ExitCode.INTERNAL, "io", message, "Check that the path exists, is writable and has space left.");
        }
        if (error instanceof RtelException) {
            return new Problem(ExitCode.INTERNAL, "error", message, "");
        }
        return new Problem(
                ExitCode.INTERNAL,
                "internal",
                "internal error: " + error,
                "Run again with --debug and report what it prints.");
    }

    private static Problem parameter(ParameterException error) {
        Throwable cause = error.getCause();
        if (cause instanceof RtelException) {
            return problem(cause);
        }
        CommandLine command = error.getCommandLine();
        StringBuilder hint = new StringBuilder();
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String near = String.join(" or ", near(unmatched));
            hint.append(near.isEmpty() ? "" : "Did you mean " + near + "?\n");
        }
        hint.append("Try: ").append(command.getCommandSpec().qualifiedName()).append(" --help");
        String message = String.valueOf(error.getMessage());
        return new Problem(
                ExitCode.USAGE,
                "usage",
                Character.toLowerCase(message.charAt(0)) + message.substring(1),
                hint.toString());
    }

    /** The nearest command by the measure that all suggestions use; for options what picocli finds. */
    private static List<String> near(CommandLine.UnmatchedArgumentException unmatched) {
        String word = unmatched.getUnmatched().get(0);
        CommandLine command = unmatched.getCommandLine();
        return word.startsWith("-")
                ? unmatched.getSuggestions()
                : Suggestions.nearest(
                                word,
                                command.getParent() == null
                                        ? CommandTree.names()
                                        : command.getSubcommands().keySet())
                        .map(List::of)
                        .orElse(List.of());
    }
}
