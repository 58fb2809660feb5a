package dev.rtel.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The commands as picocli has them. Looking into every command's class takes longer than most commands do, so a command
 * line gets those alone that it names.
 */
final class CommandTree {
    private static final String SUFFIX = "Command";

    private CommandTree() {}

    /** Every command with its options. */
    static CommandLine whole(Session session, GlobalOptions options) {
        CommandLine root = root(session, options);
        commands().forEach((name, type) -> root.addSubcommand(name, command(session, type)));
        return finished(root);
    }

    /**
     * What this command line needs: a command it runs stands in it by name. The others are there by name and description
     * where help may list them.
     */
    static CommandLine of(Session session, GlobalOptions options, String... args) {
        List<String> words = Arrays.asList(args);
        CommandLine root = root(session, options);
        boolean listed = words.contains("--help")
                || words.contains("-h")
                || commands().keySet().stream().noneMatch(words::contains);
        commands().forEach((name, type) -> {
            if (words.contains(name)) {
                root.addSubcommand(name, command(session, type));
            } else if (listed) {
                root.addSubcommand(name, inName(type));
            }
        });
        return finished(root);
    }

    /** Names of all commands, in the order of the help. */
    static Set<String> names() {
        return commands().keySet();
    }

    /** Long names, without dashes, of all options there are. */
    static Set<String> optionNames(CommandLine command) {
        Set<String> names = new TreeSet<>();
        everywhere(
                command,
                c -> c.getCommandSpec().options().stream()
                        .filter(o -> !o.usageHelp() && !o.versionHelp())
                        .map(OptionSpec::longestName)
                        .filter(n -> n.startsWith("--"))
                        .forEach(n -> names.add(n.substring(2))));
        return names;
    }

    static void everywhere(CommandLine command, Consumer<CommandLine> action) {
        action.accept(command);
        command.getSubcommands().values().forEach(sub -> everywhere(sub, action));
    }

    private static Map<String, Class<?>> commands() {
        return RtelCommand.COMMANDS.stream()
                .collect(Collectors.toMap(
                        type -> type.getSimpleName()
                                .replaceFirst(SUFFIX + "$", "")
                                .toLowerCase(Locale.ROOT),
                        type -> type,
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private static CommandLine root(Session session, GlobalOptions options) {
        return new CommandLine(new RtelCommand(options), new CommandFactory(session));
    }

    private static CommandLine command(Session session, Class<?> type) {
        return new CommandLine(type, new CommandFactory(session));
    }

    private static CommandSpec inName(Class<?> type) {
        CommandSpec spec = CommandSpec.create();
        Command told = type.getAnnotation(Command.class);
        if (told != null) {
            spec.usageMessage().description(told.description());
        }
        return spec;
    }

    private static CommandLine finished(CommandLine root) {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(c -> codes.put(String.valueOf(c.code()), c.meaning()));
        everywhere(
                root,
                c -> c.getCommandSpec()
                        .usageMessage()
                        .exitCodeListHeading("%nExit codes:%n")
                        .exitCodeList(codes)
                        .width(98));
        return root;
    }
}
