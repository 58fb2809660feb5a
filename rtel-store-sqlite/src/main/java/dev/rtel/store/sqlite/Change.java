package dev.rtel.store.sqlite;

import java.sql.SQLException;

/**
 * What one write does inside a transaction; all that needs no database was done before, on the caller's thread.
 */
@FunctionalInterface
interface Change {
    /**
     * Runs on the writer thread. Runs again when the transaction was rolled back because of another change, so it may
     * alter nothing but the database.
     */
    void apply(WritingConnection connection) throws SQLException;
}
