package dev.rtel.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes on one daemon thread, in the order of arrival: as many changes as are waiting share a transaction, and with it
 * the wait for the disk. Nothing waits for others to arrive. A change that fails does so alone; a transaction that
 * cannot be committed fails all that shared it. The thread is started by the first change.
 */
final class GroupCommit {
    private static final int LARGEST_GROUP = 256;

    private final WritingConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean closed;

    private record Pending(Change change, Consumer<@Nullable Throwable> done) {}

    GroupCommit(WritingConnection connection) {
        this.connection = connection;
    }

    /**
     * Takes a change on.
     *
     * @param done called on the writer thread once the change is on disk, with null, or has failed, with the reason
     * @return false if this was closed; nothing happens then
     */
    boolean submit(Change change, Consumer<@Nullable Throwable> done) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.add(new Pending(change, done));
            if (thread == null) {
                thread = new Thread(this::run, "rtel-store-writer");
                thread.setDaemon(true);
                thread.start();
            } else if (waiting.size() == 1) {
                arrived.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes on nothing more and returns when all that was taken on is written; interrupts stay pending. */
    void close() {
        Thread writer;
        lock.lock();
        try {
            closed = true;
            arrived.signal();
            writer = thread;
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (writer != null && writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Pending> group = new ArrayList<>();
        while (next(group)) {
            commit(group);
            group.clear();
        }
    }

    /** Waits for changes; false when there will be no more. */
    private boolean next(List<Pending> group) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            while (!waiting.isEmpty() && group.size() < LARGEST_GROUP) {
                group.add(waiting.remove());
            }
            return !group.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Pending> group) {
        if (!begin(group)) {
            return;
        }
        boolean applied = false;
        try {
            for (Pending pending : group) {
                pending.change().apply(connection);
            }
            applied = true;
            connection.commit();
            end(group, null);
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback(e);
            if (applied || group.size() == 1) {
                end(group, e);
            } else {
                // dearer than a savepoint around each change, but failures are rare and savepoints would be paid always
                alone(group);
            }
        }
    }

    private void alone(List<Pending> group) {
        for (int i = 0; i < group.size(); i++) {
            commit(group.subList(i, i + 1));
        }
    }

    private boolean begin(List<Pending> group) {
        try {
            connection.begin();
            return true;
        } catch (SQLException e) {
            end(group, e);
            return false;
        }
    }

    private static void end(List<Pending> group, @Nullable Throwable failure) {
        group.forEach(pending -> pending.done().accept(failure));
    }
}
