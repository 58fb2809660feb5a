package dev.rtel.cli;

import dev.rtel.common.PlainJson;
import dev.rtel.common.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the commands of one invocation share. */
final class Session {
    private final Surroundings surroundings;
    private final GlobalOptions options;
    private final Settings settings;
    private final String commandLine;

    Session(Surroundings surroundings, GlobalOptions options, Settings settings, String commandLine) {
        this.surroundings = surroundings;
        this.options = options;
        this.settings = settings;
        this.commandLine = commandLine;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    GlobalOptions options() {
        return options;
    }

    Settings settings() {
        return settings;
    }

    /** The command as typed, for {@code run.json}. */
    String commandLine() {
        return commandLine;
    }

    /** A result for people; nothing under {@code --json}. */
    void print(String text) {
        if (!options.json) {
            surroundings.out().println(text);
        }
    }

    /** The one JSON document of {@code --json}; nothing otherwise. */
    void document(Map<String, ? extends @Nullable Object> document) {
        if (options.json) {
            Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
            ordered.put("schema", document.get("schema"));
            // small documents come as maps without an order of their own
            ordered.putAll(document instanceof LinkedHashMap ? document : new TreeMap<>(document));
            surroundings.out().println(PlainJson.writePretty(ordered));
        }
    }

    /** A remark on standard error; nothing under {@code --quiet}. */
    void remark(String text) {
        if (!options.quiet) {
            surroundings.err().println(text);
        }
    }

    Optional<Secret> secret(String name, @Nullable Path keyFile) {
        return settings.secret(name, keyFile);
    }
}
