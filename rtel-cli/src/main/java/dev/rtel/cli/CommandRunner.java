package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Runs one command line in given surroundings and returns its exit code; never calls {@code System.exit}. */
final class CommandRunner {
    private CommandRunner() {}

    static int run(Surroundings surroundings, String... args) {
        if (Arrays.equals(args, new String[] {"--version"}) || Arrays.equals(args, new String[] {"-V"})) {
            // asked for by scripts and editors at every start of theirs: no configuration, no command is looked at
            Arrays.stream(new ToolVersion().getVersion()).forEach(surroundings.out()::println);
            return ExitCode.DONE.code();
        }
        var options = new GlobalOptions();
        options.json = Arrays.asList(args).contains("--json");
        options.debug = Arrays.asList(args).contains("--debug");
        options.noColor = Arrays.asList(args).contains("--no-color");
        var errors = new ErrorReport(surroundings, options);
        try {
            Logging.configure(args);
            Settings settings = Settings.read(surroundings, configFile(surroundings, args));
            var session = new Session(surroundings, options, settings, "rtel " + printable(args));
            CommandLine command = CommandTree.of(session, options, args);
            settings.check(
                    CommandTree.optionNames(command),
                    () -> CommandTree.optionNames(CommandTree.whole(session, new GlobalOptions())));
            configure(command, surroundings, options, settings, errors);
            return command.execute(args);
        } catch (RuntimeException e) {
            return errors.report(e);
        }
    }

    private static void configure(
            CommandLine command,
            Surroundings surroundings,
            GlobalOptions options,
            Settings settings,
            ErrorReport errors) {
        command.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(surroundings, options)));
        IDefaultValueProvider defaults = argument -> value(argument, settings);
        CommandTree.everywhere(command, c -> c.setDefaultValueProvider(defaults));
        command.setExecutionStrategy(parsed -> {
            ProgressDisplay.check(options.progress);
            return new CommandLine.RunLast().execute(parsed);
        });
        command.setParameterExceptionHandler((e, args) -> errors.report(e));
        command.setExecutionExceptionHandler((e, c, result) -> errors.report(e));
    }

    private static @Nullable String value(ArgSpec argument, Settings settings) {
        if (argument instanceof OptionSpec option
                && !option.usageHelp()
                && !option.versionHelp()
                && option.longestName().startsWith("--")) {
            return settings.option(option.longestName().substring(2))
                    .map(Settings.Found::value)
                    .orElse(null);
        }
        return null;
    }

    private static Ansi ansi(Surroundings surroundings, GlobalOptions options) {
        Map<String, String> env = surroundings.environment();
        if (options.noColor || !env.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(env.get("TERM"))) {
            return Ansi.OFF;
        }
        return !env.getOrDefault("FORCE_COLOR", "").isEmpty() || surroundings.terminal() && System.console() != null
                ? Ansi.ON
                : Ansi.OFF;
    }

    private static @Nullable Path configFile(Surroundings surroundings, String[] args) {
        Path flag = configFlag(args);
        String variable = surroundings.environment().getOrDefault("RTEL_CONFIG", "");
        return flag == null && !variable.isEmpty() ? Path.of(variable) : flag;
    }

    private static @Nullable Path configFlag(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--config=")) {
                return Path.of(args[i].substring("--config=".length()));
            }
            if (args[i].equals("--config")) {
                if (i + 1 == args.length) {
                    throw new ConfigException("--config needs a file name");
                }
                return Path.of(args[i + 1]);
            }
        }
        return null;
    }

    private static String printable(String[] args) {
        return Arrays.stream(args)
                .map(a -> a.matches("[\\w@%+=:,./-]+") ? a : "'" + a.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
