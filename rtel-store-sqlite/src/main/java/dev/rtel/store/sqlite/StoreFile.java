package dev.rtel.store.sqlite;

import dev.rtel.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;

/**
 * The file itself: connections to it, and the look at it before anything is changed. Only SQLite touches the file:
 * opening and closing it by other means would drop the locks this process holds on it.
 */
final class StoreFile {
    private final StoreOptions options;
    private final StoreErrors errors;

    StoreFile(StoreOptions options) {
        this.options = options;
        this.errors = new StoreErrors(options.path());
    }

    /** What a look at the file found. */
    private record Found(int applicationId, int version, long objects) {}

    /** The connection that writes: commits are on disk when they return. */
    SQLiteConnection writer() throws SQLException {
        SQLiteConnection connection = connect(false, false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA fullfsync = ON"); // macOS: fsync alone leaves data in the drive's cache
            for (String pragma : options.writerPragmas()) {
                statement.execute(pragma);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that cannot write. */
    Connection reader() throws SQLException {
        if (!options.readOnly()) {
            return connect(true, false); // the writing connection tidies up
        }
        if (!writable()) {
            return connect(true, !hasLog());
        }
        // A read-only connection would leave its log files behind; this one removes them when it is the last.
        Connection connection = connect(false, false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Refuses files that are not ours, damaged or of a newer version, without changing a byte of them.
     *
     * @return the version found; 0 for a file that is absent or empty
     * @throws StoreException saying what was found and what to do
     */
    int inspect() {
        Path path = options.path();
        if (Files.isDirectory(path)) {
            throw errors.refused("this is a folder; name a file in it");
        }
        try {
            if (!Files.exists(path) || Files.size(path) == 0 && !hasLog()) {
                return 0;
            }
        } catch (IOException e) {
            throw errors.failed("look at the file", e);
        }
        return judge(look());
    }

    private int judge(Found found) {
        if (found.applicationId() == 0 && found.version() == 0 && found.objects() == 0) {
            return 0;
        }
        if (found.applicationId() != Schema.APPLICATION_ID) {
            throw errors.refused("this is an SQLite database of another program (application id "
                    + found.applicationId() + ", expected " + Schema.APPLICATION_ID
                    + "); it was left as it is. Name another file");
        }
        int supported = options.schema().version();
        if (found.version() > supported) {
            throw errors.refused("it has schema version " + found.version() + ", this build knows versions up to "
                    + supported + "; it was left as it is. Use the newer build that wrote it, or name another file");
        }
        if (found.version() < 1 || found.objects() == 0) {
            throw errors.refused("it has schema version " + found.version() + " and " + found.objects()
                    + " tables and indexes, which no build has written; it was left as it is. Restore a copy, or name"
                    + " another file");
        }
        return found.version();
    }

    private Found look() {
        boolean quiet = !hasLog() && !hasJournal();
        try {
            return look(quiet);
        } catch (SQLException e) {
            if (quiet && (hasLog() || hasJournal()) && StoreErrors.isDamage(e)) {
                return lookBesideWriter(); // a writer started meanwhile, so the first look proves nothing
            }
            throw refusal(e);
        }
    }

    private Found lookBesideWriter() {
        try {
            return look(false);
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    private StoreException refusal(SQLException e) {
        return StoreErrors.isDamage(e)
                ? errors.failed("open: it is damaged or no SQLite database; it was left as it is. Name another file", e)
                : errors.failed("open", e);
    }

    /** With nobody writing the file is read as immutable: then SQLite leaves no log beside it. */
    private Found look(boolean immutable) throws SQLException {
        try (Connection connection = connect(true, immutable)) {
            return new Found(
                    (int) number(connection, "PRAGMA application_id"),
                    Schema.versionOf(connection),
                    number(connection, "SELECT count(*) FROM sqlite_schema"));
        }
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getLong(1);
        }
    }

    private SQLiteConnection connect(boolean readOnly, boolean immutable) throws SQLException {
        NativeLibrary.prepare();
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) options.busyTimeout().toMillis());
        config.setReadOnly(readOnly);
        if (readOnly || options.readOnly()) {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        // As a URI, since a plain name would be cut at '?' by the driver.
        String uri = "file:" + options.path().toUri().getRawPath();
        return (SQLiteConnection) config.createConnection("jdbc:sqlite:" + uri + (immutable ? "?immutable=1" : ""));
    }

    private boolean hasLog() {
        return Files.exists(Path.of(options.path() + "-wal"));
    }

    /** Whether the file is being created just now, or that was broken off. */
    private boolean hasJournal() {
        return Files.exists(Path.of(options.path() + "-journal"));
    }

    private boolean writable() {
        Path folder = options.path().getParent();
        return Files.isWritable(options.path()) && folder != null && Files.isWritable(folder);
    }
}
