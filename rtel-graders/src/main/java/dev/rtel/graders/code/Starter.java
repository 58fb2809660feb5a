package dev.rtel.graders.code;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts a process from a platform thread that stays alive until this is closed: Linux sends the death signal that a
 * child asked for when the thread that started it ends, and threads of a pool or carriers of virtual threads may.
 */
final class Starter implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);

    Process start(ProcessBuilder builder) throws IOException, InterruptedException {
        var started = new FutureTask<>(builder::start);
        Thread thread = new Thread(
                () -> {
                    started.run();
                    awaitClose();
                },
                "rtel-code-parent");
        thread.setDaemon(true);
        thread.start();
        try {
            return started.get();
        } catch (InterruptedException e) {
            close();
            endLater(started);
            throw e;
        } catch (ExecutionException e) {
            close();
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void awaitClose() {
        boolean waiting = true;
        while (waiting) {
            try {
                done.await();
                waiting = false;
            } catch (InterruptedException e) {
                // nobody but close() may end this thread
                waiting = true;
            }
        }
    }

    /** The start cannot be interrupted; what it gives is ended when it is there. */
    private static void endLater(FutureTask<Process> started) {
        Thread thread = new Thread(
                () -> {
                    try {
                        started.get().destroyForcibly();
                    } catch (InterruptedException | ExecutionException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "rtel-code-unwanted");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        done.countDown();
    }
}
