package dev.rtel.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is run. */
final class RunOptions {
    @Mixin
    ModelOptions who = new ModelOptions();

    @Option(
            names = "--task",
            split = "\n",
            hideParamSyntax = true,
            paramLabel = "NAME|FILE",
            description = "Bundled task, task file or provider:arguments; repeatable (default: the bundled four).")
    List<String> tasks = List.of();

    @Option(
            names = "--sample",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "ID",
            description = "Only this sample; repeatable.")
    List<String> samples = List.of();

    @Option(
            names = "--epochs",
            defaultValue = "1",
            paramLabel = "N",
            description = "Repeats (default: ${DEFAULT-VALUE}).")
    int epochs = 1;

    @Option(
            names = "--judge",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "ID",
            description = "Model that judges; given more than once, a panel that decides by majority.")
    List<String> judges = List.of();

    @Option(names = "--judge-votes", paramLabel = "N", description = "Votes of each judge (default: the task's, 1).")
    @Nullable
    Integer judgeVotes;

    @Option(
            names = "--allow-self-judging",
            fallbackValue = "true",
            description = "Let a contestant judge its own answers; the leaderboard says so.")
    boolean allowSelfJudging;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Grade recorded completions in place of calling models.")
    @Nullable
    Path replay;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of randomised procedures (default: ${DEFAULT-VALUE}).")
    long seed;
}
