package dev.rtel.store.sqlite;

import dev.rtel.common.RtelException;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * One long-lived writing connection with a thread of its own and a short-lived reading connection per read. Opens the
 * file at the first use. Thread-safe. Interrupts are left pending: what was paid for must get to the disk.
 */
final class Database implements AutoCloseable {
    private static final Duration RETRY_PAUSE = Duration.ofMillis(10);

    private final StoreOptions options;
    private final StoreErrors errors;
    private final StoreFile file;
    private final Set<Handle> reading = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Jdbi readers;
    private volatile @Nullable Writer writer;
    private volatile boolean opened;
    private volatile boolean closed;

    private record Writer(WritingConnection connection, GroupCommit commits) {}

    Database(StoreOptions options) {
        this.options = options;
        this.errors = new StoreErrors(options.path());
        this.file = new StoreFile(options);
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
                WritingConnection connection = new WritingConnection(openWriter(version));
                writer = new Writer(connection, new GroupCommit(connection));
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

    /** Makes a change in a transaction, durable when this returns. */
    void write(Supplier<String> doing, Change change) {
        begin(doing, change).await();
    }

    /** Makes a change before any that is asked for later; what is returned waits for it. */
    ResultStore.Pending begin(Supplier<String> doing, Change change) {
        var written = new DurableWrite();
        submit(doing, change, written);
        return () -> {
            Throwable failure = written.await();
            if (failure != null) {
                throw failure(doing, failure);
            }
        };
    }

    /** Makes a change before any that is asked for later, without waiting for it; a failure goes to the consumer. */
    void writeLater(Supplier<String> doing, Change change, Consumer<StoreException> failed) {
        submit(doing, change, failure -> {
            if (failure != null) {
                failed.accept(failure(doing, failure));
            }
        });
    }

    private void submit(Supplier<String> doing, Change change, Consumer<@Nullable Throwable> done) {
        if (options.readOnly()) {
            throw errors.refused("cannot " + doing.get() + ": it was opened read-only");
        }
        if (!opened || closed) {
            open();
        }
        Writer open = writer;
        if (open == null || !open.commits().submit(change, done)) {
            throw errors.refused("it is closed");
        }
    }

    private StoreException failure(Supplier<String> doing, Throwable reason) {
        return reason instanceof StoreException known ? known : errors.failed(doing.get(), reason);
    }

    /** Runs work on a connection of its own, all at one moment of the data. */
    <T> T read(String doing, Function<Handle, T> work) {
        try (Handle handle = startReading(doing)) {
            handle.execute("BEGIN"); // ends with the connection
            return work.apply(handle);
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
            Handle handle = readers().open();
            reading.add(handle);
            handle.addCleanable(() -> reading.remove(handle));
            return handle;
        } catch (JdbiException e) {
            throw errors.failed(doing, e);
        }
    }

    /** Made late: loading Jdbi takes longer than opening the file. */
    private Jdbi readers() {
        Jdbi known = readers;
        if (known == null) {
            known = Jdbi.create(file::reader).setSqlParser(new QueryParser()).setTemplateEngine(TemplateEngine.NOP);
            readers = known;
        }
        return known;
    }

    private SQLiteConnection openWriter(int version) {
        try {
            Path folder = options.path().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            SQLiteConnection connection = file.writer();
            try {
                if (version < options.schema().version()) {
                    options.schema().migrate(connection);
                }
                useWriteAheadLog(connection);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | IOException | UncheckedIOException e) {
            throw errors.failed("open", e);
        }
    }

    /** Waits for processes that are creating the same file: SQLite itself does not wait when the mode changes. */
    private void useWriteAheadLog(SQLiteConnection connection) throws SQLException {
        long deadline = System.nanoTime() + options.busyTimeout().toNanos();
        while (true) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA journal_mode = WAL")) {
                String mode = row.getString(1);
                if (!mode.equals("wal")) {
                    throw errors.refused("its file system allows no write-ahead log (journal mode stays '" + mode
                            + "'); name a file on a local disk");
                }
                return;
            } catch (SQLException e) {
                if (!StoreErrors.isBusy(e) || System.nanoTime() >= deadline) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            }
        }
    }

    /** Writes what is waiting, ends open reads, moves the log into the file and closes. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Writer open = writer;
            writer = null;
            if (open != null) {
                open.commits().close();
            }
            reading.forEach(Handle::close);
            if (open != null) {
                open.connection().close();
            }
        } catch (SQLException | JdbiException e) {
            throw errors.failed("close", e);
        } finally {
            lock.unlock();
        }
    }
}
