package dev.rtel.cli;

import picocli.CommandLine.Command;

/** {@code rtel judge}. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        subcommands = JudgeCalibrateCommand.class,
        description = "Models that judge proofs.",
        footer = {"", "Example:", "  rtel judge calibrate --judge mistralai/mistral-medium-3-5"})
final class JudgeCommand {}
