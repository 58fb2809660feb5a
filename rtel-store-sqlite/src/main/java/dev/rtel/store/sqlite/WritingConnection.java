package dev.rtel.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * The connection that writes. Its statements stay prepared, and what is known of the runs' leases stays known until the
 * transaction ends. Not thread-safe: one thread at a time.
 */
final class WritingConnection implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<String, RunTable.Hold> holds = new HashMap<>();

    /** Maps a row. */
    @FunctionalInterface
    interface Row<T> {
        T map(ResultSet row) throws SQLException;
    }

    /**
     * Takes over a connection.
     *
     * @param connection not in a transaction
     */
    WritingConnection(SQLiteConnection connection) {
        this.connection = connection;
        // Transactions are begun and ended in SQLite's own words, since it may have rolled back by itself after an I/O
        // error, which JDBC cannot tell. Left in its automatic mode the driver would try to begin and end one at every
        // statement.
        connection.getConnectionConfig().setAutoCommit(false);
        // Else the driver asks for the last row id after every insertion.
        connection.getConnectionConfig().setGetGeneratedKeys(false);
    }

    /** Takes the write lock at once, so that what a transaction reads is never overtaken. */
    void begin() throws SQLException {
        holds.clear();
        try {
            update("BEGIN IMMEDIATE");
        } catch (SQLException e) {
            forgetStatements(e);
            throw e;
        }
    }

    void commit() throws SQLException {
        update("COMMIT");
    }

    /** Undoes everything since {@link #begin}, as far as SQLite has not done so by itself. */
    void rollback(Throwable reason) {
        try {
            update("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
        forgetStatements(reason);
    }

    /** Runs a statement and returns how many rows it changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** Runs a query, or a statement that returns rows. */
    <T> List<T> query(Row<T> row, String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.map(rows));
            }
            return all;
        }
    }

    /** What is known of a run's lease in this transaction; whoever changes it puts the new one here. */
    Map<String, RunTable.Hold> holds() {
        return holds;
    }

    private PreparedStatement bound(String sql, @Nullable Object[] values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** The driver finalizes a statement that failed; it cannot be used again. */
    private void forgetStatements(Throwable reason) {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                reason.addSuppressed(e);
            }
        }
        prepared.clear();
    }

    /** Moves the log into the file and closes. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            query(row -> row.getInt(1), "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
}
