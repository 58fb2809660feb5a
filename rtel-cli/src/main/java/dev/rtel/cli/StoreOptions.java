package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.spi.ResultStore;
import dev.rtel.store.sqlite.SqliteResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where results are kept and written. */
final class StoreOptions {
    @Option(
            names = "--store",
            defaultValue = "./.rtel/rtel.db",
            paramLabel = "URL",
            description = "Result store: a path, sqlite:PATH or memory: (default: ${DEFAULT-VALUE}).")
    String store = "./.rtel/rtel.db";

    @Option(
            names = {"-o", "--out"},
            defaultValue = "./results",
            paramLabel = "DIR",
            description = "Folder that gets a folder a run (default: ${DEFAULT-VALUE}).")
    String out = "./results";

    ResultStore open(Session session) {
        return store.equals("memory:") ? new InMemoryResultStore() : SqliteResultStore.open(path(session));
    }

    /** Opens for reading; a store that does not exist is a usage error, not an empty one. */
    ResultStore openExisting(Session session) {
        if (store.equals("memory:") || !Files.exists(path(session))) {
            throw new CliException(
                    ExitCode.USAGE,
                    "no-store",
                    "there is no result store at '" + store + "'",
                    "Run something first (rtel demo), or name the store with --store.");
        }
        return SqliteResultStore.openReadOnly(path(session));
    }

    /** Makes the result folder now: after a paid run is the wrong time to learn that it cannot be written. */
    void prepareOutFolder(Session session) {
        Path folder = outFolder(session);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ConfigException(
                    "--out is '" + out + "', which cannot be made a folder; is a file in the way, or no permission?",
                    e);
        }
        if (!Files.isWritable(folder)) {
            throw new ConfigException("--out is '" + out + "', which is not writable; name another folder");
        }
    }

    Path outFolder(Session session) {
        return session.surroundings().resolve(out).normalize();
    }

    /** A folder beside the store; empty for a store in memory. */
    Optional<Path> beside(Session session, String name) {
        return store.equals("memory:")
                ? Optional.empty()
                : Optional.of(path(session).resolveSibling(name));
    }

    private Path path(Session session) {
        int colon = store.indexOf(':');
        String scheme = colon > 1 ? store.substring(0, colon) : "sqlite";
        if (!scheme.equals("sqlite")) {
            throw new ConfigException("--store is '" + store + "', expected a path, sqlite:PATH or memory:");
        }
        return session.surroundings()
                .resolve(colon > 1 ? store.substring(colon + 1) : store)
                .normalize();
    }
}
