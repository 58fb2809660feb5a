package dev.rtel.store.sqlite;

import dev.rtel.spi.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Says what SQLite's errors mean for the user.
 *
 * @param path the store's file
 */
record StoreErrors(Path path) {
    /** Makes the exception for a failed step, e.g. {@code record trial x of run 'y'}. */
    StoreException failed(String doing, Throwable error) {
        Throwable cause = rootOf(error);
        return new StoreException("cannot " + doing + " in store '" + path + "': " + reason(cause), cause);
    }

    /** Makes the exception for something that is not as it should be. */
    StoreException refused(String message) {
        return new StoreException("store '" + path + "': " + message, null);
    }

    /** Makes the exception for a run that another writer holds. */
    StoreException leased(String message) {
        return new StoreException.Leased("store '" + path + "': " + message);
    }

    /** Whether the error says that this is no intact SQLite file. */
    static boolean isDamage(Throwable error) {
        int code = code(rootOf(error));
        return code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code;
    }

    static boolean isBusy(Throwable error) {
        int code = code(rootOf(error));
        return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    // Jdbi's own messages quote statements with their values: prompts and answers must not get into logs.
    private static Throwable rootOf(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SQLException) {
                return t;
            }
        }
        return error;
    }

    /** The primary result code: the low byte of the extended one. */
    private static int code(Throwable error) {
        return error instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xff : -1;
    }

    private static String reason(Throwable error) {
        if (!(error instanceof SQLiteException sqlite)) {
            return String.valueOf(error.getMessage());
        }
        String name = sqlite.getResultCode().name();
        int code = code(error);
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return "the disk is full (" + name + "); nothing of it was written. Free space, then resume";
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return "another process is writing and did not finish in time (" + name
                    + "); nothing of it was written. Wait for it or stop it, then try again";
        }
        if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_READONLY_ROLLBACK) {
            return "a change of it was broken off and not yet rolled back (" + name + "). Open it once with the program"
                    + " that wrote it; if it is a store whose creation was broken off, delete it with its -journal file";
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return "the file cannot be written (" + name + "). Check the permissions of the file and its folder";
        }
        if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
            return "the file cannot be opened (" + name + "). Check that it is a file and that it and its folder are"
                    + " accessible";
        }
        if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
            return "reading or writing the disk failed (" + name + "). Check the disk, then resume";
        }
        if (isDamage(error)) {
            return "the file is damaged (" + name + "). Restore a copy, or use another store";
        }
        return String.valueOf(sqlite.getMessage());
    }
}
