package dev.rtel.store.sqlite;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Transactions in SQLite's own words: it may have rolled back by itself after an I/O error, which JDBC cannot tell. */
final class Transactions {
    private Transactions() {}

    /** All or nothing; takes the write lock at once, so that a read inside is never overtaken. */
    static <T> T write(Handle handle, Function<Handle, T> work) {
        return in("BEGIN IMMEDIATE", handle, work);
    }

    /** All reads see the same moment. */
    static <T> T read(Handle handle, Function<Handle, T> work) {
        return in("BEGIN", handle, work);
    }

    private static <T> T in(String begin, Handle handle, Function<Handle, T> work) {
        handle.execute(begin);
        try {
            T result = work.apply(handle);
            handle.execute("COMMIT");
            return result;
        } catch (RuntimeException | Error e) {
            rollback(handle, e);
            throw e;
        }
    }

    static void rollback(Handle handle, Throwable reason) {
        try {
            handle.execute("ROLLBACK");
        } catch (JdbiException e) {
            reason.addSuppressed(e);
        }
    }
}
