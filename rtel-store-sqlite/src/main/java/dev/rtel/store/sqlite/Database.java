package dev.rtel.store.sqlite;

import dev.rtel.common.RtelException;
import dev.rtel.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * One long-lived writing connection behind a lock and a short-lived reading connection per read. Opens the file at the
 * first use. Thread-safe. Interrupts are left pending: what was paid for must get to the disk.
 */
final class Database implements AutoCloseable {
    private static final Duration RETRY_PAUSE = Duration.ofMillis(10);

    private final StoreOptions options;
    private final StoreErrors errors;
    private final StoreFile file;
    private final Jdbi readers;
    private final Set<Handle> reading = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Handle writer;
    private volatile boolean opened;
    private volatile boolean closed;

    Database(StoreOptions options) {
        this.options = options;
        this.errors = new StoreErrors(options.path());
        this.file = new StoreFile(options);
        this.readers = Jdbi.create(file::reader);
    }

    StoreErrors errors() {
        return errors;
    }

    /** Opens now rather than at the first use. */
    void open() {
        lock.lock();
        try {
            if (closed) {
                throw errors.refused("it is closed");
            }
            if (opened) {
                return;
            }
            int version = file.inspect();
            if (!options.readOnly()) {
                writer = openWriter(version);
            } else if (version == 0) {
                throw errors.refused("there is no store yet; start a run first, or name another file");
            } else if (version < options.schema().version()) {
                throw errors.refused("it has schema version " + version + " and must be brought to version "
                        + options.schema().version() + " before it can be read; resume a run once, or use the build"
                        + " that wrote it");
            }
            opened = true;
        } finally {
            lock.unlock();
        }
    }

    /** Runs work in one transaction, durable when this returns. */
    <T> T write(String doing, Function<Handle, T> work) {
        if (options.readOnly()) {
            throw errors.refused("cannot " + doing + ": it was opened read-only");
        }
        lock.lock();
        try {
            open();
            Handle handle = writer;
            if (handle == null) {
                throw new IllegalStateException("no writing connection");
            }
            return Transactions.write(handle, work);
        } catch (StoreException e) {
            throw e;
        } catch (JdbiException | RtelException e) {
            throw errors.failed(doing, e);
        } finally {
            lock.unlock();
        }
    }

    /** Runs work on a connection of its own, all at one moment of the data. */
    <T> T read(String doing, Function<Handle, T> work) {
        try (Handle handle = startReading(doing)) {
            return Transactions.read(handle, work);
        } catch (StoreException e) {
            throw e;
        } catch (JdbiException | RtelException e) {
            throw errors.failed(doing, e);
        }
    }

    /** Opens a reading connection; whoever asked closes it, {@link #close} at the latest. */
    Handle startReading(String doing) {
        if (!opened || closed) {
            open();
        }
        try {
            Handle handle = readers.open();
            reading.add(handle);
            handle.addCleanable(() -> reading.remove(handle));
            return handle;
        } catch (JdbiException e) {
            throw errors.failed(doing, e);
        }
    }

    private Handle openWriter(int version) {
        Handle handle = null;
        try {
            Path folder = options.path().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            handle = Jdbi.create(file::writer).open();
            if (version < options.schema().version()) {
                options.schema().migrate(handle);
            }
            useWriteAheadLog(handle);
            return handle;
        } catch (JdbiException | SQLException | IOException | UncheckedIOException e) {
            if (handle != null) {
                handle.close();
            }
            throw errors.failed("open", e);
        }
    }

    /** Waits for processes that are creating the same file: SQLite itself does not wait when the mode changes. */
    private void useWriteAheadLog(Handle handle) {
        long deadline = System.nanoTime() + options.busyTimeout().toNanos();
        while (true) {
            try {
                String mode = handle.createQuery("PRAGMA journal_mode = WAL")
                        .mapTo(String.class)
                        .one();
                if (!mode.equals("wal")) {
                    throw errors.refused("its file system allows no write-ahead log (journal mode stays '" + mode
                            + "'); name a file on a local disk");
                }
                return;
            } catch (JdbiException e) {
                if (!StoreErrors.isBusy(e) || System.nanoTime() >= deadline) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            }
        }
    }

    /** Ends open reads, moves the log into the file and closes. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            reading.forEach(Handle::close);
            Handle handle = writer;
            writer = null;
            if (handle != null) {
                try (handle) {
                    handle.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                }
            }
        } catch (JdbiException e) {
            throw errors.failed("close", e);
        } finally {
            lock.unlock();
        }
    }
}
