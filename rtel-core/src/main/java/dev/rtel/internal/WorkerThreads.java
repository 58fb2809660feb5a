package dev.rtel.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for workers: virtual where the JVM has them (21 and later), else daemon platform threads, made as needed. */
final class WorkerThreads {
    private static final Optional<MethodHandle> VIRTUAL = findVirtual();

    private WorkerThreads() {}

    static ExecutorService create() {
        if (VIRTUAL.isPresent()) {
            try {
                return (ExecutorService) VIRTUAL.get().invokeExact();
            } catch (Throwable e) {
                throw new IllegalStateException("virtual threads cannot be started", e);
            }
        }
        return Executors.newCachedThreadPool(named("rtel-worker-"));
    }

    static ThreadFactory named(String prefix) {
        AtomicInteger next = new AtomicInteger(1);
        return task -> {
            Thread thread = new Thread(task, prefix + next.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static Optional<MethodHandle> findVirtual() {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            return Optional.of(MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java " + Runtime.version() + " lacks virtual threads", e);
        }
    }
}
