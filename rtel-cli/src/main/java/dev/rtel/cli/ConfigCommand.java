package dev.rtel.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** {@code rtel config}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Show each setting of a run with its value and where the value comes from.",
        footer = {"", "Examples:", "  rtel config", "  RTEL_MAX_COST=2 rtel config --json"})
final class ConfigCommand implements Callable<Integer> {
    private final Session session;

    ConfigCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> defaults = new TreeMap<>();
        CommandLine all = CommandTree.whole(session, new GlobalOptions());
        CommandLine run = all.getSubcommands().get("run");
        if (run != null) {
            run.getCommandSpec().options().stream()
                    .filter(o -> !o.usageHelp()
                            && !o.versionHelp()
                            && o.longestName().startsWith("--"))
                    .forEach(o -> defaults.put(o.longestName().substring(2), initial(o)));
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        defaults.forEach((name, value) -> {
            Optional<Settings.Found> found = session.settings().option(name);
            String shown = found.map(Settings.Found::value).orElse(value).replace("\n", ",");
            String origin = found.map(Settings.Found::origin).orElse("default");
            rows.add(row(name, shown, origin));
        });
        boolean key = session.secret("OPENROUTER_API_KEY", null).isPresent();
        rows.add(row(
                "OPENROUTER_API_KEY",
                key ? "[set]" : "",
                session.settings()
                        .environment("OPENROUTER_API_KEY")
                        .map(Settings.Found::origin)
                        .orElse("not set")));
        rows.forEach(r -> session.print(
                String.format(Locale.ROOT, "%-22s %-24s %s", r.get("setting"), r.get("value"), r.get("origin"))));
        session.document(Map.of("schema", "rtel.config/1", "settings", rows));
        return ExitCode.DONE.code();
    }

    private static String initial(OptionSpec option) {
        return option.defaultValue() == null ? "" : option.defaultValue();
    }

    private static Map<String, @Nullable Object> row(String setting, String value, String origin) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("setting", setting);
        row.put("value", value);
        row.put("origin", origin);
        return row;
    }
}
