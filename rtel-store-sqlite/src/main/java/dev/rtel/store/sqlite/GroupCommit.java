package dev.rtel.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes on one daemon thread, what one caller asks for in its order: as many changes as are waiting share a
 * transaction, and with it the wait for the disk. Nothing waits for others to arrive; but what may be taken back is left
 * alone for a moment, since often something better takes its place. A change that fails does so alone; a transaction
 * that cannot be committed fails all that shared it. The thread is started by the first change.
 */
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int LARGEST_GROUP = 256;

    /** What may be taken back waits so long: longer than most gradings take, too short to lose much by. */
    private static final long MOMENT_NANOS = 5_000_000;

    private final WritingConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Deque<Pending> revocable = new ArrayDeque<>();
    private boolean idle;
    private @Nullable Thread thread;
    private boolean closed;

    private record Pending(Thread caller, long due, Change change, Consumer<@Nullable Throwable> done) {}

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
        return submit(waiting, change, 0, done);
    }

    /** Takes a change on that may be taken back for a moment, unless its caller asks for another one before. */
    boolean submitRevocable(Change change, Consumer<@Nullable Throwable> done) {
        return submit(revocable, change, System.nanoTime() + MOMENT_NANOS, done);
    }

    private boolean submit(Deque<Pending> queue, Change change, long due, Consumer<@Nullable Throwable> done) {
        Thread caller = Thread.currentThread();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            moveToWaiting(pending -> pending.caller() == caller);
            queue.add(new Pending(caller, due, change, done));
            if (thread == null) {
                thread = new Thread(this::run, "rtel-store-writer");
                thread.setDaemon(true);
                thread.start();
            } else if (idle) {
                idle = false;
                arrived.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void moveToWaiting(Predicate<Pending> which) {
        for (Iterator<Pending> all = revocable.iterator(); all.hasNext(); ) {
            Pending pending = all.next();
            if (which.test(pending)) {
                all.remove();
                waiting.add(pending);
            }
        }
    }

    /** Takes a change back that is still waiting; nobody is told then. False if it is being made, or was. */
    boolean withdraw(Change change) {
        lock.lock();
        try {
            return revocable.removeIf(pending -> pending.change() == change)
                    || waiting.removeIf(pending -> pending.change() == change);
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
            awaitWork();
            while (!waiting.isEmpty() && group.size() < LARGEST_GROUP) {
                group.add(waiting.remove());
            }
            return !group.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void awaitWork() {
        while (true) {
            long now = System.nanoTime();
            moveToWaiting(pending -> closed || pending.due() - now <= 0);
            if (!waiting.isEmpty() || closed) {
                return;
            }
            Pending first = revocable.peek();
            if (first == null) {
                idle = true;
                arrived.awaitUninterruptibly();
                idle = false;
            } else {
                pause(first.due() - now);
            }
        }
    }

    /** Waits until something arrives, or the time is over. */
    private void pause(long nanos) {
        try {
            idle = true;
            arrived.awaitNanos(nanos);
        } catch (InterruptedException e) {
            LOG.debug("the writer goes on until the store is closed", e); // nobody else knows this thread
        } finally {
            idle = false;
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
