package dev.rtel.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command; alone it prints help. */
@Command(
        name = "rtel",
        description = "Which thinking model gives the most correct answers per token, per dollar and per second.",
        versionProvider = ToolVersion.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  rtel demo                          the whole job on a simulator, no key needed",
            "  rtel run --dry-run                 what a run would do and cost; nothing is sent",
            "  rtel run --roster current          six models, the bundled tasks",
            "  rtel report                        the latest run again, as files and a table"
        })
final class RtelCommand implements Runnable {
    /** In the order of the help. A class {@code DemoCommand} is the command {@code demo}. */
    static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            RunCommand.class,
            ResumeCommand.class,
            RegradeCommand.class,
            ReconcileCommand.class,
            RepriceCommand.class,
            SpeedCommand.class,
            ReportCommand.class,
            ShowCommand.class,
            RunsCommand.class,
            TasksCommand.class,
            ModelsCommand.class,
            JudgeCommand.class,
            PluginsCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            CompletionCommand.class);

    @Mixin
    private final GlobalOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    RtelCommand(GlobalOptions options) {
        this.options = options;
    }

    @Override
    public void run() {
        if (options.json) {
            throw new CliException(ExitCode.USAGE, "usage", "no command given", "Try: rtel --help");
        }
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
