package dev.rtel.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables as numbered scripts. The file's {@code user_version} counts those it has had; a script is never changed
 * once released.
 *
 * @param scripts in order; the first leads from an empty file to version 1
 */
record Schema(List<String> scripts) {
    /** "RTEL" in ASCII; SQLite keeps it at byte 68 of the file. */
    static final int APPLICATION_ID = 0x5254454C;

    private static final List<String> FILES = List.of("001-runs-trials-attempts.sql");

    Schema {
        scripts = List.copyOf(scripts);
    }

    static Schema current() {
        return new Schema(FILES.stream().map(Schema::resource).toList());
    }

    int version() {
        return scripts.size();
    }

    /** Runs the scripts the file has not had, each in a transaction of its own. Safe beside other processes doing the same. */
    void migrate(Connection connection) throws SQLException {
        // The script goes to SQLite in one piece: cutting it at semicolons would break triggers.
        try (Statement statement = connection.createStatement()) {
            for (int version = 1; version <= version(); version++) {
                statement.executeUpdate("BEGIN IMMEDIATE");
                try {
                    if (versionOf(connection) < version) {
                        statement.executeUpdate(scripts.get(version - 1));
                        statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
                        statement.executeUpdate("PRAGMA user_version = " + version);
                    }
                    statement.executeUpdate("COMMIT");
                } catch (SQLException | RuntimeException e) {
                    rollback(statement, e);
                    throw e;
                }
            }
        }
    }

    private static void rollback(Statement statement, Exception reason) {
        try {
            statement.executeUpdate("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    static int versionOf(Connection connection) throws SQLException {
        return (int) StoreFile.number(connection, "PRAGMA user_version");
    }

    private static String resource(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
