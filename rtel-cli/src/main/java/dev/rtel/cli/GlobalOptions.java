package dev.rtel.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command has. Flags fall back to true: picocli would otherwise flip one that is set elsewhere. */
final class GlobalOptions {
    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            fallbackValue = "true",
            description = "Print exactly one JSON document on standard output.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            fallbackValue = "true",
            description = "No progress, no hints.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            fallbackValue = "true",
            description = "Log what happens.")
    boolean verbose;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            fallbackValue = "true",
            description = "Show stack traces of errors.")
    boolean debug;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            fallbackValue = "true",
            description = "No colours; NO_COLOR does the same.")
    boolean noColor;

    @Option(
            names = "--progress",
            scope = ScopeType.INHERIT,
            defaultValue = "auto",
            paramLabel = "KIND",
            description = "auto, bar, lines or none; auto is bar on a terminal, else lines.")
    String progress = "auto";

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Configuration file in place of ./rtel.yaml.")
    @Nullable
    Path config;
}
