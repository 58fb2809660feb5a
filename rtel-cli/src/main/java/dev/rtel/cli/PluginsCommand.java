package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.spi.ComponentProvider;
import dev.rtel.spi.ComponentRegistry;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code rtel plugins}. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = "List every component there is, with the jar and version it comes from.",
        footer = {"", "Examples:", "  rtel plugins", "  rtel plugins --json"})
final class PluginsCommand implements Callable<Integer> {
    private final Session session;

    PluginsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Rtel rtel = Toolbox.builder(session, null, "auto").build();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map.Entry<String, ComponentRegistry<?, ?>> kind :
                rtel.components().byKind().entrySet()) {
            for (ComponentProvider<?> provider : kind.getValue().providers()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("kind", kind.getKey());
                row.put("name", provider.name());
                row.put("description", provider.description());
                row.put("jar", jar(provider));
                row.put("version", version(provider));
                row.put("class", provider.getClass().getName());
                rows.add(row);
                session.print(String.format(
                        Locale.ROOT,
                        "%-10s %-20s %-34s %-16s %s",
                        kind.getKey(),
                        provider.name(),
                        jar(provider),
                        version(provider),
                        provider.description()));
            }
        }
        rtel.components().broken().forEach(problem -> session.remark("! could not be loaded: " + problem));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.plugins/1");
        document.put("plugins", rows);
        document.put("broken", rtel.components().broken());
        session.document(document);
        return ExitCode.DONE.code();
    }

    private static String jar(ComponentProvider<?> provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "unknown";
        }
        Path name = Path.of(source.getLocation().getPath()).getFileName();
        return name == null ? "unknown" : name.toString();
    }

    private static String version(ComponentProvider<?> provider) {
        String version = provider.getClass().getPackage().getImplementationVersion();
        return version == null ? ToolVersion.version() : version;
    }
}
